/** Texts of a card with `{fact}` places. Plain substitution of catalogue facts: no expressions, no paths. */
import { findFact, type FactValue } from './facts';
import type { Facts } from './facts-for';

const PLACE = /\{([^{}]{1,220})\}/g;

/** Names in braces that are no fact of the catalogue. */
export function unknownPlaces(text: string): string[] {
  return [...text.matchAll(PLACE)].flatMap(([, name = '']) => (findFact(name) ? [] : [name]));
}

/** Absent facts become nothing. The values are the ticket's own words: whoever renders the result must escape it. */
export function fillTemplate(text: string, facts: Facts): string {
  return text.replace(PLACE, (place, name: string) => (findFact(name) ? wordsOf(facts[name]) : place));
}

function wordsOf(value: FactValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  return 'from' in value ? `${String(value.from)} → ${String(value.to)}` : value.join(', ');
}
