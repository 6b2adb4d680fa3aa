/** What is limited, by whom it is counted, and what happens when no turn is near. */
import type { RateLimit, Reservation } from './rate-window';

/** One thing that is limited: an API of one app, or one receiver. Everybody who names the same key shares the limit. */
export interface Bucket {
  readonly key: string;
  readonly limit: RateLimit;
  /**
   * `ledger` (default): every turn is taken from the ledger, some of them a moment ahead. `sparing`: the first turn after
   * a quiet second is taken without asking, because a single process then stays below the limit by itself; of W processes
   * up to W − 1 turns of that second are not seen by the others. For limits that the platform itself refuses harmlessly.
   */
  readonly count?: 'ledger' | 'sparing';
}

export type Priority = 'urgent' | 'routine';

/**
 * Where windows live. In memory for one process; the store keeps them in the database for many: load, `reserve()` or
 * `block()` of rate-window.ts, compare and set, repeat on conflict.
 */
export interface LimitLedger {
  /** Takes 1 to `wanted` turns, up to `aheadMs` from now, or says when to ask again. */
  reserve(
    key: string,
    wanted: number,
    nowMs: number,
    limit: RateLimit,
    aheadMs: number,
  ): Promise<Reservation>;
  block(key: string, untilMs: number): Promise<void>;
}

/** The wait would be longer than the caller allows. Nothing was sent. */
export class PacingRefusal extends Error {
  override readonly name = 'PacingRefusal';
  constructor(readonly retryAfterMs: number) {
    super(`No turn within the allowed wait; ask again in ${retryAfterMs} ms.`);
  }
}
