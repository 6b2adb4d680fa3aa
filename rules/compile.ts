/** One json-rules-engine per rule, indexed by trigger, built once per version of the rule set. */
import { Engine, type TopLevelCondition } from 'json-rules-engine';
import type { JudgingContext } from './facts-for';
import { ownProperty } from './path';
import type { Conditions, Reminders, ReminderRule } from './rule';
import { bindConditions, type BoundLeaf, type BoundNode } from './tree';

/** The judging context is a fact of each run; no name of the catalogue can collide with this one. */
export const CONTEXT_FACT = '\u0000context';

/** A rule that can be judged. `facts` are the names it looks at. */
export interface Judge {
  engine: Engine;
  root: BoundNode;
  leaves: readonly BoundLeaf[];
  /** Leaves whose answer may change with time alone. */
  timed: readonly BoundLeaf[];
  facts: ReadonlySet<string>;
}

export interface CompiledRule {
  id: string;
  name: string;
  enabled: boolean;
  /** A text says why the rule cannot be judged. */
  judge: Judge | string;
}

export interface CompiledRules {
  version: number;
  /** Rules that listen to an event type, by rule id. */
  byTrigger: ReadonlyMap<string, readonly CompiledRule[]>;
  /** The rules themselves, by id. */
  rules: ReadonlyMap<string, ReminderRule>;
}

/**
 * Never throws for a bad rule: it is kept with its fault, so that every event it listens to reports it while the other
 * rules work. Keep the result per docking and version; it holds no state of a run.
 */
export function compileRules({ version, rules }: Pick<Reminders, 'version' | 'rules'>): CompiledRules {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const byTrigger = new Map<string, CompiledRule[]>();
  for (const rule of [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const { id, name, enabled } = rule;
    const compiled = { id, name, enabled, judge: judgeOf(rule, (other) => byId.get(other)?.conditions) };
    for (const trigger of triggersOf(rule)) {
      const listening = byTrigger.get(trigger);
      if (listening) listening.push(compiled);
      else byTrigger.set(trigger, [compiled]);
    }
  }
  return { version, byTrigger, rules: byId };
}

/** A stored rule without a proper list listens to nothing. */
function triggersOf({ triggers }: ReminderRule): Set<string> {
  return new Set(Array.isArray(triggers) ? triggers : []);
}

function judgeOf(rule: ReminderRule, conditionsOf: (id: string) => Conditions | undefined): Judge | string {
  try {
    const { root, leaves } = bindConditions(rule.conditions, conditionsOf);
    const facts = new Set(
      leaves.flatMap(({ fact, other }) => (other ? [fact.name, other.name] : [fact.name])),
    );
    const timed = leaves.filter((leaf) => leaf.operator.turns !== undefined);
    return { engine: engineFor(rule.id, root, leaves), root, leaves, timed, facts };
  } catch (error) {
    return `The rule ${error instanceof Error ? error.message : 'cannot be read'}.`.slice(0, 300);
  }
}

/** What operators that compare two facts are given; none of them looks at the clock. */
const UNTIMED: JudgingContext = { now: Number.NaN, calendar: null };

/**
 * Each leaf has an operator of its own, which holds what was prepared when the rule was bound. The constant event type
 * keeps whatever a rule says out of the engine's event emitter.
 */
function engineFor(id: string, root: BoundNode, leaves: readonly BoundLeaf[]): Engine {
  const engine = new Engine([], { allowUndefinedFacts: true, pathResolver: ownProperty });
  for (const leaf of leaves) {
    engine.addOperator(
      operatorName(leaf),
      leaf.other
        ? (seen: unknown, other: unknown) => leaf.test(seen, other, UNTIMED)
        : (seen: unknown, context: JudgingContext) => leaf.test(seen, undefined, context),
    );
  }
  engine.addRule({
    name: id,
    conditions: engineConditions(root) as TopLevelCondition,
    event: { type: 'matched' },
  });
  // Otherwise each run's view of the engine would do it again.
  (engine as Engine & { prioritizeRules(): unknown }).prioritizeRules();
  return engine;
}

const operatorName = (leaf: BoundLeaf): string => `${leaf.operator.name} ${leaf.index}`;

function engineConditions(node: BoundNode): unknown {
  switch (node.kind) {
    case 'all':
      return { all: node.nodes.map(engineConditions) };
    case 'any':
      return { any: node.nodes.map(engineConditions) };
    case 'not':
      return { not: engineConditions(node.node) };
    case 'condition':
      return engineConditions(node.node);
    case 'leaf':
      return {
        fact: node.fact.name,
        operator: operatorName(node),
        value: { fact: node.other ? node.other.name : CONTEXT_FACT },
      };
  }
}
