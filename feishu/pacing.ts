import { LRUCache } from 'lru-cache';
import { systemClock } from './clock';
import type { Clock } from './clock';
import { EMPTY_WINDOW, block, reserve } from './rate-window';
import type { RateLimit, RateWindow, Reservation } from './rate-window';

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

/**
 * Where windows live. In memory for one process; the store keeps them in the database for many: load, `reserve()` or
 * `block()` of rate-window.ts, compare and set, repeat on conflict.
 */
export interface LimitLedger {
  /** Takes 1 to `wanted` turns, or says when to ask again. */
  reserve(key: string, wanted: number, nowMs: number, limit: RateLimit): Promise<Reservation>;
  block(key: string, untilMs: number): Promise<void>;
}

/** The wait would be longer than the caller allows. Nothing was sent. */
export class PacingRefusal extends Error {
  override readonly name = 'PacingRefusal';
  constructor(readonly retryAfterMs: number) {
    super(`No turn within the allowed wait; ask again in ${retryAfterMs} ms.`);
  }
}

interface Waiter {
  readonly deadline: number;
  resolve(): void;
  reject(reason: unknown): void;
}

/** Turns of a bucket that this process has taken ahead, because it used as many a moment ago. */
interface Lease {
  /** Left to use until `endsAt`: a turn used later would fall into another window. */
  turns: number;
  endsAt: number;
  /** The present span of `LEASE_MS`: since when, and how many turns it used. */
  since: number;
  used: number;
  /** Used in the span before. */
  before: number;
}

interface Queue {
  readonly bucket: Bucket;
  readonly urgent: Waiter[];
  readonly routine: Waiter[];
  /** Cuts the present pause short, when there is one. */
  wake: () => void;
}

/** How many turns one visit to the ledger may take for those who wait in this process. */
const TURNS_PER_VISIT = 16;
/** How long turns may be held ahead, and how many: together they stay within what `paced()` leaves of a second. */
const LEASE_MS = 200;
const LONGEST_LEASE = 4;
const QUIET_MS = 1_000;

