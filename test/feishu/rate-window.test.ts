import fc from 'fast-check';
import { EMPTY_WINDOW, block, idleFrom, paced, reserve } from '../../feishu';
import type { RateLimit, RateWindow, Reservation } from '../../feishu';

const LIMIT: RateLimit = { perSecond: 45, perMinute: 950 };

/** Asks at the given times and returns the time of every grant. */
function grantsAt(times: readonly number[], wanted: number, limit: RateLimit, aheadMs = 0): number[] {
  let window: RateWindow = EMPTY_WINDOW;
  const grants: number[] = [];
  for (const time of times) {
    const { window: next, reservation } = reserve(window, wanted, time, limit, aheadMs);
    window = next;
    if ('times' in reservation) grants.push(...reservation.times);
  }
  return grants;
}

const granted = (reservation: Reservation): number => ('times' in reservation ? reservation.times.length : 0);

/** The most grants that any window of this length holds, counted independently of the algorithm. */
function fullest(grants: readonly number[], lengthMs: number): number {
  let most = 0;
  let from = 0;
  grants.forEach((time, index) => {
    while ((grants[from] ?? 0) <= time - lengthMs) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

describe('the rate window', () => {
  it('never lets a sliding second or minute hold more than the limit, whatever the demand', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 12, max: 60 }),
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 50, maxLength: 400 }),
        (perSecond, perMinute, wanted, gaps) => {
          let now = 1_000_000;
          const times = gaps.map((gap) => (now += gap));
          const grants = grantsAt(times, wanted, { perSecond, perMinute });
          expect(fullest(grants, 1_000)).toBeLessThanOrEqual(perSecond);
          expect(fullest(grants, 60_000)).toBeLessThanOrEqual(perMinute);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('spreads the calls of a second evenly, some of them early, whatever the demand and however far ahead it looks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 0, max: 300 }),
        fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 50, maxLength: 400 }),
        (early, wanted, aheadMs, gaps) => {
          let now = 1_000_000;
          const times = gaps.map((gap) => (now += gap));
          const grants = grantsAt(times, wanted, { perSecond: 40, early, perMinute: 950 }, aheadMs);
          expect(grants).toEqual([...grants].sort((a, b) => a - b));
          expect(fullest(grants, 1_000)).toBeLessThanOrEqual(40 + early);
          expect(fullest(grants, 100)).toBeLessThanOrEqual(4 + early);
          expect(fullest(grants, 60_000)).toBeLessThanOrEqual(950);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('loses no turn to those who ask a little late', () => {
    const late = Array.from({ length: 400 }, (_, index) => 1_000_000 + index * 25 + (index % 2) * 20);
    const grants = grantsAt(late, 1, { perSecond: 40, early: 2 });
    expect(grants.length).toBeGreaterThanOrEqual(400);
  });

  it('gives turns a moment ahead, in their places, and says when to ask for more', () => {
    const limit = { perSecond: 40, early: 0 };
    const first = reserve(EMPTY_WINDOW, 16, 1_000, limit, 100);
    expect(first.reservation).toEqual({ times: [1_000, 1_025, 1_050, 1_075, 1_100] });
    expect(reserve(first.window, 1, 1_010, limit, 100).reservation).toEqual({ retryAtMs: 1_025 });
    expect(reserve(first.window, 1, 1_025, limit, 100).reservation).toEqual({ times: [1_125] });
  });

  it('holds both limits with clocks that differ by some seconds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -2_000, max: 2_000 }), { minLength: 300, maxLength: 300 }),
        (skews) => {
          const times = skews.map((skew, index) => 1_000_000 + index * 50 + skew);
          const grants = grantsAt(times, 3, { perSecond: 10, perMinute: 100 });
          expect(fullest(grants, 1_000)).toBeLessThanOrEqual(10);
          expect(fullest(grants, 60_000)).toBeLessThanOrEqual(100);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('grants again exactly when it said it would, and no earlier', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 5, max: 20 }), (perSecond, perMinute) => {
        const limit = { perSecond, perMinute };
        let window: RateWindow = EMPTY_WINDOW;
        let now = 5_000_000;
        for (let step = 0; step < 60; step += 1) {
          const taken = reserve(window, 1, now, limit);
          window = taken.window;
          if ('retryAtMs' in taken.reservation) {
            const { retryAtMs } = taken.reservation;
            expect(retryAtMs).toBeGreaterThan(now);
            expect(granted(reserve(window, 1, retryAtMs - 1, limit).reservation)).toBe(0);
            expect(granted(reserve(window, 1, retryAtMs, limit).reservation)).toBe(1);
            now = retryAtMs;
          } else now += 7;
        }
      }),
    );
  });

  it('spends nearly all that both limits allow over an hour of full demand', () => {
    const times = Array.from({ length: 36_000 }, (_, index) => index * 100);
    const grants = grantsAt(times, 10, LIMIT);
    expect(grants.length).toBeGreaterThan(950 * 60 * 0.97);
    expect(grants.length).toBeLessThanOrEqual(950 * 61);
  });

  it('grants a part when not everything fits', () => {
    const first = reserve(EMPTY_WINDOW, 40, 0, LIMIT);
    expect(first.reservation).toEqual({ times: Array<number>(40).fill(0) });
    expect(reserve(first.window, 16, 10, LIMIT).reservation).toEqual({ times: Array<number>(5).fill(10) });
  });

  it('stays small enough for one stored document', () => {
    const times = Array.from({ length: 100_000 }, (_, index) => index * 13);
    let window: RateWindow = EMPTY_WINDOW;
    for (const time of times) window = reserve(window, 1, time, LIMIT).window;
    expect(window.second.length).toBeLessThanOrEqual(45);
    expect(window.minute.length).toBeLessThanOrEqual(62);
    expect(JSON.stringify(window).length).toBeLessThan(5_000);
  });

  it('grants nothing while blocked, and a shorter block does not lift a longer one', () => {
    const blocked = block(block(EMPTY_WINDOW, 9_000), 4_000);
    expect(reserve(blocked, 1, 5_000, LIMIT).reservation).toEqual({ retryAtMs: 9_000 });
    expect(granted(reserve(blocked, 1, 9_000, LIMIT).reservation)).toBe(1);
  });

  it('goes on at once after a clock was set back by hours, with what it remembers', () => {
    let window = reserve(EMPTY_WINDOW, 45, 10_000_000, LIMIT).window;
    const { window: after, reservation } = reserve(window, 1, 1_000_000, LIMIT);
    window = after;
    expect(reservation).toEqual({ retryAtMs: 1_001_000 });
    expect(granted(reserve(window, 1, 1_001_000, LIMIT).reservation)).toBe(1);
  });

  it('can be forgotten once it limits nothing any more', () => {
    expect(idleFrom(EMPTY_WINDOW)).toBe(0);
    const used = reserve(EMPTY_WINDOW, 1, 50_000, LIMIT).window;
    expect(idleFrom(used)).toBe(111_000);
    expect(idleFrom(block(used, 200_000))).toBe(200_000);
  });

  it('keeps our own pace under the platform limit', () => {
    expect(paced({ perSecond: 50, perMinute: 1_000 }, 'write')).toEqual({
      perSecond: 47,
      early: 2,
      perMinute: 950,
    });
    expect(paced({ perSecond: 50, perMinute: 1_000 }, 'read')).toEqual({
      perSecond: 40,
      early: 0,
      perMinute: 1_000,
    });
    expect(paced({ perSecond: 1 }, 'write')).toEqual({ perSecond: 1 });
  });
});
