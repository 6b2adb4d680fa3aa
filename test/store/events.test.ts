import { openStore, type EventRecord, type Store } from '../../store';
import { delivery, event, openTestStore, uniqueId, type TestStore } from './fixture';

let opened: TestStore;
let events: Store['events'];
beforeAll(async () => {
  opened = await openTestStore();
  ({ events } = opened.store);
});
afterAll(() => opened.end());

const idsOf = (records: EventRecord[]): string[] => records.map(({ eventId }) => eventId);
const stored = async (fields: Partial<EventRecord>): Promise<EventRecord> => {
  const record = event(fields);
  await events.insertOnce(record);
  return record;
};

test('an event reads back as it came, whatever its keys are called', async () => {
  const envelope = {
    causeId: 'c-1',
    ticket: { customFields: { 'a.b': 1, $where: 'x', '': null, deep: { 'c.d': [] } } },
  };
  const record = await stored({ dockingId: uniqueId('dk'), envelope });
  expect(await events.get(record.dockingId, record.eventId)).toEqual(record);
  expect(await events.getMany(record.dockingId, [record.eventId, 'x'])).toEqual([record]);
  expect(await events.get('elsewhere', record.eventId)).toBeNull();
});

test('an event that comes many times at once is inserted once, and the others get the first', async () => {
  const record = event({ dockingId: uniqueId('dk') });
  const results = await Promise.all(Array.from({ length: 12 }, () => events.insertOnce({ ...record })));
  expect(results.filter(({ inserted }) => inserted)).toHaveLength(1);
  for (const result of results) if (!result.inserted) expect(result.existing).toEqual(record);
});

test('the same event id in another docking is another event', async () => {
  const record = await stored({ dockingId: uniqueId('dk') });
  expect(await events.insertOnce({ ...record, dockingId: uniqueId('dk') })).toEqual({ inserted: true });
});

test('verdict, receivers and due cards are stored with the event; once it is handed over the cards are gone', async () => {
  const receivers = [
    {
      role: 'assignee',
      agentId: 'a',
      employeeId: null,
      ruleIds: ['r'],
      deliveryId: null,
      suppressedBy: 'unbound',
      detail: 'no',
    },
  ];
  const verdict = { rulesVersion: 3, rules: [] };
  const cards = [delivery()];
  const record = await stored({ dockingId: uniqueId('dk'), verdict, receivers, cards });
  expect(await events.get(record.dockingId, record.eventId)).toEqual(record);
  await events.markHandedOver(record.dockingId, [record.eventId]);
  const handedOver = await events.get(record.dockingId, record.eventId);
  expect(handedOver).toMatchObject({ state: 'handed-over', verdict, receivers });
  expect(handedOver).not.toHaveProperty('cards');
});

test('what a card tells of an event is the same from memory and from the database, with receivers that came later', async () => {
  const dockingId = uniqueId('dk');
  const own = await stored({ dockingId });
  const elsewhere = await stored({ ...own, dockingId: uniqueId('dk'), ticketId: 'other' });
  const another = await openStore({ uri: opened.uri, masterKey: opened.masterKey });
  const foreign = event({ dockingId });
  await another.events.insertOnce(foreign);
  await another.close();
  const ids = [own.eventId, foreign.eventId, 'x'];
  expect(await events.getForCards(dockingId, ids)).toEqual([own, foreign]);
  expect(await events.getForCards(elsewhere.dockingId, [own.eventId])).toEqual([elsewhere]);
  const late = {
    role: 'fallback:duty',
    agentId: 'a2',
    employeeId: 'ou_2',
    ruleIds: ['r'],
    deliveryId: 'dl-2',
    suppressedBy: null,
    detail: 'Instead of somebody.',
  };
  await events.addReceivers(dockingId, own.eventId, [late]);
  const [told] = await events.getForCards(dockingId, [own.eventId]);
  expect(told?.receivers).toEqual([...own.receivers, late]);
});

test('only a planned event is handed over', async () => {
  const dockingId = uniqueId('dk');
  const planned = await stored({ dockingId });
  const silent = await stored({ dockingId, state: 'silent' });
  const at = new Date('2026-11-20T09:00:00Z');
  await events.markHandedOver(dockingId, [planned.eventId, silent.eventId], at);
  expect(await events.get(dockingId, planned.eventId)).toMatchObject({
    state: 'handed-over',
    handedOverAt: at,
  });
  expect(await events.get(dockingId, silent.eventId)).toMatchObject({ state: 'silent', handedOverAt: null });
});

test('the sweep sees what was left behind, oldest first, and nothing that is young or done', async () => {
  const dockingId = uniqueId('dk');
  const ago = (ms: number): Date => new Date(Date.now() - ms);
  const second = await stored({ dockingId, receivedAt: ago(120_000) });
  const first = await stored({ dockingId, receivedAt: ago(180_000) });
  await stored({ dockingId, receivedAt: ago(180_000), state: 'silent' });
  await stored({ dockingId, receivedAt: ago(0) });
  const seen = (await events.unhanded({ olderThanMs: 60_000, limit: 1000 })).filter(
    (one) => one.dockingId === dockingId,
  );
  expect(idsOf(seen)).toEqual([first.eventId, second.eventId]);
  expect(await events.unhanded({ olderThanMs: 60_000, limit: 1 })).toHaveLength(1);
});

test('the list is filtered, latest first, page by page without loss or repetition', async () => {
  const dockingId = uniqueId('dk');
  const day = (date: number): Date => new Date(Date.UTC(2026, 10, date));
  // Two at the same moment: the id decides between them.
  const days = [1, 2, 2, 3, 4];
  for (const [at, date] of days.entries()) {
    const fields = {
      ticketId: at % 2 ? 't-odd' : 't-even',
      type: at === 4 ? 'ticket.closed' : 'ticket.created',
    };
    await stored({ dockingId, eventId: `ev-${at}`, occurredAt: day(date), ...fields });
  }
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof events.list>> = await events.list(dockingId, { limit: 2, cursor });
    paged.push(...idsOf(page.items));
    cursor = page.nextCursor;
  } while (cursor);
  expect(paged).toEqual(['ev-4', 'ev-3', 'ev-2', 'ev-1', 'ev-0']);
  const listed = async (query: Parameters<typeof events.list>[1]): Promise<string[]> =>
    idsOf((await events.list(dockingId, query)).items);
  expect(await listed({ ticketId: 't-odd' })).toEqual(['ev-3', 'ev-1']);
  expect(await listed({ type: 'ticket.closed' })).toEqual(['ev-4']);
  expect(await listed({ state: 'silent' })).toEqual([]);
  expect(await listed({ from: day(2), to: day(4) })).toEqual(['ev-3', 'ev-2', 'ev-1']);
  const streamed = [];
  for await (const one of events.streamSince(dockingId, day(2))) streamed.push(one.eventId);
  expect(streamed).toEqual(['ev-4', 'ev-3', 'ev-2', 'ev-1']);
});
