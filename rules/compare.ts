/** Typed comparison: numbers with numbers, times with times, choices by rank; everything else does not compare. */
import type { FactDefinition } from './facts';

/** Milliseconds of an RFC 3339 time with a zone, else null. */
export function timeMs(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d[T ].*(?:Z|[+-]\d\d:?\d\d)$/i.test(value)) return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}

/** Custom fields often carry numbers as text. */
function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' && /^\s*-?\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : null;
}

/** How values of this fact are put in order against `wanted`; null when they cannot be. */
export function orderOf(fact: FactDefinition, wanted: unknown): ((value: unknown) => number | null) | null {
  switch (fact.type) {
    case 'number':
      return (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
    case 'time':
      return timeMs;
    case 'choice':
      return fact.ordered ? (value) => rank(fact.values ?? [], value) : null;
    case 'any':
      return timeMs(wanted) === null ? numberOf : timeMs;
    case 'text':
    case 'boolean':
    case 'list':
    case 'change':
      return null;
  }
}

function rank(values: readonly string[], value: unknown): number | null {
  const index = typeof value === 'string' ? values.indexOf(value) : -1;
  return index < 0 ? null : index;
}

/** Equal as the fact's type means it: times by moment, everything else by exact value (`"1"` is not `1`). */
export function same(fact: FactDefinition, seen: unknown, wanted: unknown): boolean {
  if (seen === wanted) return true;
  if (fact.type !== 'time') return false;
  const moment = timeMs(seen);
  return moment !== null && moment === timeMs(wanted);
}
