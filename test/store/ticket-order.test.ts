/** Which state of a ticket is the newer one: in memory, in the database, and told in any order. */
import fc from 'fast-check';
import { orderOf } from '../../intake';
import { compareOrders, type Store, type TicketOrder } from '../../store';
import { ticketOrder, type Ticket } from '../../tickets';
import { openTestStore, uniqueId, type TestStore } from './fixture';

let opened: TestStore;
let store: Store;
beforeAll(async () => {
  opened = await openTestStore();
  ({ store } = opened);
});
afterAll(() => opened?.end());

type Versioned = Pick<Ticket, 'version' | 'updatedAt'>;

const NOON = Date.parse('2026-11-25T12:00:00Z');
const version = fc.oneof(
  fc.integer({ min: 0, max: 12 }),
  fc.integer({ min: 0, max: 12 }).map(String),
  fc.bigInt({ min: 9_007_199_254_740_990n, max: 9_007_199_254_740_996n }).map(String),
  fc.constantFrom('0007', '99999999999999999999', '100000000000000000000', 1.5, 1.25),
);
const state: fc.Arbitrary<Versioned> = fc.record({
  version: fc.option(version, { nil: undefined }),
  updatedAt: fc.option(
    fc.integer({ min: 0, max: 4 }).map((hours) => new Date(NOON + hours * 3_600_000).toISOString()),
    { nil: undefined },
  ),
});

const take = async (ticketId: string, order: TicketOrder | null): Promise<'stored' | 'stale'> => {
  const record = { dockingId: 'dk', ticketId, order, snapshot: {}, raw: null, updatedAt: new Date() };
  return (await store.tickets.upsertIfNewer(record)).outcome;
};

test('is told by version where both have one, of any length, then by time where both have one', () => {
  fc.assert(
    fc.property(state, state, (a, b) => {
      expect(Math.sign(compareOrders(orderOf(a), orderOf(b)))).toBe(ticketOrder(a, b));
    }),
    { numRuns: 500 },
  );
});

test.each([
  [9, '10'],
  ['9007199254740992', '9007199254740993'],
  ['99999999999999999999', '100000000000000000000'],
  [1.25, 1.5],
  ['007', 8],
])('version %s is older than %s', (older, newer) => {
  expect(compareOrders(orderOf({ version: older }), orderOf({ version: newer }))).toBe(-1);
});

test('the database keeps what is not older, whatever comes in which order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(state, { minLength: 2, maxLength: 8 }), async (states) => {
      const ticketId = uniqueId('t');
      let kept: TicketOrder | null = null;
      for (const [index, one] of states.entries()) {
        const order = orderOf(one);
        const isOlder = index > 0 && compareOrders(kept, order) > 0;
        expect(await take(ticketId, order)).toBe(isOlder ? 'stale' : 'stored');
        if (!isOlder) kept = order;
        expect((await store.tickets.get('dk', ticketId))?.order).toEqual(kept);
      }
    }),
    { numRuns: 60 },
  );
});

test('of many at once the newest stays', async () => {
  const ticketId = uniqueId('t');
  const versions = Array.from({ length: 20 }, (_, index) => String(10n ** 20n + BigInt(index)));
  await Promise.all(versions.map((each) => take(ticketId, orderOf({ version: each }))));
  expect((await store.tickets.get('dk', ticketId))?.order).toEqual(orderOf({ version: versions.at(-1) }));
});
