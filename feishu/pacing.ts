import { LRUCache } from 'lru-cache';
import { systemClock } from './clock';
import type { Clock } from './clock';
import type { Bucket, LimitLedger, Priority } from './bucket';
import { HeldTurns } from './held-turns';
import { EMPTY_WINDOW, block, reserve } from './rate-window';
import type { RateWindow } from './rate-window';
import { TurnQueue, type Waiter } from './turn-queue';

export interface AcquireOptions {
  /** Urgent waiters go first; within one priority, first come first served. Default `routine`. */
  readonly priority?: Priority;
  /** Aborting leaves the queue and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Reject with `PacingRefusal` as soon as it is clear that the wait would be longer, in ms. Default: no limit. */
  readonly maxWaitMs?: number;
}

/** Spreads calls so that the platform's limits are never hit. */
export interface Pacer {
  /** Resolves when one call may go out. */
  acquire(bucket: Bucket, options?: AcquireOptions): Promise<void>;
  /** Takes a turn if one is free at this moment and nobody waits; never waits. */
  tryAcquire(bucket: Bucket): Promise<boolean>;
  /** Stops the bucket for so many ms: Feishu asked for a pause. */
  penalize(bucket: Bucket, ms: number): Promise<void>;
}

const QUIET_MS = 1_000;

/** A pacer over any ledger. Waiters queue here, in the process; the ledger only knows how often. */
export function createPacer(options: { ledger: LimitLedger; clock?: Pick<Clock, 'now'> }): Pacer {
  const { ledger, clock = systemClock } = options;
  const queues = new Map<string, TurnQueue>();
  const held = new HeldTurns();
  /** When this process last used a sparing bucket. */
  const lastUse = new LRUCache<string, number>({ max: 50_000 });

  /** True when a turn is at hand without a visit to the ledger. */
  function atHand(bucket: Bucket): boolean {
    const now = clock.now();
    if (bucket.count !== 'sparing') return held.use(bucket, now);
    const last = lastUse.get(bucket.key);
    lastUse.set(bucket.key, now);
    return last === undefined || now - last > QUIET_MS;
  }

  /** Asks for as many turns as the span before used; true when the first is for now. */
  async function takeAhead(bucket: Bucket): Promise<boolean> {
    const now = clock.now();
    if (held.usableAt(bucket, now) > now) return false;
    const wanted = 1 + held.ahead(bucket, 1, now);
    const answer = await ledger.reserve(bucket.key, wanted, now, bucket.limit, 0);
    if ('retryAtMs' in answer) return false;
    held.hold(bucket, answer.times.slice(1), now);
    held.noteUse(bucket, now);
    return true;
  }

  function queueOf(bucket: Bucket): TurnQueue {
    const existing = queues.get(bucket.key);
    if (existing) return existing;
    const queue = new TurnQueue(bucket, ledger, held, clock, () => queues.delete(bucket.key));
    queues.set(bucket.key, queue);
    return queue;
  }

  return {
    async acquire(bucket, { priority = 'routine', signal, maxWaitMs = Infinity } = {}) {
      signal?.throwIfAborted();
      if (!queues.has(bucket.key) && atHand(bucket)) return;
      let leave: (() => void) | undefined;
      try {
        await new Promise<void>((resolve, reject) => {
          const waiter: Waiter = { deadline: clock.now() + maxWaitMs, resolve, reject };
          const isNew = !queues.has(bucket.key);
          const queue = queueOf(bucket);
          queue.join(waiter, priority);
          // It hands every failure to the waiters and itself never rejects.
          if (isNew) void queue.serve();
          leave = () => {
            queue.leave(waiter, priority);
            reject(signal?.reason as Error);
          };
          signal?.addEventListener('abort', leave, { once: true });
        });
      } finally {
        if (leave !== undefined) signal?.removeEventListener('abort', leave);
      }
    },
    async tryAcquire(bucket) {
      if (queues.has(bucket.key)) return false;
      if (atHand(bucket)) return true;
      return takeAhead(bucket);
    },
    async penalize(bucket, ms) {
      held.drop(bucket);
      queues.get(bucket.key)?.drop();
      // Whoever was told to wait has to ask from now on.
      lastUse.set(bucket.key, clock.now() + ms);
      await ledger.block(bucket.key, clock.now() + ms);
    },
  };
}

/** Windows in this process, for the given number of buckets; the ones not used longest are forgotten first. */
export function createMemoryLedger(capacity = 50_000): LimitLedger {
  const windows = new LRUCache<string, RateWindow>({ max: capacity });
  return {
    async reserve(key, wanted, nowMs, limit, aheadMs) {
      const last = windows.get(key) ?? EMPTY_WINDOW;
      const { window, reservation } = reserve(last, wanted, nowMs, limit, aheadMs);
      windows.set(key, window);
      return reservation;
    },
    async block(key, untilMs) {
      windows.set(key, block(windows.get(key) ?? EMPTY_WINDOW, untilMs));
    },
  };
}

/** The pacer of a single process. Its time is monotonic: a set clock neither bursts nor stalls it. */
export function createInProcessPacer(): Pacer {
  return createPacer({ ledger: createMemoryLedger(), clock: { now: () => performance.now() } });
}
