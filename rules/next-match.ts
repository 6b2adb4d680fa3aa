/** When a rule that does not match yet would, if nothing but time moved on. */
import type { Judge } from './compile';
import { factsAt, JUDGING, type Facts } from './facts-for';
import { holds, type BoundLeaf, type BoundNode } from './tree';

/** Days that a calendar is looked ahead, from now and from each moment that the rule waits for: over the longest holidays. */
const CALENDAR_DAYS = 15;
const CALENDAR = 'calendar.';

const FINISHED: ReadonlySet<string> = new Set(['solved', 'closed', 'deleted']);
/** Nothing is left to remind anybody of: whatever waits for such a ticket waits in vain. */
export const isFinished = (statusType: unknown): boolean =>
  typeof statusType === 'string' && FINISHED.has(statusType);

/**
 * The first moment after now (ms) at which a rule that waits (`olderThan`, `withinNext`) would match; null when there is none, and for
 * rules that do not wait. What the calendar says is of that moment, too.
 */
export function nextMatch(judge: Judge, facts: Facts): number | null {
  const turns = judge.timed.flatMap((leaf) => turnsOf(leaf, facts));
  if (turns.length === 0 || apartFromTime(judge.root, facts) === false) return null;
  const { now } = facts[JUDGING];
  const ahead = turns.filter((at) => at > now);
  const moments = new Set([...ahead, ...calendarTurns(judge, facts, [now, ...ahead])]);
  const inOrder = [...moments].filter((at) => at > now).sort((a, b) => a - b);
  return inOrder.find((at) => holdsAt(judge, facts, at)) ?? null;
}

function holdsAt({ root }: Judge, facts: Facts, at: number): boolean {
  const then = factsAt(facts, at);
  return holds(root, then, then[JUDGING]);
}

const turnsOf = ({ operator, fact, wanted }: BoundLeaf, facts: Facts): number[] =>
  operator.turns?.(facts[fact.name], wanted) ?? [];

/** None for rules that do not ask the calendar. */
function calendarTurns(judge: Judge, facts: Facts, starts: readonly number[]): number[] {
  const { calendar } = facts[JUDGING];
  if (!calendar || ![...judge.facts].some((name) => name.startsWith(CALENDAR))) return [];
  const hourly = judge.facts.has(`${CALENDAR}hour`);
  return starts.flatMap((from) => calendar.turns(from, CALENDAR_DAYS, hourly));
}

/** What time cannot change: most rules that do not match never will, and no moment has to be tried. null = time decides. */
function apartFromTime(node: BoundNode, facts: Facts): boolean | null {
  switch (node.kind) {
    case 'all':
    case 'any': {
      const decisive = node.kind === 'any';
      const answers = node.nodes.map((child) => apartFromTime(child, facts));
      if (answers.includes(decisive)) return decisive;
      return answers.includes(null) ? null : !decisive;
    }
    case 'not': {
      const answer = apartFromTime(node.node, facts);
      return answer === null ? null : !answer;
    }
    case 'condition':
      return apartFromTime(node.node, facts);
    case 'leaf': {
      const asksCalendar = [node.fact, node.other].some((fact) => fact?.name.startsWith(CALENDAR));
      if (asksCalendar || turnsOf(node, facts).length > 0) return null;
      return holds(node, facts, facts[JUDGING]);
    }
  }
}
