import { timingOf } from '../../intake/timing';
import type { Timing } from '../../rules';
import { rule } from './desk';

const within = (timings: Timing[], urgent = false): number | undefined =>
  timingOf(
    timings.map((timing, index) => rule({ id: `r${index}`, timing })),
    urgent,
  ).updateWithinSeconds;

test('a card is changed in place only as far as every rule is content with that', () => {
  expect(within([{ coalesceSeconds: 60 }, { coalesceSeconds: 30 }])).toBe(30);
  expect(within([{ card: 'update' }, { coalesceSeconds: 30 }])).toBe(30);
  expect(within([{ card: 'update' }])).toBe(13 * 24 * 3600);
  expect(within([{ card: 'update' }, {}])).toBeUndefined();
});

test.each<[string, Timing]>([
  ['that is content with an update', { card: 'update' }],
  ['that gathers events', { coalesceSeconds: 600 }],
])('a rule %s does neither for what is urgent', (_what, timing) => {
  expect(within([timing])).toBeGreaterThan(0);
  expect(within([timing], true)).toBeUndefined();
});
