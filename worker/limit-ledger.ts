/** The platform's windows, shared by all workers: decided by pure functions, kept by compare-and-set. */
import { LRUCache } from 'lru-cache';
import { block, EMPTY_WINDOW, reserve, type LimitLedger, type RateWindow } from '../feishu';
import type { Store } from '../store';

/** Losing this often in a row means that many workers ask at once; the loser asks again a moment later. */
const TRIES = 20;
const BUSY_PAUSE_MS = 25;
const REMEMBERED = 5_000;

interface Known {
  version: number;
  state: RateWindow | null;
}

/** One that was kept by an older build lacks what has been added since. */
const windowOf = ({ state }: Known): RateWindow => ({ ...EMPTY_WINDOW, ...state });

export function createLimitLedger(limits: Store['limits']): LimitLedger {
  /** As this process left them. Others only add to a window, so what it refuses is refused; a grant proves itself by the swap. */
  const known = new LRUCache<string, Known>({ max: REMEMBERED });

  async function swap(key: string, { version }: Known, state: RateWindow): Promise<boolean> {
    const swapped = await limits.swap(key, version, state);
    if (swapped) known.set(key, { version: version + 1, state });
    else known.delete(key);
    return swapped;
  }

  return {
    async reserve(key, wanted, nowMs, limit, aheadMs) {
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const last = known.get(key) ?? (await limits.load<RateWindow>(key));
        const { reservation, window } = reserve(windowOf(last), wanted, nowMs, limit, aheadMs);
        if ('retryAtMs' in reservation || (await swap(key, last, window))) return reservation;
      }
      return { retryAtMs: nowMs + BUSY_PAUSE_MS };
    },
    async block(key, untilMs) {
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const last = known.get(key) ?? (await limits.load<RateWindow>(key));
        if (await swap(key, last, block(windowOf(last), untilMs))) return;
      }
    },
  };
}
