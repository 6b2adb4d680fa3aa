/** What a ticket has ahead: its own moments are replaced as a whole, those of rules that wait are added. Pure. */
import type { Deadline } from '../activities';
import { minute } from './narrate';
import type { Step } from './watched-cards';

/** More are forgotten, the latest first: nobody waits for that many things of one ticket. */
const MOST = 60;

export function planned(
  before: readonly Deadline[],
  change: { deadlines?: readonly Deadline[]; rechecks?: readonly Deadline[]; settles?: string },
): Deadline[] {
  if (change.settles === 'closed') return [];
  const rechecks = before.filter(({ kind }) => kind === 'recheck');
  const own = change.deadlines ?? before.filter(({ kind }) => kind !== 'recheck');
  return [...own, ...rechecks, ...(change.rechecks ?? [])].sort((a, b) => a.at - b.at).slice(0, MOST);
}

export function nextDeadline(deadlines: readonly Deadline[]): Deadline | null {
  return deadlines[0] ?? null;
}

/** Whichever comes first, in words for the operator; null when nothing is waited for. */
export function nextWait(step: Step | null, deadline: Deadline | null): { at: number; what: string } | null {
  if (step && (!deadline || step.at <= deadline.at)) {
    return { at: step.at, what: whatOf(step) };
  }
  return deadline && { at: deadline.at, what: deadline.kind };
}

function whatOf({ kind, card, at }: Step): string {
  const quiet = kind === 'held' || card.quietUntil === at;
  const what = `${kind} of ${card.deliveryId}`;
  return quiet ? `quiet until ${minute(new Date(at).toISOString())}: ${what}` : what;
}
