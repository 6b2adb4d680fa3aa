/** What the operators do with a value, bound once per leaf. */
import { RE2JS } from 're2js';
import type { CalendarWindow } from './calendar';
import { orderOf, same, timeMs } from './compare';
import { durationMs } from './duration';
import type { Scalar } from './event';
import type { FactChange, FactDefinition } from './facts';
import type { JudgingContext } from './facts-for';

/** Never called with an absent fact (undefined or null): an operator answers that by its `absent`. */
export type Predicate = (seen: unknown, context: JudgingContext) => boolean;
export type Bind = (fact: FactDefinition, wanted: unknown) => Predicate;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);
export const holds = (seen: unknown, wanted: unknown): boolean =>
  typeof seen === 'string'
    ? typeof wanted === 'string' && seen.includes(wanted)
    : Array.isArray(seen) && seen.includes(wanted);

export function ordered(accept: (seen: number, wanted: number) => boolean): Bind {
  return (fact, wanted) => {
    const order = orderOf(fact, wanted);
    const right = order?.(wanted) ?? null;
    if (!order || right === null) return () => false;
    return (seen) => {
      const left = order(seen);
      return left !== null && accept(left, right);
    };
  };
}

export const among: Bind = (fact, wanted) => {
  const values = list(wanted);
  const one = (seen: unknown): boolean => values.some((value) => same(fact, seen, value));
  return (seen) => (Array.isArray(seen) ? seen.some(one) : one(seen));
};

export const notAmong: Bind = (fact, wanted) => {
  const isAmong = among(fact, wanted);
  return (seen, context) => !isAmong(seen, context);
};

export const textual =
  (accept: (seen: string, wanted: string) => boolean): Bind =>
  (_fact, wanted) =>
  (seen) =>
    typeof seen === 'string' && typeof wanted === 'string' && accept(seen, wanted);

export const flag =
  (accept: (seen: unknown) => boolean): Bind =>
  (_fact, wanted) =>
  (seen) =>
    accept(seen) === (wanted !== false);

export const blank = (seen: unknown): boolean =>
  (typeof seen === 'string' && seen.trim() === '') || (Array.isArray(seen) && seen.length === 0);

const isChange = (seen: unknown): seen is FactChange =>
  typeof seen === 'object' && seen !== null && !Array.isArray(seen) && 'from' in seen && 'to' in seen;
export const changed = (seen: unknown): seen is FactChange =>
  isChange(seen) && JSON.stringify(seen.from) !== JSON.stringify(seen.to);

/** On lists "changed to x" means that x was added, "changed from x" that it was taken away. */
export function became(now: 'from' | 'to', before: 'from' | 'to'): Bind {
  return (fact, wanted) => {
    const has = (value: Scalar | readonly Scalar[], one: unknown): boolean =>
      Array.isArray(value) ? value.includes(one) : same(fact, value, one);
    return (seen) =>
      changed(seen) &&
      list(wanted).some(
        (one) => has(seen[now], one) && !(Array.isArray(seen[before]) && has(seen[before], one)),
      );
  };
}

/** Text longer than this is matched on its start only. */
export const REGEX_INPUT_LIMIT = 2000;

export const matches: Bind = (_fact, wanted) => {
  const pattern = RE2JS.compile(String(wanted));
  return (seen) => typeof seen === 'string' && pattern.matcher(seen.slice(0, REGEX_INPUT_LIMIT)).find();
};

export const range: Bind = (fact, wanted) => {
  const [from, to] = list(wanted);
  const atLeast = ordered((seen, low) => seen >= low)(fact, from);
  const atMost = ordered((seen, high) => seen <= high)(fact, to);
  return (seen, context) => atLeast(seen, context) && atMost(seen, context);
};

export const soon: Bind = (_fact, wanted) => {
  const duration = durationMs(String(wanted)) ?? 0;
  return (seen, { now }) => {
    const at = timeMs(seen);
    return at !== null && at >= now && at <= now + duration;
  };
};

export const ago: Bind = (_fact, wanted) => {
  const duration = durationMs(String(wanted)) ?? 0;
  return (seen, { now }) => {
    const at = timeMs(seen);
    return at !== null && at <= now - duration;
  };
};

export const inWindow: Bind =
  (_fact, wanted) =>
  (seen, { calendar }) => {
    const at = timeMs(seen);
    return at !== null && calendar !== null && calendar.within(wanted as CalendarWindow, at);
  };

export function momentsAround(seen: unknown, offsets: number[]): number[] {
  const at = timeMs(seen);
  return at === null ? [] : offsets.map((offset) => at + offset);
}
