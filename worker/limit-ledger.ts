/** The platform's windows, shared by all workers: decided by pure functions, kept by compare-and-set. */
import { block, EMPTY_WINDOW, reserve, type LimitLedger, type RateWindow } from '../feishu';
import type { Store } from '../store';

/** Losing this often in a row means that many workers ask at once; the loser asks again a moment later. */
const TRIES = 20;
const BUSY_PAUSE_MS = 25;

export function createLimitLedger(limits: Store['limits']): LimitLedger {
  return {
    async reserve(key, wanted, nowMs, limit) {
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const { version, state } = await limits.load<RateWindow>(key);
        const { reservation, window } = reserve(state ?? EMPTY_WINDOW, wanted, nowMs, limit);
        if ('retryAtMs' in reservation || (await limits.swap(key, version, window))) return reservation;
      }
      return { granted: 0, retryAtMs: nowMs + BUSY_PAUSE_MS };
    },
    async block(key, untilMs) {
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const { version, state } = await limits.load<RateWindow>(key);
        if (await limits.swap(key, version, block(state ?? EMPTY_WINDOW, untilMs))) return;
      }
    },
  };
}
