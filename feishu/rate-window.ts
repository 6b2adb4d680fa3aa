/** How often something may happen. All windows hold at once; a missing one does not limit. */
export interface RateLimit {
  /** At most this many in any sliding second. */
  readonly perSecond?: number;
  /** At most this many in any sliding minute. */
  readonly perMinute?: number;
  /**
   * At most this many in any sliding tenth of a second; needs `perSecond`. Spreads a second's calls over it, so that
   * some that are late on their way do not meet the next second's all at once.
   */
  readonly perTenth?: number;
}

/**
 * What a bucket remembers: small enough to be one stored document that a compare-and-set loop replaces.
 * With 45/s and 950/min it holds at most 45 times and 62 slots, about 2 KB.
 */
export interface RateWindow {
  /** Times of the grants of the last second, ascending, in ms. One entry for each grant. */
  readonly second: readonly number[];
  /** The last minute in slots of up to one second. `last` is the time of the slot's latest grant. */
  readonly minute: readonly { readonly first: number; readonly last: number; readonly count: number }[];
  /** No grant before this time: Feishu told us to wait. 0 = free. */
  readonly blockedUntil: number;
}

export const EMPTY_WINDOW: RateWindow = { second: [], minute: [], blockedUntil: 0 };

/** `granted` counts what may happen now; when it is 0, `retryAtMs` says when to ask again. */
export type Reservation =
  | { readonly granted: number; readonly grantedAtMs: number }
  | { readonly granted: 0; readonly retryAtMs: number };

export interface Reserved {
  readonly window: RateWindow;
  readonly reservation: Reservation;
}

const SECOND = 1_000;
const TENTH = 100;
/** A second longer than the platform's: calls do not all take the same time on their way there. */
const MINUTE = 61_000;
/** Clocks of several processes differ a little. More than this backwards is a clock that was set, not skew. */
const TOLERATED_SKEW_MS = 5_000;

/**
 * Takes up to `wanted` grants at `nowMs`. Pure: the same window, number and time give the same answer.
 * Promise: no sliding tenth, second or minute, measured at grant times, ever holds more than the limit. The minute is
 * kept in slots that expire a minute after their latest grant, which errs by under a second to the safe side.
 */
export function reserve(window: RateWindow, wanted: number, nowMs: number, limit: RateLimit): Reserved {
  const { state, now } = align(window, nowMs);
  const second = state.second.filter((time) => time > now - SECOND);
  const minute = state.minute.filter((slot) => slot.last > now - MINUTE);
  const pruned: RateWindow = { second, minute, blockedUntil: state.blockedUntil };
  if (state.blockedUntil > now) return refused(pruned, state.blockedUntil);

  const inMinute = minute.reduce((sum, slot) => sum + slot.count, 0);
  const free = Math.min(
    limit.perSecond === undefined ? wanted : limit.perSecond - second.length,
    limit.perMinute === undefined ? wanted : limit.perMinute - inMinute,
    limit.perTenth === undefined
      ? wanted
      : limit.perTenth - second.filter((time) => time > now - TENTH).length,
    wanted,
  );
  if (free <= 0) return refused(pruned, freeAgain(pruned, inMinute, limit));
  return {
    window: {
      second: limit.perSecond === undefined ? [] : [...second, ...Array<number>(free).fill(now)],
      minute: limit.perMinute === undefined ? [] : addToSlots(minute, free, now),
      blockedUntil: 0,
    },
    reservation: { granted: free, grantedAtMs: now },
  };
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
    last === undefined ? 0 : last + MINUTE,
    second === undefined ? 0 : second + SECOND,
  );
}

/** Time never runs backwards inside a window; after a set clock the remembered times move along with it. */
function align(window: RateWindow, nowMs: number): { state: RateWindow; now: number } {
  const last = Math.max(window.second.at(-1) ?? nowMs, window.minute.at(-1)?.last ?? nowMs);
  if (last <= nowMs) return { state: window, now: nowMs };
  const ahead = last - nowMs;
  if (ahead <= TOLERATED_SKEW_MS) return { state: window, now: last };
  return {
    now: nowMs,
    state: {
      second: window.second.map((time) => time - ahead),
      minute: window.minute.map((slot) => ({ ...slot, first: slot.first - ahead, last: slot.last - ahead })),
      blockedUntil: window.blockedUntil === 0 ? 0 : window.blockedUntil - ahead,
    },
  };
}

function refused(window: RateWindow, retryAtMs: number): Reserved {
  return { window, reservation: { granted: 0, retryAtMs } };
}

/** The earliest time at which one more grant fits all windows. */
function freeAgain(window: RateWindow, inMinute: number, limit: RateLimit): number {
  let at = 0;
  if (limit.perSecond !== undefined && window.second.length >= limit.perSecond) {
    const leaving = window.second[window.second.length - limit.perSecond];
    if (leaving !== undefined) at = Math.max(at, leaving + SECOND);
  }
  if (limit.perTenth !== undefined) {
    const leaving = window.second[window.second.length - limit.perTenth];
    if (leaving !== undefined) at = Math.max(at, leaving + TENTH);
  }
  if (limit.perMinute !== undefined && inMinute >= limit.perMinute) {
    let over = inMinute - limit.perMinute + 1;
    for (const slot of window.minute) {
      over -= slot.count;
      if (over <= 0) {
        at = Math.max(at, slot.last + MINUTE);
        break;
      }
    }
  }
  return at;
}

function addToSlots(slots: RateWindow['minute'], count: number, now: number): RateWindow['minute'] {
  const open = slots.at(-1);
  if (open === undefined || now - open.first >= SECOND) return [...slots, { first: now, last: now, count }];
  return [...slots.slice(0, -1), { first: open.first, last: now, count: open.count + count }];
}
