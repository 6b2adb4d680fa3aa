/** Walks a rule's conditions, however malformed or hostile, and names every fault with its path. */
import { checkPattern } from './check-pattern';
import { checkValue } from './check-value';
import { below, named, quoted, type FaultList } from './fault';
import { factForOperator, resolveFact } from './leaf';
import { findOperator } from './operators';
import { RESERVED_NAMES } from './path';
import { LIMITS } from './rule';

const KINDS = ['all', 'any', 'not', 'condition'] as const;
const LEAF_KEYS: ReadonlySet<string> = new Set(['fact', 'operator', 'value', 'path']);

/** A reference to another rule's conditions, found `depth` groups deep. */
export interface Reference {
  target: string;
  pointer: string;
  depth: number;
}
/** Size of a tree without what its references add. */
export interface Extent {
  conditions: number;
  depth: number;
  /** Sum of the programs of its patterns. */
  patterns: number;
  references: Reference[];
}

export function checkConditions(root: unknown, pointer: string, faults: FaultList): Extent {
  const extent: Extent = { conditions: 0, depth: 0, patterns: 0, references: [] };
  if (root === undefined) {
    faults.add(pointer, 'required', 'A rule needs conditions.');
    return extent;
  }
  visit(root, pointer, 1);
  return extent;

  function visit(node: unknown, at: string, depth: number): void {
    if (faults.full || extent.conditions > LIMITS.conditions) return;
    if (typeof node !== 'object' || node === null || Array.isArray(node)) {
      faults.add(at, 'wrong-type', 'A condition must be an object.');
      return;
    }
    const kinds = KINDS.filter((kind) => Object.hasOwn(node, kind));
    const leafLike = Object.hasOwn(node, 'fact') || Object.hasOwn(node, 'operator');
    const [kind] = kinds;
    if (kinds.length > 1 || (kind !== undefined && leafLike) || (kind === undefined && !leafLike)) {
      faults.add(
        at,
        'not-one-kind',
        'Exactly one of all, any, not, condition, or a leaf with fact and operator.',
      );
      return;
    }
    if (kind === undefined) {
      if (depth === 1) faults.add(at, 'not-a-group', 'The root must be all, any, not or condition.');
      visitLeaf(node as Record<string, unknown>, at);
      return;
    }
    visitGroup(node as Record<string, unknown>, kind, at, depth);
  }

  function visitGroup(
    node: Record<string, unknown>,
    kind: (typeof KINDS)[number],
    at: string,
    depth: number,
  ): void {
    for (const key of Object.keys(node)) if (key !== kind) refuseKey(key, at);
    const inner = below(at, kind);
    const content = node[kind];
    extent.depth = Math.max(extent.depth, depth);
    if (depth > LIMITS.depth) {
      faults.add(at, 'too-deep', `At most ${LIMITS.depth} groups inside each other.`);
      return;
    }
    if (kind === 'condition') {
      countOne(at);
      if (typeof content !== 'string')
        faults.add(inner, 'wrong-type', 'must be the id of a rule of this set');
      else extent.references.push({ target: content, pointer: inner, depth: depth - 1 });
      return;
    }
    if (kind === 'not') {
      if (Array.isArray(content)) faults.add(inner, 'wrong-type', 'not takes one condition, not a list.');
      else visit(content, inner, depth + 1);
      return;
    }
    if (!Array.isArray(content)) faults.add(inner, 'wrong-type', `${kind} takes a list of conditions.`);
    else if (content.length === 0) {
      faults.add(inner, 'empty-group', `An empty ${kind} is true for every ticket.`);
    } else content.forEach((child, index) => visit(child, below(inner, index), depth + 1));
  }

  function visitLeaf(leaf: Record<string, unknown>, at: string): void {
    if (!countOne(at)) return;
    for (const key of Object.keys(leaf)) if (!LEAF_KEYS.has(key)) refuseKey(key, at);
    const resolved = resolveFact(leaf['fact'], leaf['path']);
    if (!resolved.ok) {
      const message =
        resolved.code === 'unknown-fact'
          ? `No such fact: ${quoted(leaf['fact'])}.`
          : 'Only plain dotted names: no filters, scripts, wildcards or indexes.';
      faults.add(below(at, resolved.part), resolved.code, message, named(leaf['fact']));
    }
    const operator = typeof leaf['operator'] === 'string' ? findOperator(leaf['operator']) : null;
    if (!operator) {
      const message = `No such operator: ${quoted(leaf['operator'])}.`;
      faults.add(
        below(at, 'operator'),
        leaf['operator'] === undefined ? 'required' : 'unknown-operator',
        message,
        leaf['operator'] === undefined ? undefined : named(leaf['operator']),
      );
    }
    if (!resolved.ok || !operator) return;
    const fact = factForOperator(operator, resolved.fact);
    if (!operator.facts.includes(fact.type)) {
      const message = `${operator.name} does not work on ${fact.name}, which is of type ${fact.type}.`;
      faults.add(below(at, 'operator'), 'operator-not-for-fact', message, named(fact.name));
      return;
    }
    const { value } = leaf;
    if (operator.wants === 'pattern' && typeof value === 'string') {
      extent.patterns += checkPattern(value, below(at, 'value'), faults);
    } else checkValue(value, operator, fact, below(at, 'value'), faults);
  }

  function refuseKey(key: string, at: string): void {
    // Reported with everything else of that kind, wherever it stands in the rule.
    if (RESERVED_NAMES.has(key)) return;
    if (key === 'priority') faults.add(below(at, key), 'leaf-priority', 'Conditions have no priority.');
    else faults.add(below(at, key), 'unknown-key', `No such property: ${quoted(key)}.`, named(key));
  }

  /** False when the limit is passed; that is reported once. */
  function countOne(at: string): boolean {
    extent.conditions += 1;
    if (extent.conditions <= LIMITS.conditions) return true;
    if (extent.conditions === LIMITS.conditions + 1) {
      faults.add(at, 'too-many-conditions', `At most ${LIMITS.conditions} conditions in one rule.`);
    }
    return false;
  }
}
