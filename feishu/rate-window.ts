/** How often something may happen. All limits hold at once; a missing one does not limit. */
export interface RateLimit {
  /** At most this many in any sliding second; with `early`, that many more. */
  readonly perSecond?: number;
  /** At most this many in any sliding minute. */
  readonly perMinute?: number;
  /**
   * Turns lie evenly over the second, so that calls that are late on their way do not meet the next second's all at once. So many may
   * come before their time: after a pause, or when those before were late. Absent = turns come as they are asked for.
   */
  readonly early?: number;
}

/**
 * What a bucket remembers: small enough to be one stored document that a compare-and-set loop replaces.
 * With a minute of 950 it holds at most 62 slots, about 2 KB. All times in ms.
 */
export interface RateWindow {
  /** Times of the turns of the last second, ascending, where they are not spread. */
  readonly second: readonly number[];
  /** When the next turn is due, where they are spread. */
  readonly next: number;
  /** The last minute in slots of up to one second. `last` is the time of the slot's latest turn. */
  readonly minute: readonly { readonly first: number; readonly last: number; readonly count: number }[];
  /** No turn before this time: Feishu told us to wait. 0 = free. */
  readonly blockedUntil: number;
  /** When somebody asked last; turns may lie a moment ahead of it. */
  readonly askedAt: number;
}

export const EMPTY_WINDOW: RateWindow = { second: [], next: 0, minute: [], blockedUntil: 0, askedAt: 0 };

/** Times of the turns, ascending, or when to ask again. */
export type Reservation = { readonly times: readonly number[] } | { readonly retryAtMs: number };

export interface Reserved {
  readonly window: RateWindow;
  readonly reservation: Reservation;
}

const SECOND = 1_000;
/** A second longer than the platform's: calls do not all take the same time on their way there. */
const MINUTE = 61_000;
/** Clocks of several processes differ a little. More than this backwards is a clock that was set, not skew. */
const TOLERATED_SKEW_MS = 5_000;

/**
 * Takes up to `wanted` turns between `nowMs` and `aheadMs` later. Pure: the same arguments give the same answer.
 * Promise: no sliding second or minute of turns ever holds more than the limit. The minute is kept in slots that expire a minute
 * after their latest turn, which errs by under a second to the safe side.
 */
export function reserve(
  window: RateWindow,
  wanted: number,
  nowMs: number,
  limit: RateLimit,
  aheadMs = 0,
): Reserved {
  const { state, now } = align(window, nowMs);
  let current: RateWindow = {
    ...state,
    second: state.second.filter((time) => time > now - SECOND),
    minute: state.minute.filter((slot) => slot.last > now - MINUTE),
    askedAt: now,
  };
  const times: number[] = [];
  while (times.length < wanted) {
    const at = earliest(current, now, limit);
    if (at > now + aheadMs) {
      if (times.length === 0) return { window: current, reservation: { retryAtMs: at - aheadMs } };
      break;
    }
    times.push(at);
    current = taken(current, at, limit);
  }
  return { window: current, reservation: { times } };
}

/** Grants nothing before `untilMs`. A later block already in force stays. */
export function block(window: RateWindow, untilMs: number): RateWindow {
  return { ...window, blockedUntil: Math.max(window.blockedUntil, untilMs) };
}

/** When a window that is not used again forgets everything: safe to delete from then on. */
export function idleFrom(window: RateWindow): number {
  const last = window.minute.at(-1)?.last;
  const second = window.second.at(-1);
  return Math.max(
    window.blockedUntil,
    window.next,
    last === undefined ? 0 : last + MINUTE,
    second === undefined ? 0 : second + SECOND,
  );
}

/** How far turns lie apart, and how far before its time one may come; null where they are not spread. */
function spacing({ perSecond, early }: RateLimit): { everyMs: number; earlyMs: number } | null {
  if (perSecond === undefined || early === undefined) return null;
  const everyMs = SECOND / perSecond;
  return { everyMs, earlyMs: early * everyMs };
}

/** Time never runs backwards inside a window; after a set clock the remembered times move along with it. */
function align(window: RateWindow, nowMs: number): { state: RateWindow; now: number } {
  const ahead = window.askedAt - nowMs;
  if (ahead <= 0) return { state: window, now: nowMs };
  if (ahead <= TOLERATED_SKEW_MS) return { state: window, now: window.askedAt };
  const { second, minute, next, blockedUntil } = window;
  return {
    now: nowMs,
    state: {
      second: second.map((time) => time - ahead),
      next: next - ahead,
      minute: minute.map((slot) => ({ ...slot, first: slot.first - ahead, last: slot.last - ahead })),
      blockedUntil: blockedUntil === 0 ? 0 : blockedUntil - ahead,
      askedAt: nowMs,
    },
  };
}

/** The earliest time from `now` on at which one more turn fits all limits. */
function earliest(window: RateWindow, now: number, limit: RateLimit): number {
  let at = Math.max(now, window.blockedUntil);
  const spread = spacing(limit);
  if (spread) at = Math.max(at, window.next - spread.earlyMs);
  else if (limit.perSecond !== undefined) {
    const leaving = window.second[window.second.length - limit.perSecond];
    if (leaving !== undefined) at = Math.max(at, leaving + SECOND);
  }
  if (limit.perMinute === undefined) return at;
  let over = window.minute.reduce((sum, slot) => sum + slot.count, 1) - limit.perMinute;
  for (const slot of window.minute) {
    if (over <= 0) break;
    over -= slot.count;
    at = Math.max(at, slot.last + MINUTE);
  }
  return at;
}

function taken(window: RateWindow, at: number, limit: RateLimit): RateWindow {
  const spread = spacing(limit);
  return {
    ...window,
    ...(spread
      ? { next: Math.max(window.next, at) + spread.everyMs }
      : limit.perSecond === undefined
        ? {}
        : { second: [...window.second, at] }),
    ...(limit.perMinute === undefined ? {} : { minute: addToSlots(window.minute, at) }),
  };
}

function addToSlots(slots: RateWindow['minute'], at: number): RateWindow['minute'] {
  const open = slots.at(-1);
  if (open === undefined || at - open.first >= SECOND) return [...slots, { first: at, last: at, count: 1 }];
  return [...slots.slice(0, -1), { first: open.first, last: at, count: open.count + 1 }];
}
