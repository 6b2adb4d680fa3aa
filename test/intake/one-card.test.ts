/** One person, one card about one event: whatever roles they hold, and whoever cannot be told. */
import { createIntake, type Intake } from '../../intake';
import { NO_NOTIFICATION_SETTINGS, type Store } from '../../store';
import { openTestStore, type TestStore } from '../store/fixture';
import { openDesk, rule, setRules, ticketEvent, type Desk } from './desk';

let opened: TestStore;
let store: Store;
let intake: Intake;
beforeAll(async () => {
  opened = await openTestStore();
  ({ store } = opened);
  intake = createIntake(store, () => new Date('2026-11-25T03:00:00Z'));
});
afterAll(() => opened?.end());

type Event = ReturnType<typeof ticketEvent>;

async function take(desk: Desk, event: Event, entrance: 'api' | 'timer' = 'api') {
  const docking = await store.dockings.require(desk.docking.id);
  const { deliveryIds } = await intake.take(docking, event, entrance);
  const record = await store.events.get(docking.id, event.eventId);
  if (!record) throw new Error('the event is not on record');
  const cards = await store.deliveries.getMany(deliveryIds);
  return { record, cards, told: cards.map(({ employeeId }) => employeeId).sort() };
}

describe('the person on duty', () => {
  const onDuty = async (receivers: Parameters<typeof rule>[0] & object) => {
    const desk = await openDesk(store, ['ou_1', 'ou_2']);
    await store.dockings.patch(desk.docking.id, {
      notification: { ...NO_NOTIFICATION_SETTINGS, duty: { agentId: 'a2' } },
    });
    await setRules(store, desk.docking.id, [rule(receivers)]);
    return desk;
  };

  test('who follows the ticket gets one card when its assignee cannot be told', async () => {
    const desk = await onDuty({ receivers: [{ role: 'assignee' }, { role: 'followers' }] });
    const { told, record } = await take(desk, ticketEvent({ assigneeId: 'nobody', followerIds: ['a2'] }));
    expect(told).toEqual(['ou_2']);
    const duty = record.receivers.find(({ role }) => role === 'fallback:duty');
    const follower = record.receivers.find(({ role }) => role === 'followers');
    expect(duty?.deliveryId).toBe(follower?.deliveryId);
  });

  test.each(['disabled', 'inactive'] as const)(
    'hears of a ticket whose assignee is %s in the ticket system',
    async (state) => {
      const desk = await onDuty({});
      const agent = await store.agents.get(desk.docking.id, 'a1');
      if (!agent) throw new Error('the assignee is unknown');
      await store.agents.put(desk.docking.id, { ...agent, state });
      const { told, record } = await take(desk, ticketEvent());
      expect(told).toEqual(['ou_2']);
      expect(record.receivers.map(({ role, suppressedBy }) => [role, suppressedBy])).toEqual([
        ['assignee', 'agent-inactive'],
        ['fallback:duty', null],
      ]);
    },
  );

  test('whom the rule names as fallback gets one card', async () => {
    const desk = await onDuty({ receivers: [{ role: 'assignee' }, { role: 'fallback' }] });
    expect((await take(desk, ticketEvent({ assigneeId: 'nobody' }))).told).toEqual(['ou_2']);
  });

  test('whose own card waits for a digest is told at once instead, and not again with the digest', async () => {
    const desk = await onDuty({ receivers: [{ role: 'assignee' }, { role: 'followers' }] });
    await store.preferences.put(desk.docking.id, 'ou_2', {
      ...{ quietHours: null, language: null, timeZone: null, events: {} },
      digest: { every: 'hour', at: null },
    });
    const { told, cards, record } = await take(
      desk,
      ticketEvent({ assigneeId: 'nobody', followerIds: ['a2'] }),
    );
    expect(told).toEqual(['ou_2']);
    expect(cards[0]?.digestId).toBeUndefined();
    expect(new Set(record.receivers.flatMap(({ deliveryId }) => deliveryId ?? []))).toEqual(
      new Set([cards[0]?.id]),
    );
  });
});

describe('an agent with several roles', () => {
  const ROLES = [
    { role: 'assignee' as const },
    { role: 'mentioned' as const },
    { role: 'followers' as const },
  ];
  const orders = [ROLES, [...ROLES].reverse()];

  test.each(orders)(
    'is told for the role that a late event leaves them, in any order (%j, …)',
    async (...order) => {
      const desk = await openDesk(store, ['ou_1', 'ou_2']);
      await setRules(store, desk.docking.id, [rule({ triggers: ['ticket.note_added'], receivers: order })]);
      await take(desk, ticketEvent({ version: 5, assigneeId: 'a1' }, { type: 'ticket.created' }));
      const late = ticketEvent(
        { version: 4, assigneeId: 'a2' },
        { type: 'ticket.note_added', reply: { mentionedAgentIds: ['a2'], attachments: [] } },
      );
      const { told, cards } = await take(desk, late);
      expect(told).toEqual(['ou_2']);
      expect(cards[0]?.role).toBe('mentioned');
    },
  );

  test.each(orders)(
    'is told for the role that they did not switch off, in any order (%j, …)',
    async (...order) => {
      const desk = await openDesk(store, ['ou_1']);
      await setRules(store, desk.docking.id, [rule({ receivers: order })]);
      await store.preferences.put(desk.docking.id, 'ou_1', {
        ...{ quietHours: null, language: null, timeZone: null, digest: null },
        events: { 'ticket.assigned_agent': { mine: false } },
      });
      const { told, cards } = await take(desk, ticketEvent({ followerIds: ['a1'] }));
      expect(told).toEqual(['ou_1']);
      expect(cards[0]?.role).toBe('followers');
    },
  );

  test('of whom no role is left has the reason once', async () => {
    const desk = await openDesk(store, ['ou_1']);
    await setRules(store, desk.docking.id, [
      rule({ receivers: [{ role: 'assignee' }, { role: 'followers' }] }),
    ]);
    const muted = { mine: false, followed: false };
    await store.preferences.put(desk.docking.id, 'ou_1', {
      ...{ quietHours: null, language: null, timeZone: null, digest: null },
      events: { 'ticket.assigned_agent': muted },
    });
    const { record } = await take(desk, ticketEvent({ followerIds: ['a1'] }));
    expect(record.receivers).toMatchObject([{ agentId: 'a1', suppressedBy: 'preference', deliveryId: null }]);
  });
});

test('only what time made is held for working time, whatever an event of the ticket system is called', async () => {
  const desk = await openDesk(store, ['ou_1']);
  await store.dockings.patch(desk.docking.id, {
    calendar: { timeZone: 'UTC', workingHours: { '3': [['18:00', '19:00']] }, holidays: [] },
  });
  await setRules(store, desk.docking.id, [rule()]);
  const [theirs] = (await take(desk, ticketEvent({}, { eventId: 'timer:x' }))).cards;
  expect(theirs?.notBefore).toBeUndefined();
  const [ours] = (await take(desk, ticketEvent({ id: 't2' }, { eventId: 'timer:y' }), 'timer')).cards;
  expect(ours?.notBefore).toEqual(new Date('2026-11-25T18:00:00Z'));
});
