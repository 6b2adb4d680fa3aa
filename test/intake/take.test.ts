import { createIntake, deliveryIdOf, notificationUuid, type Intake, type Taken } from '../../intake';
import type { ReminderRule } from '../../rules';
import type { Store } from '../../store';
import type { TicketEvent } from '../../tickets';
import { openTestStore, type TestStore } from '../store/fixture';
import { openDesk, rule, setRules, ticketEvent } from './desk';

let opened: TestStore;
let store: Store;
let intake: Intake;
beforeAll(async () => {
  opened = await openTestStore();
  ({ store } = opened);
  intake = createIntake(store, () => new Date());
});
afterAll(() => opened?.end());

test('a matching event plans one card for the assignee and names rule, version and receiver', async () => {
  const { docking, people } = await openDesk(store, ['ou_1', 'ou_2']);
  const version = await setRules(store, docking.id, [rule()]);
  const event = ticketEvent();
  const taken = await intake.take(docking, event, 'api');
  expect(taken).toMatchObject({ state: 'accepted', handOver: true, urgent: false });
  const [delivery] = await store.deliveries.getMany(taken.deliveryIds);
  expect(delivery).toMatchObject({ employeeId: people['a1'], ruleIds: ['r1'], state: 'planned' });
  const record = await store.events.get(docking.id, event.eventId);
  expect(record).toMatchObject({ state: 'planned', stale: false, verdict: { rulesVersion: version } });
  expect(record?.receivers).toMatchObject([{ role: 'assignee', agentId: 'a1', suppressedBy: null }]);
});

test('a repeated event answers with the first verdict, even when the rules have changed since', async () => {
  const { docking } = await openDesk(store, ['ou_1']);
  await setRules(store, docking.id, [rule()]);
  const event = ticketEvent();
  const first = await intake.take(docking, event, 'api');
  await setRules(store, docking.id, [rule({ id: 'r2', urgency: 'urgent' })]);
  const again = await intake.take(docking, event, 'api');
  expect(again).toMatchObject({ state: 'duplicate', deliveryIds: first.deliveryIds });
  const { items } = await store.deliveries.list(docking.id, { limit: 10 });
  expect(items).toHaveLength(1);
  expect((await store.events.get(docking.id, event.eventId))?.verdict?.rules).toMatchObject([
    { ruleId: 'r1' },
  ]);
});

test('the same event twenty times at once is one card', async () => {
  const { docking } = await openDesk(store, ['ou_1']);
  await setRules(store, docking.id, [rule()]);
  const event = ticketEvent();
  const answers = await Promise.all(Array.from({ length: 20 }, () => intake.take(docking, event, 'api')));
  expect(answers.filter(({ state }) => state === 'accepted')).toHaveLength(1);
  expect((await store.deliveries.list(docking.id, { limit: 50 })).items).toHaveLength(1);
});

test('a process that died between the record and the cards has decided: whoever takes it next writes those very cards', async () => {
  const { docking, people } = await openDesk(store, ['ou_1']);
  await setRules(store, docking.id, [rule()]);
  const event = ticketEvent();
  const uuid = notificationUuid(docking.id, event.eventId, 'r1', people['a1'] ?? '');
  const { deliveryIds } = await intake.take(docking, event, 'api');
  expect(deliveryIds).toEqual([deliveryIdOf(uuid)]);
  const [planned] = await store.deliveries.getMany(deliveryIds);
  await opened.raw.collection('deliveries').deleteMany({ dockingId: docking.id });
  await setRules(store, docking.id, [rule({ id: 'r2', urgency: 'urgent' })]);
  expect(await intake.take(docking, event, 'api')).toMatchObject({
    state: 'duplicate',
    handOver: true,
    deliveryIds,
  });
  expect((await store.deliveries.list(docking.id, { limit: 10 })).items).toEqual([planned]);
});

test('an old event without order that comes again does not take the ticket back', async () => {
  const { docking } = await openDesk(store, ['ou_1', 'ou_2']);
  await setRules(store, docking.id, [rule()]);
  const unordered = { version: null, updatedAt: null };
  const first = ticketEvent({ ...unordered, assigneeId: 'a1' });
  const { id } = first.ticket;
  await intake.take(docking, first, 'api');
  await intake.take(docking, ticketEvent({ ...unordered, id, assigneeId: 'a2' }), 'api');
  expect(await intake.take(docking, first, 'api')).toMatchObject({ state: 'duplicate' });
  expect((await store.tickets.get(docking.id, id))?.snapshot).toMatchObject({ assigneeId: 'a2' });
});

test('an event that was handed over is not handed over again', async () => {
  const { docking } = await openDesk(store, ['ou_1']);
  await setRules(store, docking.id, [rule()]);
  const event = ticketEvent();
  await intake.take(docking, event, 'api');
  expect((await intake.take(docking, event, 'api')).handOver).toBe(true);
  await store.events.markHandedOver(docking.id, [event.eventId]);
  expect((await intake.take(docking, event, 'api')).handOver).toBe(false);
});

test('an event without a listening rule is silent and asks for no hand-over', async () => {
  const { docking } = await openDesk(store, ['ou_1']);
  await setRules(store, docking.id, [rule()]);
  const event = ticketEvent({}, { type: 'ticket.tag_changed' });
  expect(await intake.take(docking, event, 'api')).toMatchObject({ handOver: false, deliveryIds: [] });
  expect(await store.events.get(docking.id, event.eventId)).toMatchObject({
    state: 'silent',
    verdict: { rules: [] },
  });
});

