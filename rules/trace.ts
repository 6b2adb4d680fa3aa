/** What was seen and what was wanted, condition by condition, small enough and harmless enough to be kept. */
import type { Scalar } from './event';
import type { FactDefinition } from './facts';
import type { BoundLeaf, BoundNode } from './tree';

/** Texts are cut to 120 characters, lists to 10 items; people's names, numbers and addresses are masked. */
export type Shown = Scalar | Scalar[] | { from: Scalar | Scalar[]; to: Scalar | Scalar[] };

export interface TraceLeaf {
  fact: string;
  operator: string;
  /** As the rule has it; for a comparison with another fact that fact's value. */
  wanted: Shown;
  /** The fact that `wanted` is the value of. */
  wantedFact?: string;
  /** null when the event has no such fact. */
  seen: Shown;
  result: boolean;
}
export type Trace =
  | TraceLeaf
  | { all: Trace[]; result: boolean }
  | { any: Trace[]; result: boolean }
  | { not: Trace; result: boolean }
  | { condition: string; is: Trace; result: boolean };

/** What the engine saw at one leaf. */
export interface LeafOutcome {
  seen: unknown;
  other: unknown;
  result: boolean;
}

export function traceOf(node: BoundNode, outcomes: readonly LeafOutcome[]): Trace {
  switch (node.kind) {
    case 'all': {
      const all = node.nodes.map((child) => traceOf(child, outcomes));
      return { all, result: all.every((child) => child.result) };
    }
    case 'any': {
      const any = node.nodes.map((child) => traceOf(child, outcomes));
      return { any, result: any.some((child) => child.result) };
    }
    case 'not': {
      const not = traceOf(node.node, outcomes);
      return { not, result: !not.result };
    }
    case 'condition': {
      const is = traceOf(node.node, outcomes);
      return { condition: node.ruleId, is, result: is.result };
    }
    case 'leaf':
      return leafTrace(node, outcomes[node.index]);
  }
}

function leafTrace(
  { fact, operator, wanted, other }: BoundLeaf,
  outcome: LeafOutcome | undefined,
): TraceLeaf {
  const named = { fact: fact.name, operator: operator.name };
  const seen = shown(fact, outcome?.seen);
  const result = outcome?.result === true;
  if (other) return { ...named, wanted: shown(other, outcome?.other), wantedFact: other.name, seen, result };
  return { ...named, wanted: cutDown(wanted ?? null, cutText), seen, result };
}

const TEXT_LIMIT = 120;
const LIST_LIMIT = 10;

/** A fact's value as it may be stored and shown. */
export function shown(fact: FactDefinition, value: unknown): Shown {
  const text = TEXT[fact.shown];
  if (typeof value === 'object' && value !== null && 'from' in value && 'to' in value) {
    return { from: cutDown(value.from, text), to: cutDown(value.to, text) };
  }
  return cutDown(value, text);
}

const TEXT: Record<FactDefinition['shown'], (text: string) => string> = {
  plain: cutText,
  person: (text) => `${[...text][0] ?? ''}**`,
  prose: (text) => cutText(masked(text.slice(0, 4 * TEXT_LIMIT))),
};

function cutDown(value: unknown, text: (text: string) => string): Scalar | Scalar[] {
  if (Array.isArray(value)) {
    const items = (value as unknown[]).slice(0, LIST_LIMIT).map((item) => scalar(item, text));
    return value.length > LIST_LIMIT ? [...items, `… ${value.length - LIST_LIMIT} more`] : items;
  }
  return scalar(value, text);
}

function scalar(value: unknown, text: (text: string) => string): Scalar {
  if (typeof value === 'string') return text(value);
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function cutText(text: string): string {
  if (text.length <= TEXT_LIMIT) return text;
  return `${text.slice(0, TEXT_LIMIT - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** A date, and the hour that may stand behind it. */
const DATE = /^\d{4}-(0\d|1[0-2])-[0-3]\d( [0-2]\d)?$/;

/** Mail addresses, and digit groups as long as a phone or card number; dates stay. */
function masked(text: string): string {
  return text
    .replace(/[^\s@<>"']{1,64}@[^\s@<>"']{1,255}/g, '***@***')
    .replace(/\+?\d(?:[ -]?\d){6,18}/g, (digits) =>
      DATE.test(digits) ? digits : `${digits.slice(0, 3)}****`,
    );
}