/** A pacer over any ledger. Waiters queue here, in the process; the ledger only knows how often. */
export function createPacer(options: { ledger: LimitLedger; clock?: Pick<Clock, 'now'> }): Pacer {
  const { ledger, clock = systemClock } = options;
  const queues = new Map<string, Queue>();
  const leases = new LRUCache<string, Lease>({ max: 10_000 });
  /** When this process last used a sparing bucket. */
  const lastUse = new LRUCache<string, number>({ max: 50_000 });

  /** True when a turn is at hand without a visit to the ledger. */
  function atHand({ key, count }: Bucket): boolean {
    const now = clock.now();
    if (count === 'sparing') {
      const last = lastUse.get(key);
      lastUse.set(key, now);
      return last === undefined || now - last > QUIET_MS;
    }
    const lease = leaseOf(key, now);
    if (lease.turns === 0 || now > lease.endsAt) return false;
    lease.turns -= 1;
    lease.used += 1;
    return true;
  }

  function leaseOf(key: string, now: number): Lease {
    const lease = leases.get(key) ?? { turns: 0, endsAt: 0, since: now, used: 0, before: 0 };
    if (now - lease.since >= LEASE_MS) {
      lease.before = now - lease.since < 2 * LEASE_MS ? lease.used : 0;
      lease.since = now;
      lease.used = 0;
    }
    leases.set(key, lease);
    return lease;
  }

  /** Asks for as many turns as the span before used. */
  async function takeAhead({ key, limit }: Bucket): Promise<boolean> {
    const now = clock.now();
    const lease = leaseOf(key, now);
    const wanted = 1 + turnsAhead(lease, 1);
    const answer = await ledger.reserve(key, wanted, now, limit);
    if (answer.granted === 0) return false;
    lease.turns = answer.granted - 1;
    lease.endsAt = now + LEASE_MS;
    lease.used += 1;
    return true;
  }

  async function serve(queue: Queue): Promise<void> {
    const { key, limit, count } = queue.bucket;
    try {
      for (;;) {
        const waiting = queue.urgent.length + queue.routine.length;
        if (waiting === 0) return;
        const now = clock.now();
        const ahead = count === 'sparing' ? 0 : turnsAhead(leaseOf(key, now), waiting);
        const wanted = Math.min(waiting + ahead, TURNS_PER_VISIT);
        const answer = await ledger.reserve(key, wanted, now, limit);
        if ('retryAtMs' in answer) {
          refuseLate(queue, answer.retryAtMs, now);
          if (queue.urgent.length + queue.routine.length > 0) await pause(queue, answer.retryAtMs - now);
        } else {
          const lease = leaseOf(key, now);
          for (let turn = 0; turn < answer.granted; turn += 1) {
            const waiter = queue.urgent.shift() ?? queue.routine.shift();
            if (waiter) {
              lease.used += 1;
              waiter.resolve();
            } else if (count !== 'sparing') {
              lease.turns = now > lease.endsAt ? 1 : lease.turns + 1;
              lease.endsAt = now + LEASE_MS;
            }
          }
        }
      }
    } catch (error) {
      for (const waiter of [...queue.urgent.splice(0), ...queue.routine.splice(0)]) waiter.reject(error);
    } finally {
      queues.delete(key);
    }
  }

  function enqueue(bucket: Bucket, priority: Priority, waiter: Waiter): Queue {
    const existing = queues.get(bucket.key);
    if (existing !== undefined) {
      existing[priority].push(waiter);
      return existing;
    }
    const queue: Queue = { bucket, urgent: [], routine: [], wake: () => undefined };
    queue[priority].push(waiter);
    queues.set(bucket.key, queue);
    // serve() hands every failure to the waiters and itself never rejects.
    void serve(queue);
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
          const queue = enqueue(bucket, priority, waiter);
          leave = () => {
            const place = queue[priority].indexOf(waiter);
            if (place >= 0) queue[priority].splice(place, 1);
            if (queue.urgent.length + queue.routine.length === 0) queue.wake();
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
      if (bucket.count !== 'sparing') return takeAhead(bucket);
      return (await ledger.reserve(bucket.key, 1, clock.now(), bucket.limit)).granted > 0;
    },
    async penalize(bucket, ms) {
      leases.delete(bucket.key);
      // Whoever was told to wait has to ask from now on.
      lastUse.set(bucket.key, clock.now() + ms);
      await ledger.block(bucket.key, clock.now() + ms);
    },
  };
}

/** How many turns more than the `now` ones are likely to be wanted in this span: as many as the span before used. */
const turnsAhead = (lease: Lease, now: number): number =>
  Math.max(0, Math.min(LONGEST_LEASE - now, lease.before - lease.used - now));

/** Those whose deadline lies before the next possible turn need not wait for it. */
function refuseLate(queue: Queue, retryAtMs: number, now: number): void {
  for (const line of [queue.urgent, queue.routine]) {
    const staying = line.filter((waiter) => waiter.deadline >= retryAtMs);
    for (const waiter of line)
      if (waiter.deadline < retryAtMs) waiter.reject(new PacingRefusal(Math.max(1, retryAtMs - now)));
    line.splice(0, line.length, ...staying);
  }
}

/** Waits, or until the queue has become empty. A millisecond more than asked: timers may fire early. */
async function pause(queue: Queue, ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, ms) + 1);
    queue.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  queue.wake = () => undefined;
}

/** Windows in this process, for the given number of buckets; the ones not used longest are forgotten first. */
export function createMemoryLedger(capacity = 50_000): LimitLedger {
  const windows = new LRUCache<string, RateWindow>({ max: capacity });
  return {
    async reserve(key, wanted, nowMs, limit) {
      const { window, reservation } = reserve(windows.get(key) ?? EMPTY_WINDOW, wanted, nowMs, limit);
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
