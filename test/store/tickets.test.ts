import type { Store, TicketOrder, TicketRecord } from '../../store';
import { openTestStore, uniqueId, versioned, type TestStore } from './fixture';

let opened: TestStore;
let tickets: Store['tickets'];
beforeAll(async () => {
  opened = await openTestStore();
  ({ tickets } = opened.store);
});
afterAll(() => opened.end());

const ticket = (
  ticketId: string,
  order: number | null,
  fields: Partial<TicketRecord> = {},
): TicketRecord => ({
  dockingId: 'dk',
  ticketId,
  order: versioned(order),
  snapshot: { order, 'custom.field': { $set: 1 } },
  raw: null,
  updatedAt: new Date('2026-11-20T08:00:00Z'),
  ...fields,
});
const orderOf = async (ticketId: string): Promise<TicketOrder | null | undefined> =>
  (await tickets.get('dk', ticketId))?.order;

test('a ticket reads back as it was stored', async () => {
  const record = ticket(uniqueId('t'), 5);
  expect(await tickets.upsertIfNewer(record)).toEqual({
    outcome: 'stored',
    followedUp: false,
    deadlinesKey: '',
    looksDifferent: false,
    holder: null,
  });
  expect(await tickets.get('dk', record.ticketId)).toEqual(record);
  expect(await tickets.get('dk', 'nowhere')).toBeNull();
});

test.each([
  ['a newer state', 5, 6, 'stored', 6],
  ['the same state', 5, 5, 'stored', 5],
  ['an older state', 5, 4, 'stale', 5],
  ['a state without order', 5, null, 'stored', null],
  ['any state over one without order', null, 1, 'stored', 1],
] as const)('%s: %s, then %s is %s', async (_what, before, after, outcome, kept) => {
  const ticketId = uniqueId('t');
  await tickets.upsertIfNewer(ticket(ticketId, before));
  expect(await tickets.upsertIfNewer(ticket(ticketId, after))).toMatchObject({ outcome });
  expect(await orderOf(ticketId)).toEqual(versioned(kept));
});

test('whoever stores or comes late is told what is known: the newer state, and what the workflow waits for', async () => {
  const ticketId = uniqueId('t');
  await tickets.upsertIfNewer(ticket(ticketId, 5));
  await tickets.setFollowedUp('dk', ticketId);
  await tickets.noteTold('dk', ticketId, { deadlinesKey: 'due', before: '' });
  const told = { followedUp: true, deadlinesKey: 'due', looksDifferent: false, holder: null };
  expect(await tickets.upsertIfNewer(ticket(ticketId, 4))).toEqual({
    outcome: 'stale',
    newer: ticket(ticketId, 5).snapshot,
    ...told,
  });
  expect(await tickets.upsertIfNewer(ticket(ticketId, 6))).toEqual({ outcome: 'stored', ...told });
});

test.each([
  ['the same', {}, false],
  ['another title', { title: 'Printer, again' }, false],
  ['another status', { statusType: 'closed' }, true],
  ['another name of the status', { statusName: 'With the vendor' }, true],
  ['another priority', { priority: 'urgent' }, true],
  ['nobody’s ticket', { assigneeId: null }, true],
] as const)('%s looks different on a card: told with the newer state', async (_what, change, expected) => {
  const ticketId = uniqueId('t');
  const shown = { statusType: 'new', statusName: 'New', priority: 'low', assigneeId: 'a1', title: 'Printer' };
  await tickets.upsertIfNewer(ticket(ticketId, 1, { snapshot: shown }));
  const newer = ticket(ticketId, 3, { snapshot: { ...shown, ...change } });
  expect(await tickets.upsertIfNewer(newer)).toMatchObject({ looksDifferent: expected });
  const late = ticket(ticketId, 2, { snapshot: { ...shown, statusType: 'paused' } });
  expect(await tickets.upsertIfNewer(late)).toMatchObject({ outcome: 'stale', looksDifferent: false });
});

test('of many states that come at once, in any order, the newest stays', async () => {
  const ticketId = uniqueId('t');
  const orders = [7, 3, 12, 1, 9, 11, 2, 10, 5, 8, 4, 6];
  await Promise.all(orders.map((order) => tickets.upsertIfNewer(ticket(ticketId, order))));
  expect(await orderOf(ticketId)).toEqual(versioned(12));
});

test("the adapter's snapshot is changed by the adapter alone", async () => {
  const ticketId = uniqueId('t');
  await tickets.upsertIfNewer(ticket(ticketId, 1));
  await tickets.setRaw('dk', ticketId, { replyIds: ['r-1'] });
  await tickets.upsertIfNewer(ticket(ticketId, 2, { raw: { replyIds: [] } }));
  expect(await tickets.get('dk', ticketId)).toMatchObject({
    order: versioned(2),
    raw: { replyIds: ['r-1'] },
  });
});

test('a ticket that only the adapter has seen has a raw snapshot and no state', async () => {
  const ticketId = uniqueId('t');
  expect(await tickets.getRaw('dk', ticketId)).toBeNull();
  await tickets.setRaw('dk', ticketId, { seen: true });
  expect(await tickets.getRaw('dk', ticketId)).toEqual({ seen: true });
  expect(await tickets.get('dk', ticketId)).toBeNull();
  expect(await tickets.upsertIfNewer(ticket(ticketId, 1))).toMatchObject({ outcome: 'stored' });
  expect(await tickets.get('dk', ticketId)).toMatchObject({ order: versioned(1), raw: { seen: true } });
});

test('open tickets are found by the agent who holds them', async () => {
  const holds = (ticketId: string, assigneeId: string | undefined, statusType: string) =>
    tickets.upsertIfNewer({ ...ticket(ticketId, 1), dockingId: 'dh', snapshot: { assigneeId, statusType } });
  await holds('open', 'agent-1', 'in_progress');
  await holds('solved', 'agent-1', 'solved');
  await holds('nobody', undefined, 'new');
  await holds('other', 'agent-2', 'new');
  expect(await tickets.heldBy('dh', ['agent-1'])).toEqual([{ ticketId: 'open', agentId: 'agent-1' }]);
  await tickets.upsertIfNewer({
    ...ticket('open', 2),
    dockingId: 'dh',
    snapshot: { assigneeId: 'agent-2', statusType: 'waiting' },
  });
  expect(await tickets.heldBy('dh', ['agent-1'])).toEqual([]);
});

test('when it was last done with stays known after it is open again', async () => {
  const ticketId = uniqueId('t');
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour));
  const became = (statusType: string, order: number) =>
    tickets.upsertIfNewer(ticket(ticketId, order, { snapshot: { statusType }, updatedAt: at(order) }));
  await became('new', 1);
  expect(await tickets.get('dk', ticketId)).not.toHaveProperty('finishedAt');
  await became('closed', 2);
  await became('in_progress', 3);
  expect(await tickets.get('dk', ticketId)).toMatchObject({ finishedAt: at(2), updatedAt: at(3) });
});

test.each([
  ['something that is told after it', 4, true],
  ['what was told before it', 3, false],
] as const)('after somebody acted on it from a card, %s looks different', async (_what, order, differs) => {
  const ticketId = uniqueId('t');
  const told = (at: number) =>
    tickets.upsertIfNewer(ticket(ticketId, at, { snapshot: { statusType: 'new' } }));
  await told(4);
  await tickets.noteActedOn('dk', ticketId, versioned(order));
  expect(await told(5)).toMatchObject({ looksDifferent: differs });
  expect(await told(6)).toMatchObject({ looksDifferent: false });
});
