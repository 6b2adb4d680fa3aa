/** Events that a Node ticket system signals to a ticket's workflow, judged there on a real database and a real ticket system. */
import { createNotificationActivities, type EventToJudge } from '../../activities/notification';
import { whyShape } from '../../api/shapes';
import { createIntake } from '../../intake';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { uniqueId } from '../store/fixture';
import { openCompany, type Company } from '../workflows/company';

let company: Company;
let activities: ReturnType<typeof createNotificationActivities>;
beforeAll(async () => {
  company = await openCompany({ employees: 20, departments: 2, agents: 3 });
  activities = createNotificationActivities(company.ports);
});
afterEach(() => ticketSystem('DELETE', '/faults'));
afterAll(() => company?.close());

async function ticketSystem<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${company.ticketsUrl}/_control${path}`, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  const text = await response.text();
  return (text ? JSON.parse(text) : null) as T;
}

/** The next reads of a ticket fail, as in an outage. */
const away = () =>
  ticketSystem('POST', '/faults', {
    method: 'GET',
    path: '*/tickets/*',
    effect: 'status',
    status: 503,
    times: 50,
  });

/** An event of a real ticket; agent `a1` is bound, and a rule tells them. */
async function signalled(reference: Partial<EventToJudge['reference']> = {}): Promise<EventToJudge> {
  const { store } = company;
  const dockingId = await company.freshDocking();
  const { items } = await ticketSystem<{ items: { id: string; kind: string }[] }>('GET', '/ticket-systems');
  const rest = items.find(({ kind }) => kind === 'rest')?.id ?? '';
  const { ticketId } = await ticketSystem<{ ticketId: string }>('POST', `/tickets?system=${rest}`, {
    title: 'Printer',
  });
  await seat(store, dockingId, [uniqueId('ou')]);
  await setRules(store, dockingId, [
    rule({
      triggers: ['ticket.priority_changed'],
      conditions: { all: [{ fact: 'ticket.title', operator: 'isNotEmpty', value: true }] },
      receivers: [{ role: 'agents', agentIds: ['a1'] }],
    }),
  ]);
  return {
    dockingId,
    ticketId,
    eventId: uniqueId('ev'),
    reference: {
      type: 'ticket.priority_changed',
      occurredAt: '2026-01-01T08:00:00Z',
      actor: { type: 'system', id: 'crm' },
      changes: [{ field: 'priority', from: 'low', to: 'high' }],
      ...reference,
    },
  };
}

async function whyOf({ dockingId, eventId }: EventToJudge): Promise<unknown> {
  const record = await company.store.events.get(dockingId, eventId);
  return record && whyShape(record, new Map());
}

test('a signalled event gets the same record as one that came through the API, and both entrances count as one', async () => {
  const event = await signalled();
  const { deliveryIds } = await activities.judgeEvent(event);
  expect(deliveryIds).toHaveLength(1);
  expect(await whyOf(event)).toMatchObject({
    state: 'handed-over',
    entrance: 'client',
    rules: [{ matched: true }],
  });
  expect((await activities.judgeEvent(event)).deliveryIds).toEqual(deliveryIds);
  const docking = await company.store.dockings.require(event.dockingId);
  const sent = ticketEvent(
    { id: event.ticketId },
    { eventId: event.eventId, type: 'ticket.priority_changed' },
  );
  const again = await createIntake(company.store, () => new Date()).take(docking, sent, 'api');
  expect(again).toMatchObject({ state: 'duplicate', deliveryIds, handOver: false });
});

test('whoever asks again, since the answer was lost, hears of the due times, too', async () => {
  const event = await signalled();
  const docking = await company.store.dockings.require(event.dockingId);
  await setRules(company.store, event.dockingId, [
    rule({
      triggers: ['ticket.sla_breached'],
      conditions: { all: [{ fact: 'ticket.id', operator: 'isNotEmpty' }] },
    }),
    rule({
      id: 'waits',
      triggers: ['ticket.priority_changed'],
      conditions: { all: [{ fact: 'ticket.createdAt', operator: 'olderThan', value: 'PT2H' }] },
    }),
  ]);
  const first = await activities.judgeEvent(event);
  expect(first.deadlines).toHaveLength(2);
  expect(first.rechecks).toHaveLength(1);
  expect(await activities.judgeEvent(event)).toEqual(first);
  const through = ticketEvent({ id: event.ticketId }, { eventId: event.eventId });
  const again = await createIntake(company.store, () => new Date()).take(docking, through, 'api');
  expect(again).toMatchObject({ deadlines: null, rechecks: [], handOver: false });
});

test('an event whose ticket cannot be read is on record as pending, and judged like any other later', async () => {
  const event = await signalled();
  await away();
  await expect(activities.judgeEvent(event)).rejects.toMatchObject({ nonRetryable: false });
  await activities.keepUnread(event);
  await activities.keepUnread(event);
  expect(await whyOf(event)).toMatchObject({
    state: 'unread',
    rulesVersion: null,
    summary: expect.stringContaining('could not be read') as string,
    receivers: [{ outcome: 'pending', reason: 'ticket-unread' }],
  });
  await ticketSystem('DELETE', '/faults');
  expect((await activities.judgeEvent(event)).deliveryIds).toHaveLength(1);
  expect(await whyOf(event)).toMatchObject({
    state: 'handed-over',
    receivers: [{ role: 'agents', agentId: 'a1' }],
  });
  await activities.keepUnread(event);
  await activities.giveUpEvent(event, { code: 'TicketSystem.timeout', message: '' });
  expect(await whyOf(event)).toMatchObject({ state: 'handed-over' });
});

test('an event that was given up is taken in when it is told once more', async () => {
  const event = await signalled();
  await activities.keepUnread(event);
  await activities.giveUpEvent(event, { code: 'TicketSystem.timeout', message: 'no answer' });
  expect(await whyOf(event)).toMatchObject({
    state: 'given-up',
    receivers: [{ outcome: 'failed', reason: 'ticket-unreadable' }],
    explanation: { zh: [expect.stringContaining('工单')] },
  });
  const docking = await company.store.dockings.require(event.dockingId);
  const sent = ticketEvent(
    { id: event.ticketId },
    { eventId: event.eventId, type: 'ticket.priority_changed' },
  );
  const taken = await createIntake(company.store, () => new Date()).take(docking, sent, 'api');
  expect(taken).toMatchObject({ state: 'accepted', handOver: true });
});

test.each([
  ['type', { type: 'ticket.exploded' }],
  ['occurredAt', { occurredAt: 'yesterday' }],
])('an event with an unknown %s explains itself by the field', async (field, wrong) => {
  const event = await signalled(wrong);
  const failure: unknown = await activities.judgeEvent(event).catch((error: unknown) => error);
  expect(failure).toMatchObject({ type: 'Event.Refused', nonRetryable: true });
  await activities.giveUpEvent(event, { code: 'Event.Refused', message: (failure as Error).message });
  expect(await whyOf(event)).toMatchObject({
    state: 'given-up',
    receivers: [
      { outcome: 'failed', reason: 'event-refused', detail: expect.stringContaining(field) as string },
    ],
  });
});

test('of a docking that is gone nothing is kept', async () => {
  const event = { ...(await signalled()), dockingId: 'gone' };
  await activities.keepUnread(event);
  await activities.giveUpEvent(event, { code: 'Docking.NotFound', message: '' });
  expect(await company.store.events.get('gone', event.eventId)).toBeNull();
});
