import { LRUCache } from 'lru-cache';
import { Slot, type World } from '../world/world';
import type { App } from '../world/types';
import { tooFrequent } from './errors';

/** The platform's tiers: calls per minute, per second, or both; each per API, app and tenant. */
export const TIERS = {
  '10/min': { minute: 10 },
  '20/min': { minute: 20 },
  '100/min': { minute: 100 },
  '1000/min+50/s': { minute: 1000, second: 50 },
  '1/s': { second: 1 },
  '5/s': { second: 5 },
  '10/s': { second: 10 },
  '20/s': { second: 20 },
  '50/s': { second: 50 },
  '100/s': { second: 100 },
} as const satisfies Record<string, { minute?: number; second?: number }>;

export type RateTier = keyof typeof TIERS;

interface Window {
  startedAt: number;
  count: number;
}

/** Bounded: limits per receiver and per message would otherwise leave a window behind for each. */
const slot = new Slot(() => new LRUCache<string, Window>({ max: 100_000 }));

/** Counts one call and answers how long the window lasts on if the call is one too many. */
function overflow(
  windows: LRUCache<string, Window>,
  key: string,
  now: number,
  lengthMs: number,
  limit: number,
): number {
  let window = windows.get(key);
  if (!window || now - window.startedAt >= lengthMs || now < window.startedAt) {
    window = { startedAt: now, count: 0 };
    windows.set(key, window);
  }
  if (window.count >= limit) return window.startedAt + lengthMs - now;
  window.count++;
  return 0;
}

/** Refuses the call with 99991400 when its API has been called too often by this app. */
export function checkRate(world: World, app: App, api: string, tier: RateTier): void {
  if (world.switches.rateLimits === 'off') return;
  const now = world.switches.rateLimitClock === 'virtual' ? world.clock.now() : Date.now();
  const windows = world.use(slot);
  const limits: { minute?: number; second?: number } = TIERS[tier];
  for (const [name, length] of [
    ['second', 1000],
    ['minute', 60_000],
  ] as const) {
    const limit = limits[name];
    if (limit === undefined) continue;
    const wait = overflow(windows, `${app.appId} ${api} ${name}`, now, length, limit);
    if (wait > 0) throw tooFrequent(limit, Math.max(1, Math.ceil(wait / 1000)));
  }
}

/**
 * The business layer's limits (e.g. 5 messages a second per receiver): true when one more is too many.
 * `key` names who is protected, e.g. `receiver ou_…`.
 */
export function exceeds(world: World, key: string, perSecond: number): boolean {
  if (world.switches.rateLimits === 'off') return false;
  const now = world.switches.rateLimitClock === 'virtual' ? world.clock.now() : Date.now();
  return overflow(world.use(slot), key, now, 1000, perSecond) > 0;
}
