import { setImmediate as turn } from 'node:timers/promises';
import {
  EMPTY_WINDOW,
  PacingRefusal,
  block,
  createInProcessPacer,
  createMemoryLedger,
  createPacer,
  reserve,
} from '../../feishu';
import type { Bucket, LimitLedger, RateWindow } from '../../feishu';

const bucket = (perSecond: number, key = 'k'): Bucket => ({ key, limit: { perSecond } });

describe('the pacer', () => {
  it('lets as many through at once as fit, and the rest later', async () => {
    const pacer = createInProcessPacer();
    const started = performance.now();
    const times: number[] = [];
    await Promise.all(
      Array.from({ length: 9 }, async () => {
        await pacer.acquire(bucket(4));
        times.push(performance.now() - started);
      }),
    );
    expect(times[4]).toBeGreaterThanOrEqual(1_000);
    expect(times[8]).toBeGreaterThanOrEqual(2_000);
  });

  it('serves urgent waiters before routine ones that came earlier, each in order of arrival', async () => {
    const pacer = createInProcessPacer();
    await Promise.all(Array.from({ length: 4 }, () => pacer.acquire(bucket(4))));
    const served: string[] = [];
    const wait = (name: string, priority: 'urgent' | 'routine'): Promise<void> =>
      pacer.acquire(bucket(4), { priority }).then(() => void served.push(name));
    await Promise.all([
      wait('routine 1', 'routine'),
      wait('routine 2', 'routine'),
      wait('urgent 1', 'urgent'),
      wait('urgent 2', 'urgent'),
    ]);
    expect(served).toEqual(['urgent 1', 'urgent 2', 'routine 1', 'routine 2']);
  });

  it('keeps the buckets of different apps and receivers apart', async () => {
    const pacer = createInProcessPacer();
    await pacer.acquire(bucket(1, 'noisy'));
    await expect(pacer.tryAcquire(bucket(1, 'noisy'))).resolves.toBe(false);
    await expect(pacer.tryAcquire(bucket(1, 'quiet'))).resolves.toBe(true);
  });

  it('never lets a try overtake those who wait', async () => {
    const pacer = createInProcessPacer();
    const leaving = new AbortController();
    await pacer.penalize(bucket(10), 60_000);
    const waiting = expect(pacer.acquire(bucket(10), { signal: leaving.signal })).rejects.toThrow('enough');
    await turn();
    await expect(pacer.tryAcquire(bucket(10))).resolves.toBe(false);
    leaving.abort(new Error('enough'));
    await waiting;
  });

  it('lets a waiter leave without holding up the others', async () => {
    const pacer = createInProcessPacer();
    await pacer.acquire(bucket(1));
    const leaving = new AbortController();
    const left = expect(pacer.acquire(bucket(1), { signal: leaving.signal })).rejects.toThrow('shutdown');
    const stayed = pacer.acquire(bucket(1));
    leaving.abort(new Error('shutdown'));
    await left;
    await stayed;
  });

  it('refuses a signal that has gone off already without taking a turn', async () => {
    const pacer = createInProcessPacer();
    await expect(pacer.acquire(bucket(1), { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow(
      'gone',
    );
    await expect(pacer.tryAcquire(bucket(1))).resolves.toBe(true);
  });

  it('says at once how long the wait would be when it is longer than allowed', async () => {
    const pacer = createInProcessPacer();
    await pacer.penalize(bucket(10), 30_000);
    const refusal: unknown = await pacer
      .acquire(bucket(10), { maxWaitMs: 500 })
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PacingRefusal);
    expect((refusal as PacingRefusal).retryAfterMs).toBeGreaterThan(25_000);
    expect((refusal as PacingRefusal).retryAfterMs).toBeLessThanOrEqual(30_000);
  });

  it('passes a failure of the ledger to everybody who waits, and recovers with it', async () => {
    let broken = true;
    const memory = createMemoryLedger();
    const pacer = createPacer({
      ledger: {
        reserve: async (...args) => {
          if (broken) throw new Error('database gone');
          return memory.reserve(...args);
        },
        block: (...args) => memory.block(...args),
      },
    });
    await Promise.all([
      expect(pacer.acquire(bucket(5))).rejects.toThrow('database gone'),
      expect(pacer.acquire(bucket(5))).rejects.toThrow('database gone'),
    ]);
    broken = false;
    await pacer.acquire(bucket(5));
  });

  it('never uses more turns in a second than the limit says, however late those before were used', async () => {
    let now = 1_000;
    const pacer = createPacer({ ledger: createMemoryLedger(), clock: { now: () => now } });
    const spread: Bucket = { key: 'spread', limit: { perSecond: 20, early: 2 } };
    // A steady pace, so that turns are held ahead for those who will come.
    for (let call = 0; call < 40; call += 1) {
      await pacer.acquire(spread);
      now += 51;
    }
    const times: number[] = [];
    for (const end = now + 3_000; now < end; now += 5) {
      while (await pacer.tryAcquire(spread)) times.push(now);
    }
    const inSecond = (from: number): number =>
      times.filter((time) => time >= from && time < from + 1_000).length;
    expect(Math.max(...times.map(inSecond))).toBe(22);
    expect(times.length).toBeGreaterThanOrEqual(3 * 20);
  });

  it('asks the ledger for more before its turns are used up, so that a slow one costs none', async () => {
    const memory = createMemoryLedger();
    let given = 0;
    let used = 0;
    /** Turns left at each visit. */
    const left: number[] = [];
    const pacer = createPacer({
      ledger: {
        async reserve(...args) {
          left.push(given - used);
          const answer = await memory.reserve(...args);
          if ('times' in answer) given += answer.times.length;
          return answer;
        },
        block: (...args) => memory.block(...args),
      },
    });
    const spread: Bucket = { key: 'spread', limit: { perSecond: 50, early: 0 } };
    await Promise.all(Array.from({ length: 40 }, () => pacer.acquire(spread).then(() => (used += 1))));
    expect(left[0]).toBe(0);
    expect(Math.max(...left.slice(1))).toBeGreaterThan(0);
  });

  it('uses turns that nobody waited for any more when somebody comes, before it asks for others', async () => {
    let now = 1_000;
    let visits = 0;
    const memory = createMemoryLedger();
    const pacer = createPacer({
      clock: { now: () => now },
      ledger: {
        reserve: async (...args) => {
          visits += 1;
          return memory.reserve(...args);
        },
        block: (...args) => memory.block(...args),
      },
    });
    const spread: Bucket = { key: 'spread', limit: { perSecond: 40, early: 0 } };
    for (let call = 0; call < 40; call += 1) {
      await pacer.acquire(spread);
      now += 50;
    }
    expect(visits).toBeLessThan(20);
  });

  it('holds one limit across several processes that share a ledger', async () => {
    const grants: number[] = [];
    const ledger = compareAndSetLedger(grants);
    const workers = [1, 2, 3].map(() => createPacer({ ledger }));
    const shared: Bucket = { key: 'shared', limit: { perSecond: 10 } };
    await Promise.all(workers.flatMap((pacer) => Array.from({ length: 8 }, () => pacer.acquire(shared))));
    expect(grants).toHaveLength(24);
    grants.sort((a, b) => a - b);
    grants.forEach((time, index) => {
      const eleventh = grants[index + 10];
      if (eleventh !== undefined) expect(eleventh - time).toBeGreaterThanOrEqual(1_000);
    });
  });
});

/** A ledger as a database would keep it: load, decide, replace only if nobody else has, repeat. */
function compareAndSetLedger(grants: number[]): LimitLedger {
  const documents = new Map<string, { version: number; window: RateWindow }>();
  const change = async <T>(
    key: string,
    decide: (window: RateWindow) => { window: RateWindow; result: T },
  ): Promise<T> => {
    for (;;) {
      const seen = documents.get(key) ?? { version: 0, window: EMPTY_WINDOW };
      await turn();
      const { window, result } = decide(seen.window);
      await turn();
      if ((documents.get(key)?.version ?? 0) !== seen.version) continue;
      documents.set(key, { version: seen.version + 1, window });
      return result;
    }
  };
  return {
    reserve: async (key, wanted, nowMs, limit, aheadMs) => {
      const reservation = await change(key, (window) => {
        const taken = reserve(window, wanted, nowMs, limit, aheadMs);
        return { window: taken.window, result: taken.reservation };
      });
      if ('times' in reservation) grants.push(...reservation.times);
      return reservation;
    },
    block: (key, untilMs) => change(key, (window) => ({ window: block(window, untilMs), result: undefined })),
  };
}
