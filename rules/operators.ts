/**
 * The catalogue of operators. A leaf binds its operator once, when the rules are compiled; the bound predicate sees
 * the fact's value. A fact that is absent satisfies no operator but the ones that ask for absence; one whose value is another fact
 * that is absent is not satisfied at all.
 */
import { CALENDAR_WINDOWS } from './calendar';
import { same } from './compare';
import type { FactType } from './facts';
import {
  ago,
  among,
  became,
  blank,
  changed,
  flag,
  holds,
  inWindow,
  matches,
  momentsAround,
  notAmong,
  ordered,
  range,
  soon,
  textual,
  type Bind,
} from './predicates';
import { durationMs } from './duration';

/**
 * What stands in `value`: one value of the fact's type · a list of them · one or a list · [from, to] · a text ·
 * a duration · a pattern · a calendar window · true or false, true when left out.
 */
export type Wants =
  'one' | 'many' | 'one-or-many' | 'range' | 'text' | 'duration' | 'pattern' | 'window' | 'flag';

export interface OperatorDefinition {
  name: string;
  label: { en: string; zh: string };
  describe: string;
  facts: readonly FactType[];
  wants: Wants;
  /** `wanted` is of the kind that `wants` says. */
  bind: Bind;
  /** Answer for an absent fact; false when not given. */
  absent?(wanted: unknown): boolean;
  /** Moments (ms) at which the answer may change with time alone. */
  turns?(seen: unknown, wanted: unknown): number[];
}

const SINGLE: readonly FactType[] = ['text', 'number', 'boolean', 'time', 'choice', 'any'];
const ORDERED: readonly FactType[] = ['number', 'time', 'choice', 'any'];
const TEXTS: readonly FactType[] = ['text', 'choice', 'any'];

