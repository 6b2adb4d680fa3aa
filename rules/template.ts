/** Texts of a card with `{fact}` places. Plain substitution of catalogue facts: no expressions, no paths. */
import { cardLabel } from './card-labels';
import { findFact, type FactValue } from './facts';
import type { Facts } from './facts-for';
import type { Template } from './rule';

const PLACE = /\{([^{}]{1,220})\}/g;

/** Names in braces that are no fact of the catalogue. */
export function unknownPlaces(text: string): string[] {
  return [...text.matchAll(PLACE)].flatMap(([, name = '']) => (findFact(name) ? [] : [name]));
}

/** Absent facts become nothing. The values are the ticket's own words: whoever renders the result must escape it. */
export function fillTemplate(text: string, facts: Facts): string {
  return text.replace(PLACE, (place, name: string) => (findFact(name) ? wordsOf(facts[name]) : place));
}

type Words = { en: string; zh: string };

/** What a rule's template says about one event. The values are the ticket's own words. */
export interface CardWords {
  headline?: Words;
  text?: Words;
  fields: { label: Words; value: string }[];
}

/** A text that is there in one language only is said in both; fields that the event does not have are left out. */
export function cardWords({ title, text, fields = [] }: Template, facts: Facts): CardWords {
  const both = (written: Template['title']): Words | null => {
    const [en, zh] = [written?.en ?? written?.zh, written?.zh ?? written?.en];
    return en === undefined || zh === undefined
      ? null
      : { en: fillTemplate(en, facts), zh: fillTemplate(zh, facts) };
  };
  const [headline, said] = [both(title), both(text)];
  return {
    ...(headline ? { headline } : {}),
    ...(said ? { text: said } : {}),
    fields: fields.flatMap((name) => {
      const [label, value] = [cardLabel(name), wordsOf(facts[name])];
      return label && value !== '' ? [{ label, value }] : [];
    }),
  };
}

function wordsOf(value: FactValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  return 'from' in value ? `${String(value.from)} → ${String(value.to)}` : value.join(', ');
}
