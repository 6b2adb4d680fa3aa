/** Cards that somebody must react to: which step is due when. Times in Unix milliseconds. */
import { patched } from '@temporalio/workflow';
import type { HeldCard } from '../activities';
import type { FollowUp, WatchedCard } from './messages';

/**
 * More are forgotten, oldest first: a ticket that nobody tends gets no endless stream of reminders. Never one that is held back:
 * nobody has seen it yet.
 */
const MOST = 50;
const MINUTE = 60_000;

export type Step =
  | { kind: 'held'; card: WatchedCard; at: number }
  | { kind: 'repeat' | 'escalate' | 'unread'; card: WatchedCard; at: number };

export function watch(watched: readonly WatchedCard[], card: WatchedCard): WatchedCard[] {
  const all = [...watched.filter(({ deliveryId }) => deliveryId !== card.deliveryId), card];
  const kept = all.slice(-MOST);
  const isForgotten = (one: WatchedCard): boolean => !kept.includes(one);
  if (!all.some((one) => isForgotten(one) && one.heldUntil !== undefined)) return kept;
  return patched('held-cards-are-kept')
    ? all.filter((one) => !isForgotten(one) || one.heldUntil !== undefined)
    : kept;
}

/** From the moment it was sent. */
export function followed(followUp: FollowUp, now: number): WatchedCard {
  const { repeatEveryMinutes: repeat, escalateAfterMinutes: escalate, unreadAfterMinutes: unread } = followUp;
  return {
    ...followUp,
    rounds: 0,
    ...(repeat === undefined ? {} : { repeatAt: now + repeat * MINUTE }),
    ...(escalate === undefined ? {} : { escalateAt: now + escalate * MINUTE }),
    ...(unread === undefined ? {} : { unreadAt: now + unread * MINUTE }),
  };
}

/** Cards held back for quiet hours were not seen by anybody yet: they stay whatever becomes of the others. */
export const unseen = (watched: readonly WatchedCard[]): WatchedCard[] =>
  watched.filter(({ heldUntil }) => heldUntil !== undefined);

/** Those that are out, of one employee or of all. */
export const seenBy = (watched: readonly WatchedCard[], employeeId?: string): string[] =>
  watched
    .filter((card) => card.heldUntil === undefined && card.employeeId === (employeeId ?? card.employeeId))
    .map(({ deliveryId }) => deliveryId);

/** The ticket moved on: nobody has to react any more, or not the assignee before. */
export function unsettled(
  watched: readonly WatchedCard[],
  settles: 'closed' | 'reassigned' | undefined,
): WatchedCard[] {
  if (settles === 'closed') return unseen(watched);
  return watched.filter(
    ({ role, heldUntil }) => settles !== 'reassigned' || role !== 'assignee' || heldUntil !== undefined,
  );
}

export function hold(watched: readonly WatchedCard[], cards: readonly HeldCard[]): WatchedCard[] {
  return cards.reduce<WatchedCard[]>(
    (all, { at, ...card }) => watch(all, { ...card, rounds: 0, heldUntil: at }),
    [...watched],
  );
}

export const isHeld = (cards: readonly HeldCard[], id: string): boolean =>
  cards.some(({ deliveryId }) => deliveryId === id);

/** What one person was sent is said again after the snooze. `tells`: the deliveries whose cards say so. */
export function snoozedFor(
  watched: readonly WatchedCard[],
  employeeId: string,
  until: number,
  tells: readonly string[],
): WatchedCard[] {
  return watched.map((card) => {
    if (card.employeeId !== employeeId || card.heldUntil !== undefined) return card;
    const moved = snoozed(card, until);
    return tells.includes(card.deliveryId) ? { ...moved, snoozed: true } : moved;
  });
}

/** Said again once after the snooze; whatever else was planned waits at least as long. */
function snoozed(card: WatchedCard, until: number): WatchedCard {
  const { unreadAt: _read, ...rest } = card;
  return {
    ...rest,
    repeatAt: until,
    ...(card.escalateAt === undefined ? {} : { escalateAt: Math.max(card.escalateAt, until + MINUTE) }),
  };
}

export function nextStep(watched: readonly WatchedCard[]): Step | null {
  const steps = watched.flatMap((card): Step[] => [
    ...step('held', card, card.heldUntil),
    ...step('unread', card, card.unreadAt),
    ...step('repeat', card, card.repeatAt),
    ...step('escalate', card, card.escalateAt),
  ]);
  return steps.reduce<Step | null>((first, each) => (first && first.at <= each.at ? first : each), null);
}

/** Nobody may be told before that moment: the step is taken then, and counts as not taken yet. */
export function postponed(card: WatchedCard, kind: Step['kind'], until: number): WatchedCard {
  const moved = {
    repeat: 'repeatAt',
    escalate: 'escalateAt',
    unread: 'unreadAt',
    held: 'heldUntil',
  } as const;
  return { ...card, quietUntil: until, [moved[kind]]: until };
}

function step(kind: Step['kind'], card: WatchedCard, at: number | undefined): Step[] {
  return at === undefined ? [] : [{ kind, card, at }];
}

/** The card after a step was taken; null when nothing is left to wait for. */
export function after(card: WatchedCard, kind: Step['kind'], now: number): WatchedCard | null {
  const { heldUntil, repeatAt, escalateAt, unreadAt, quietUntil: _over, snoozed: told, ...rest } = card;
  const rounds = kind === 'repeat' ? card.rounds + 1 : card.rounds;
  const every = card.repeatEveryMinutes;
  const again = every !== undefined && rounds < (card.repeatAtMost ?? 1) ? now + every * MINUTE : undefined;
  const left: Partial<WatchedCard> = {
    ...(kind !== 'held' && heldUntil !== undefined ? { heldUntil } : {}),
    ...timed('repeatAt', kind === 'repeat' ? again : repeatAt),
    ...timed('escalateAt', kind === 'escalate' ? undefined : escalateAt),
    ...timed('unreadAt', kind === 'unread' ? undefined : unreadAt),
  };
  const kept: Partial<WatchedCard> = told && kind !== 'repeat' ? { snoozed: true } : {};
  return Object.keys(left).length === 0 ? null : { ...rest, ...left, ...kept, rounds };
}

function timed(field: 'repeatAt' | 'escalateAt' | 'unreadAt', at: number | undefined): Partial<WatchedCard> {
  return at === undefined ? {} : { [field]: at };
}
