/** May this event remind somebody, and why (not). */
import { Fact, type Engine, type EngineResult } from 'json-rules-engine';
import { CONTEXT_FACT, type CompiledRule, type CompiledRules, type Judge } from './compile';
import { JUDGING, type Facts } from './facts-for';
import type { Template } from './rule';
import { cardWords, type CardWords } from './template';
import { traceOf, type LeafOutcome, type Trace } from './trace';
import type { BoundNode } from './tree';
import { isFinished, nextMatch } from './next-match';

export interface RuleVerdict {
  ruleId: string;
  name: string;
  matched: boolean;
  /** Present and true when the rule is switched off: it was not judged. */
  off?: true;
  /** Why the rule could not be judged; it counts as not matched. */
  error?: string;
  /**
   * The rule does not match yet, but will at this time (RFC 3339) if nothing but time moves on. Judge it again then,
   * with the ticket as it is then.
   */
  checkAgainAt?: string;
  /** Present and true when only time is missing, but the ticket is finished: it is not judged again. */
  finished?: true;
  /** null when the rule was not judged. */
  trace: Trace | null;
  /** What the rule's template says about the event, when it matched and has one. */
  card?: CardWords;
}

/** Rules that listen to the event, by rule id; empty when none does. */
export interface Verdict {
  rulesVersion: number;
  rules: RuleVerdict[];
}

export interface EvaluateOptions {
  /** Judge these rules only. */
  only?: ReadonlySet<string>;
}

/** Never rejects because of a rule: one that fails is reported, and the others are unharmed. */
export async function evaluate(
  compiled: CompiledRules,
  facts: Facts,
  { only }: EvaluateOptions = {},
): Promise<Verdict> {
  const type = facts['event.type'];
  const listening = (typeof type === 'string' && compiled.byTrigger.get(type)) || [];
  const factOf = sharedFacts(facts);
  const rules = await Promise.all(
    listening
      .filter(({ id }) => only?.has(id) ?? true)
      .map((rule) => verdictOf(rule, facts, factOf, compiled.rules.get(rule.id)?.template)),
  );
  return { rulesVersion: compiled.version, rules };
}

/** The moment at which something must be judged again, or null: the earliest of the verdict. */
export function nextCheckAt({ rules }: Verdict): string | null {
  return rules.flatMap(({ checkAgainAt }) => checkAgainAt ?? []).sort()[0] ?? null;
}

type FactOf = (name: string) => Fact | undefined;

/** Facts of the engine, made once per event and shared by all rules; without a cache they cost no hashing. */
function sharedFacts(facts: Facts): FactOf {
  const made = new Map<string, Fact>([
    [CONTEXT_FACT, new Fact(CONTEXT_FACT, facts[JUDGING], { cache: false })],
  ]);
  return (name) => {
    const known = made.get(name);
    if (known) return known;
    const value = facts[name];
    if (value === undefined) return undefined;
    const fact = new Fact<unknown>(name, value, { cache: false });
    made.set(name, fact);
    return fact;
  };
}

async function verdictOf(
  rule: CompiledRule,
  facts: Facts,
  factOf: FactOf,
  template: Template | undefined,
): Promise<RuleVerdict> {
  const named = { ruleId: rule.id, name: rule.name };
  if (!rule.enabled) return { ...named, matched: false, off: true, trace: null };
  if (typeof rule.judge === 'string') return { ...named, matched: false, error: rule.judge, trace: null };
  try {
    const { matched, outcomes } = await run(rule.judge, factOf);
    const again = matched ? null : nextMatch(rule.judge, facts);
    const trace = traceOf(rule.judge.root, outcomes);
    if (again !== null && isFinished(facts['ticket.statusType'])) {
      return { ...named, matched, finished: true, trace };
    }
    if (again === null) {
      return {
        ...named,
        matched,
        trace,
        ...(matched && template ? { card: cardWords(template, facts) } : {}),
      };
    }
    return { ...named, matched, checkAgainAt: new Date(again).toISOString(), trace };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...named, matched: false, error: message.slice(0, 300), trace: null };
  }
}

/**
 * Each run has its own view of the engine: an engine keeps one status for all its runs, and a run that ends would make
 * the others skip their rules without an error.
 */
async function run(
  { engine, root, leaves, facts }: Judge,
  factOf: FactOf,
): Promise<{
  matched: boolean;
  outcomes: LeafOutcome[];
}> {
  const runtime = Object.create(null) as Record<string, Fact>;
  for (const name of [CONTEXT_FACT, ...facts]) {
    const fact = factOf(name);
    if (fact) runtime[name] = fact;
  }
  const view = Object.create(engine) as Engine;
  const { results, failureResults }: EngineResult = await view.run(runtime);
  const [judged] = [...results, ...failureResults];
  if (!judged) throw new Error('The engine gave no result.');
  const outcomes: LeafOutcome[] = new Array<LeafOutcome>(leaves.length);
  collect(root, judged.conditions as EngineNode, outcomes);
  return { matched: results.length > 0, outcomes };
}

/** What the engine writes into its copy of the conditions. */
interface EngineNode {
  all?: EngineNode[];
  any?: EngineNode[];
  not?: EngineNode;
  factResult?: unknown;
  valueResult?: unknown;
  result?: boolean;
}

/** The engine's tree has the same form as ours, references already followed. */
function collect(node: BoundNode, engineNode: EngineNode | undefined, outcomes: LeafOutcome[]): void {
  switch (node.kind) {
    case 'all':
    case 'any':
      return node.nodes.forEach((child, index) => collect(child, engineNode?.[node.kind]?.[index], outcomes));
    case 'not':
      return collect(node.node, engineNode?.not, outcomes);
    case 'condition':
      return collect(node.node, engineNode, outcomes);
    case 'leaf':
      outcomes[node.index] = {
        seen: engineNode?.factResult,
        other: node.other ? engineNode?.valueResult : undefined,
        result: engineNode?.result === true,
      };
  }
}