/** Operators named like those of json-rules-engine mean the same, but typed, and false on absent facts. */
export const OPERATORS: readonly OperatorDefinition[] = [
  {
    name: 'equal',
    label: { en: 'is', zh: '等于' },
    describe: 'Exactly the value; times by moment. `null` asks for absence.',
    facts: SINGLE,
    wants: 'one',
    bind: (fact, wanted) => (seen) => same(fact, seen, wanted),
    absent: (wanted) => wanted === null,
  },
  {
    name: 'notEqual',
    label: { en: 'is not', zh: '不等于' },
    describe: 'Present and not the value. `null` asks for presence.',
    facts: SINGLE,
    wants: 'one',
    bind: (fact, wanted) => (seen) => !same(fact, seen, wanted),
  },
  {
    name: 'in',
    label: { en: 'is one of', zh: '属于' },
    describe: 'One of the values; on a list: any of its items is.',
    facts: [...SINGLE, 'list'],
    wants: 'many',
    bind: among,
  },
  {
    name: 'notIn',
    label: { en: 'is none of', zh: '不属于' },
    describe:
      'Present and none of the values; on a list: none of its items is, also when it has none at all.',
    facts: [...SINGLE, 'list'],
    wants: 'many',
    bind: notAmong,
  },
  {
    name: 'contains',
    label: { en: 'contains', zh: '包含' },
    describe: 'The text has this part (case matters), or the list has this item.',
    facts: [...TEXTS, 'list'],
    wants: 'text',
    bind: (_fact, wanted) => (seen) => holds(seen, wanted),
  },
  {
    name: 'doesNotContain',
    label: { en: 'does not contain', zh: '不包含' },
    describe:
      'A text that is there has no such part, or the list no such item, also when it has none at all.',
    facts: [...TEXTS, 'list'],
    wants: 'text',
    bind: (_fact, wanted) => (seen) =>
      (typeof seen === 'string' || Array.isArray(seen)) && !holds(seen, wanted),
  },
  {
    name: 'startsWith',
    label: { en: 'starts with', zh: '开头是' },
    describe: 'The text starts with it; case matters.',
    facts: TEXTS,
    wants: 'text',
    bind: textual((seen, wanted) => seen.startsWith(wanted)),
  },
  {
    name: 'endsWith',
    label: { en: 'ends with', zh: '结尾是' },
    describe: 'The text ends with it; case matters.',
    facts: TEXTS,
    wants: 'text',
    bind: textual((seen, wanted) => seen.endsWith(wanted)),
  },
  {
    name: 'under',
    label: { en: 'is under', zh: '位于…之下' },
    describe:
      'A path joined with "/" that is this one or lies beneath it: After-sales/Refund is under After-sales.',
    facts: TEXTS,
    wants: 'text',
    bind: textual(
      (seen, wanted) => seen === wanted || seen.startsWith(wanted.endsWith('/') ? wanted : `${wanted}/`),
    ),
  },
  {
    name: 'regex',
    label: { en: 'matches', zh: '匹配正则' },
    describe:
      'RE2 pattern found somewhere in the text; `(?i)` ignores case; no look-around, no back-references.',
    facts: TEXTS,
    wants: 'pattern',
    bind: matches,
  },
  {
    name: 'lessThan',
    label: { en: 'is less than', zh: '小于' },
    describe: 'A smaller number, an earlier time, a lower priority.',
    facts: ORDERED,
    wants: 'one',
    bind: ordered((seen, wanted) => seen < wanted),
  },
  {
    name: 'lessThanInclusive',
    label: { en: 'is at most', zh: '小于等于' },
    describe: 'Less than or equal.',
    facts: ORDERED,
    wants: 'one',
    bind: ordered((seen, wanted) => seen <= wanted),
  },
  {
    name: 'greaterThan',
    label: { en: 'is more than', zh: '大于' },
    describe: 'A larger number, a later time, a higher priority.',
    facts: ORDERED,
    wants: 'one',
    bind: ordered((seen, wanted) => seen > wanted),
  },
  {
    name: 'greaterThanInclusive',
    label: { en: 'is at least', zh: '大于等于' },
    describe: 'Greater than or equal.',
    facts: ORDERED,
    wants: 'one',
    bind: ordered((seen, wanted) => seen >= wanted),
  },
  {
    name: 'between',
    label: { en: 'is between', zh: '介于' },
    describe: 'From the first to the second value, both included.',
    facts: ORDERED,
    wants: 'range',
    bind: range,
  },
  {
    name: 'isEmpty',
    label: { en: 'is empty', zh: '为空' },
    describe: 'Absent, a text of nothing but blanks, or a list without items. `false` turns it round.',
    facts: [...SINGLE, 'list'],
    wants: 'flag',
    bind: flag(blank),
    absent: (wanted) => wanted !== false,
  },
  {
    name: 'isNotEmpty',
    label: { en: 'is not empty', zh: '不为空' },
    describe:
      'Present, and neither a text of nothing but blanks nor a list without items. `false` turns it round.',
    facts: [...SINGLE, 'list'],
    wants: 'flag',
    bind: flag((seen) => !blank(seen)),
    absent: (wanted) => wanted === false,
  },
  {
    name: 'changed',
    label: { en: 'changed', zh: '发生变更' },
    describe: 'This event changed the field. `false` turns it round.',
    facts: ['change'],
    wants: 'flag',
    bind: flag(changed),
    absent: (wanted) => wanted === false,
  },
  {
    name: 'changedTo',
    label: { en: 'changed to', zh: '变更为' },
    describe: 'This event gave the field this value (or one of these); on a list: added it.',
    facts: ['change'],
    wants: 'one-or-many',
    bind: became('to', 'from'),
  },
  {
    name: 'changedFrom',
    label: { en: 'changed from', zh: '变更自' },
    describe: 'This event took the field away from this value (or one of these); on a list: removed it.',
    facts: ['change'],
    wants: 'one-or-many',
    bind: became('from', 'to'),
  },
  {
    name: 'withinNext',
    label: { en: 'is within the next', zh: '将在以下时间内到来' },
    describe: 'From now until the duration from now. Judged again when that time comes.',
    facts: ['time', 'any'],
    wants: 'duration',
    bind: soon,
    turns: (seen, wanted) => momentsAround(seen, [-(durationMs(String(wanted)) ?? 0), 1]),
  },
  {
    name: 'olderThan',
    label: { en: 'is older than', zh: '早于' },
    describe: 'At least the duration ago. Judged again when that time comes.',
    facts: ['time', 'any'],
    wants: 'duration',
    bind: ago,
    turns: (seen, wanted) => momentsAround(seen, [durationMs(String(wanted)) ?? 0]),
  },
  {
    name: 'inCalendar',
    label: { en: 'falls into', zh: '处于日历时段' },
    describe: `The time lies in this window of the docking's calendar: ${CALENDAR_WINDOWS.join(', ')}. False without a calendar.`,
    facts: ['time', 'any'],
    wants: 'window',
    bind: inWindow,
  },
];

const byName = new Map(OPERATORS.map((definition) => [definition.name, definition]));

export function findOperator(name: string): OperatorDefinition | null {
  return byName.get(name) ?? null;
}
