/** A checked rule, bound: names looked up, values prepared, references followed. */
import { checkValue } from './check-value';
import type { Scalar } from './event';
import type { FactDefinition } from './facts';
import { faultList } from './fault';
import type { Facts, JudgingContext } from './facts-for';
import { factForOperator, resolveFact } from './leaf';
import { findOperator, type OperatorDefinition } from './operators';
import type { Predicate } from './predicates';
import { LIMITS, type Condition, type Conditions, type FactReference, type Leaf } from './rule';

export interface BoundLeaf {
  kind: 'leaf';
  /** Position in the rule; names the leaf's operator inside the engine. */
  index: number;
  fact: FactDefinition;
  operator: OperatorDefinition;
  /** As written; true where the rule leaves the value out. */
  wanted: Scalar | readonly Scalar[] | undefined;
  /** The fact to compare with instead of `wanted`. */
  other: FactDefinition | null;
  /** Also answers for absent facts. `other` is the value of the other fact, if there is one. */
  test(seen: unknown, other: unknown, context: JudgingContext): boolean;
}
export type BoundNode =
  | BoundLeaf
  | { kind: 'all' | 'any'; nodes: readonly BoundNode[] }
  | { kind: 'not'; node: BoundNode }
  | { kind: 'condition'; ruleId: string; node: BoundNode };

/**
 * Throws with a sentence for people when the rule could not have passed the check on save: a stored rule may be older
 * than the catalogue.
 */
export function bindConditions(
  root: Conditions,
  conditionsOf: (ruleId: string) => Conditions | undefined,
): { root: BoundNode; leaves: readonly BoundLeaf[] } {
  const leaves: BoundLeaf[] = [];
  const following: string[] = [];

  const bind = (node: Condition, depth: number): BoundNode => {
    if (depth > LIMITS.depth + 1) throw new Error('conditions are nested too deeply');
    if ('all' in node) return { kind: 'all', nodes: many(node.all, depth) };
    if ('any' in node) return { kind: 'any', nodes: many(node.any, depth) };
    if ('not' in node) return { kind: 'not', node: bind(node.not, depth + 1) };
    if ('condition' in node) return follow(node.condition, depth);
    return bindLeaf(node);
  };
  const many = (nodes: readonly Condition[], depth: number): BoundNode[] => {
    if (!Array.isArray(nodes) || nodes.length === 0) throw new Error('a group is empty');
    return nodes.map((child) => bind(child as Condition, depth + 1));
  };
  const follow = (ruleId: string, depth: number): BoundNode => {
    const conditions = conditionsOf(ruleId);
    if (!conditions) throw new Error(`refers to the rule ${ruleId}, which is not there`);
    if (following.includes(ruleId)) throw new Error(`refers back to itself through ${ruleId}`);
    following.push(ruleId);
    const node = bind(conditions, depth);
    following.pop();
    return { kind: 'condition', ruleId, node };
  };
  const bindLeaf = (leaf: Leaf): BoundLeaf => {
    if (leaves.length >= LIMITS.conditions) throw new Error('has too many conditions');
    const bound = boundLeaf(leaf, leaves.length);
    leaves.push(bound);
    return bound;
  };
  return { root: bind(root, 1), leaves };
}

function boundLeaf(leaf: Leaf, index: number): BoundLeaf {
  const operator = findOperator(leaf.operator);
  if (!operator) throw new Error(`has an unknown operator: ${String(leaf.operator)}`);
  const fact = factForOperator(operator, named(leaf.fact, leaf.path));
  if (!operator.facts.includes(fact.type)) throw new Error(`uses ${operator.name} on ${fact.name}`);
  refuseMisfit(leaf.value, operator, fact);
  const wanted = leaf.value === undefined && operator.wants === 'flag' ? true : leaf.value;
  if (isReference(wanted)) {
    const other = named(wanted.fact, wanted.path);
    const test: BoundLeaf['test'] = (seen, right, context) =>
      isAbsent(seen)
        ? (operator.absent?.(right) ?? false)
        : !isAbsent(right) && operator.bind(fact, right)(seen, context);
    return { kind: 'leaf', index, fact, operator, wanted: undefined, other, test };
  }
  const predicate: Predicate = operator.bind(fact, wanted);
  const whenAbsent = operator.absent?.(wanted) ?? false;
  const test: BoundLeaf['test'] = (seen, _other, context) =>
    isAbsent(seen) ? whenAbsent : predicate(seen, context);
  return { kind: 'leaf', index, fact, operator, wanted, other: null, test };
}

function refuseMisfit(value: unknown, operator: OperatorDefinition, fact: FactDefinition): void {
  const misfits = faultList(1);
  checkValue(value, operator, fact, 'value', misfits);
  const [misfit] = misfits.faults;
  if (misfit)
    throw new Error(`has a value for ${fact.name} ${operator.name} that does not fit: ${misfit.message}`);
}

function named(name: string, path: string | undefined): FactDefinition {
  const resolved = resolveFact(name, path);
  if (!resolved.ok) {
    throw new Error(
      resolved.code === 'unknown-fact'
        ? `has an unknown fact: ${String(name)}`
        : 'has a path that is not plain',
    );
  }
  return resolved.fact;
}

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

function isReference(value: unknown): value is FactReference {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The bound conditions judged on the spot, without the engine. */
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
