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
    reserve: async (key, wanted, nowMs, limit) => {
      const reservation = await change(key, (window) => {
        const taken = reserve(window, wanted, nowMs, limit);
        return { window: taken.window, result: taken.reservation };
      });
      if ('grantedAtMs' in reservation)
        for (let n = 0; n < reservation.granted; n += 1) grants.push(reservation.grantedAtMs);
      return reservation;
    },
    block: (key, untilMs) => change(key, (window) => ({ window: block(window, untilMs), result: undefined })),
  };
}
