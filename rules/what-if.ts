/**
 * The bound conditions judged on the spot, without the engine: for questions about moments and events that are not
 * happening. A live event is always judged by the engine; a test holds both to the same answers.
 */
import type { CompiledRules, Judge } from './compile';
import { JUDGING, type Facts } from './facts-for';
import { isFinished, nextMatch } from './next-match';
import { holds } from './tree';

export interface Outlook {
  ruleId: string;
  matched: boolean;
  failed: boolean;
  /** Moment (ms) at which it will match if nothing but time moves on; null when it matches now, never will, or the ticket is finished. */
  nextAt: number | null;
}

/** As `evaluate`, without traces and for switched-on rules only. */
export function outlook(compiled: CompiledRules, facts: Facts, only?: string): Outlook[] {
  const type = facts['event.type'];
  const listening = (typeof type === 'string' && compiled.byTrigger.get(type)) || [];
  return listening
    .filter(({ id, enabled }) => enabled && (only === undefined || only === id))
    .map(({ id, judge }) => ({ ruleId: id, ...outlookOf(judge, facts) }));
}

function outlookOf(judge: Judge | string, facts: Facts): Omit<Outlook, 'ruleId'> {
  if (typeof judge === 'string') return { matched: false, failed: true, nextAt: null };
  try {
    const matched = holds(judge.root, facts, facts[JUDGING]);
    const waits = !matched && !isFinished(facts['ticket.statusType']);
    return { matched, failed: false, nextAt: waits ? nextMatch(judge, facts) : null };
  } catch {
    // The engine's verdict on the same rule carries the message; here only the count matters.
    return { matched: false, failed: true, nextAt: null };
  }
}