test('a rule whose condition fails leaves the value seen and the value wanted', async () => {
  const { docking } = await openDesk(store, ['ou_1']);
  const urgentOnly = rule({
    conditions: { all: [{ fact: 'ticket.priority', operator: 'equal', value: 'urgent' }] },
  });
  await setRules(store, docking.id, [urgentOnly]);
  const event = ticketEvent({ priority: 'low' });
  await intake.take(docking, event, 'api');
  const record = await store.events.get(docking.id, event.eventId);
  expect(record?.verdict?.rules).toMatchObject([{ ruleId: 'r1', matched: false }]);
  expect(JSON.stringify(record?.verdict?.rules[0]?.trace)).toMatch(/low.*urgent|urgent.*low/);
});

test('the key of a notification depends on docking, event, rule and receiver, and on nothing else', () => {
  const uuid = notificationUuid('d1', 'e1', 'r1', 'ou_1');
  expect(notificationUuid('d1', 'e1', 'r1', 'ou_1')).toBe(uuid);
  const others = [
    notificationUuid('d2', 'e1', 'r1', 'ou_1'),
    notificationUuid('d1', 'e2', 'r1', 'ou_1'),
    notificationUuid('d1', 'e1', 'r2', 'ou_1'),
    notificationUuid('d1', 'e1', 'r1', 'ou_2'),
    notificationUuid('d1', 'e1r', '1', 'ou_1'),
  ];
  expect(new Set([uuid, ...others]).size).toBe(6);
  for (const key of [uuid, ...others]) expect(key.length).toBeLessThanOrEqual(50);
  expect(uuid).toBe('ntf-' + deliveryIdOf(uuid).slice(3));
});

test('events of one action are one card for each person, and the later ones are noted on it', async () => {
  const { docking } = await openDesk(store, ['ou_1']);
  await setRules(store, docking.id, [
    rule({ id: 'assigned' }),
    rule({ id: 'priority', triggers: ['ticket.priority_changed'] }),
  ]);
  const first = ticketEvent({}, { causeId: 'action-1' });
  const second = ticketEvent({}, { causeId: 'action-1', type: 'ticket.priority_changed' });
  const [one] = (await intake.take(docking, first, 'api')).deliveryIds;
  expect((await intake.take(docking, second, 'api')).deliveryIds).toEqual([one]);
  const { items } = await store.deliveries.list(docking.id, { limit: 10 });
  expect(items).toMatchObject([
    { eventIds: [first.eventId, second.eventId], ruleIds: ['assigned', 'priority'] },
  ]);
  const other = ticketEvent({}, { causeId: 'action-2' });
  expect((await intake.take(docking, other, 'api')).deliveryIds).not.toEqual([one]);
});

describe('an action whose events are routine and urgent is one card', () => {
  const NIGHT = new Date('2026-11-20T15:30:00Z'); // 23:30 in Shanghai
  const wishes = {
    quietHours: { from: '22:00', to: '08:00', days: [1, 2, 3, 4, 5, 6, 7], timeZone: 'Asia/Shanghai' },
    language: null,
    timeZone: null,
    events: {},
    digest: null,
  };
  const routine = () => ticketEvent({}, { causeId: 'action-1' });
  const urgent = () => ticketEvent({}, { causeId: 'action-1', type: 'ticket.priority_changed' });
  const pressing = { triggers: ['ticket.priority_changed' as const], urgency: 'urgent' as const };

  async function told(preferences: object, events: TicketEvent[], fields: Partial<ReminderRule> = {}) {
    const { docking } = await openDesk(store, ['ou_1']);
    await setRules(store, docking.id, [rule(), rule({ id: 'r2', ...pressing, ...fields })]);
    await store.preferences.put(docking.id, 'ou_1', { ...wishes, ...preferences });
    const night = createIntake(store, () => NIGHT);
    const taken: Taken[] = [];
    for (const event of events) taken.push(await night.take(docking, event, 'api'));
    const { items } = await store.deliveries.list(docking.id, { limit: 10 });
    return { items, taken };
  }

  test.each([
    ['quiet hours', {}],
    ['a digest', { quietHours: null, digest: { every: 'day', at: '09:00' } }],
  ])('which does not wait for the end of %s', async (_what, preferences) => {
    const { items, taken } = await told(preferences, [routine(), urgent()]);
    expect(items).toMatchObject([{ urgency: 'urgent', state: 'planned', reason: null }]);
    expect(items[0]).not.toHaveProperty('notBefore');
    expect(items[0]).not.toHaveProperty('digestId');
    expect(taken[1]).toMatchObject({ urgent: true, handOver: true, deliveryIds: [items[0]?.id] });
  });

  test('whichever of them comes first', async () => {
    const { items } = await told({}, [urgent(), routine()]);
    expect(items).toMatchObject([{ urgency: 'urgent', ruleIds: ['r2', 'r1'] }]);
    expect(items[0]).not.toHaveProperty('notBefore');
  });

  test('which is followed up when one of them is', async () => {
    const { items } = await told({}, [routine(), urgent()], { timing: { repeatEveryMinutes: 30 } });
    expect(items).toMatchObject([{ followUp: { repeatEveryMinutes: 30 } }]);
  });
});
