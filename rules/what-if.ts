/**
 * The bound conditions judged on the spot, without the engine: for questions about moments and events that are not
 * happening. A live event is always judged by the engine; a test holds both to the same answers.
 */
import type { CompiledRules, Judge } from './compile';
import { JUDGING, type Facts, type JudgingContext } from './facts-for';
import type { BoundNode } from './tree';

export interface Outlook {
  ruleId: string;
  matched: boolean;
  failed: boolean;
  /** Moment (ms) at which it will match if nothing but time moves on; null when it matches now, or never will. */
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
    return { matched, failed: false, nextAt: matched ? null : nextMatch(judge, facts) };
  } catch {
    // The engine's verdict on the same rule carries the message; here only the count matters.
    return { matched: false, failed: true, nextAt: null };
  }
}

/**
 * The first moment after now (ms) at which a rule that does not match would, if nothing but time moved on; null when
 * there is none. Calendar facts are taken as they are now: judging again at that moment has the last word.
 */
export function nextMatch({ root, timed }: Judge, facts: Facts): number | null {
  if (timed.length === 0) return null;
  const context = facts[JUDGING];
  const turns = timed.flatMap(
    ({ operator, fact, wanted }) => operator.turns?.(facts[fact.name], wanted) ?? [],
  );
  const moments = [...new Set(turns)].filter((at) => at > context.now).sort((a, b) => a - b);
  return moments.find((now) => holds(root, facts, { ...context, now })) ?? null;
}

export function holds(node: BoundNode, facts: Facts, context: JudgingContext): boolean {
  switch (node.kind) {
    case 'all':
      return node.nodes.every((child) => holds(child, facts, context));
    case 'any':
      return node.nodes.some((child) => holds(child, facts, context));
    case 'not':
      return !holds(node.node, facts, context);
    case 'condition':
      return holds(node.node, facts, context);
    case 'leaf':
      return node.test(facts[node.fact.name], node.other ? facts[node.other.name] : undefined, context);
  }
}
