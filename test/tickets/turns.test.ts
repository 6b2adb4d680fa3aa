import fc from 'fast-check';
import { giveTurnBack, NO_TURNS, pauseTurns, takeTurn, type Turns } from '../../tickets/turns';

const LIMIT = { perSecond: 5, parallel: 2, longestMs: 10_000 };
const free = { ...LIMIT, parallel: 1000 };

/** Takes a turn at a time, or undefined when it has to wait. */
const taken = (turns: Turns, id: string, now: number, limit = LIMIT): Turns | undefined => {
  const answer = takeTurn(turns, id, now, limit);
  return 'turns' in answer ? answer.turns : undefined;
};

test('no sliding second begins more calls than the limit, whoever asks when and with whose clock', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -300, max: 400 }), { maxLength: 80 }), (steps) => {
      let turns = NO_TURNS;
      let now = 1_000_000;
      const begun: number[] = [];
      for (const [index, step] of steps.entries()) {
        now += step;
        const next = taken(turns, String(index), now, free);
        if (!next) continue;
        turns = next;
        begun.push(next.begun.at(-1) ?? 0);
      }
      for (const at of begun) {
        expect(begun.filter((one) => one > at - 1000 && one <= at).length).toBeLessThanOrEqual(5);
      }
    }),
  );
});

test('whoever is told to come back gets a turn at that time', () => {
  let turns = NO_TURNS;
  for (let i = 0; i < 5; i++) turns = taken(turns, String(i), 1000 + i, free) ?? turns;
  const refused = takeTurn(turns, 'late', 1010, free);
  expect(refused).toEqual({ retryAt: 2200 });
  expect(taken(turns, 'late', 2200, free)).toBeDefined();
});

test('only so many calls are under way; one that a dead worker never gave back ends by itself', () => {
  const one = taken(NO_TURNS, 'one', 0) ?? NO_TURNS;
  const both = taken(one, 'two', 0) ?? NO_TURNS;
  expect(taken(both, 'three', 2000)).toBeUndefined();
  expect(taken(giveTurnBack(both, 'one'), 'three', 2000)).toBeDefined();
  expect(taken(both, 'three', 10_001)).toBeDefined();
});

test('a pause holds everybody, and a shorter one does not end it', () => {
  const paused = pauseTurns(pauseTurns(NO_TURNS, 9000), 5000);
  expect(takeTurn(paused, 'one', 8999, LIMIT)).toEqual({ retryAt: 9000 });
  expect(taken(paused, 'one', 9000)).toBeDefined();
});

test('a clock that was set back does not stop the calls', () => {
  const turns = taken(NO_TURNS, 'one', 100_000_000, { ...LIMIT, perSecond: 1, parallel: 5 }) ?? NO_TURNS;
  expect(taken(turns, 'two', 50_000_000, { ...LIMIT, perSecond: 1, parallel: 5 })).toBeDefined();
});
