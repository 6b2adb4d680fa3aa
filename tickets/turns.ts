/** The turns of one account, as all workers see them: small enough to be one document that is swapped as a whole. */
export interface Turns {
  /** When the calls of the last second began, ascending, in Unix milliseconds. */
  readonly begun: readonly number[];
  /** Calls under way. One that is never given back, because its worker died, counts until `until`. */
  readonly running: readonly { readonly id: string; readonly until: number }[];
  /** No call begins before this time: the ticket system asked for a pause. 0 = free. */
  readonly pausedUntil: number;
}

export interface TurnLimit {
  /** At most this many calls begin in any sliding second. */
  readonly perSecond: number;
  /** At most this many are under way at once. */
  readonly parallel: number;
  /** A call takes no longer than this. */
  readonly longestMs: number;
}

export const NO_TURNS: Turns = { begun: [], running: [], pausedUntil: 0 };

/** A fifth longer than a second: what begins in turn takes a different time on its way there. */
const SECOND_MS = 1200;
/** Nobody tells when a place becomes free, so it is asked for again. */
const LOOK_AGAIN_MS = 50;
/** Clocks of several workers differ a little; more than this backwards is a clock that was set. */
const TOLERATED_SKEW_MS = 5000;

/** Takes a turn, or says when to ask again. Pure: the same turns and time give the same answer. */
export function takeTurn(
  turns: Turns,
  id: string,
  nowMs: number,
  limit: TurnLimit,
): { turns: Turns } | { retryAt: number } {
  const last = turns.begun.at(-1) ?? nowMs;
  const known = last - nowMs > TOLERATED_SKEW_MS ? NO_TURNS : turns;
  // Time never runs backwards inside the window, whoever looks at the clock.
  const now = known === turns ? Math.max(nowMs, last) : nowMs;
  if (known.pausedUntil > now) return { retryAt: known.pausedUntil };
  const begun = known.begun.filter((at) => at > now - SECOND_MS);
  const running = known.running.filter(({ until }) => until > now);
  const oldest = begun[begun.length - limit.perSecond];
  if (oldest !== undefined) return { retryAt: oldest + SECOND_MS };
  if (running.length >= limit.parallel) return { retryAt: nowMs + LOOK_AGAIN_MS };
  return {
    turns: {
      begun: [...begun, now],
      running: [...running, { id, until: now + limit.longestMs }],
      pausedUntil: 0,
    },
  };
}

export function giveTurnBack(turns: Turns, id: string): Turns {
  return { ...turns, running: turns.running.filter((one) => one.id !== id) };
}

/** Lets nothing begin before `untilMs`; a later pause already in force stays. */
export function pauseTurns(turns: Turns, untilMs: number): Turns {
  return { ...turns, pausedUntil: Math.max(turns.pausedUntil, untilMs) };
}
