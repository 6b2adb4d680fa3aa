/** Quiet hours and working time: what waits for their end, and what passes. */
import { planFollowUp, type Intake } from '../../intake';
import type { Timing } from '../../rules';
import type { Preferences, Store } from '../../store';
import { person } from '../store/fixture';
import { intakeAt, openDesk, openDeskWithCard, rule, setRules, ticketEvent } from './desk';

const NIGHT = new Date('2026-11-20T15:30:00Z'); // 23:30 in Shanghai, a Friday

let store: Store;
let intake: Intake;
intakeAt(NIGHT, (ground) => ({ store, intake } = ground));

const timing: Timing = {
  repeatEveryMinutes: 30,
  escalateAfterMinutes: 60,
  escalateTo: [{ role: 'agents', agentIds: ['a1', 'a2', 'a9'] }],
};
const quiet: Preferences = {
  quietHours: { from: '22:00', to: '08:00', days: [1, 2, 3, 4, 5, 6, 7], timeZone: 'Asia/Shanghai' },
  language: null,
  timeZone: null,
  events: {},
  digest: null,
};

describe('in quiet times', () => {
  const MORNING = new Date('2026-11-21T00:00:00Z').getTime();
  const escalating: Timing = {
    ...timing,
    unreadAfterMinutes: 20,
    escalateTo: [{ role: 'agents', agentIds: ['a2'] }],
  };

  test.each(['repeat', 'escalate', 'unread'] as const)(
    'a routine step (%s) plans nothing and is moved to their end, and "why" says until when',
    async (kind) => {
      const { card, docking } = await openDeskWithCard(store, intake, { timing: escalating });
      for (const id of ['ou_1', 'ou_2']) await store.preferences.put(docking.id, id, quiet);
      const moved = { over: false, deliveryIds: [], quietUntil: MORNING };
      expect(await planFollowUp(store, card, kind, 1, NIGHT)).toEqual(moved);
      expect(await planFollowUp(store, card, kind, 1, NIGHT)).toEqual(moved);
      const record = await store.events.get(docking.id, card.eventIds[0] ?? '');
      const said = record?.receivers.filter(({ suppressedBy }) => suppressedBy === 'quiet-hours');
      expect(said).toHaveLength(1);
      expect(said?.[0]?.detail).toMatch(/quiet until 2026-11-21 08:00 \(Asia\/Shanghai\)$/);
      const after = await planFollowUp(store, card, kind, 1, new Date(MORNING));
      expect(after.deliveryIds).toHaveLength(1);
    },
  );

  test('steps of urgent rules, and of rules that ignore quiet hours, pass', async () => {
    for (const fields of [
      { timing, urgency: 'urgent' as const },
      { timing: { ...timing, quietHours: 'ignore' as const } },
    ]) {
      const { card, docking } = await openDeskWithCard(store, intake, fields);
      await store.preferences.put(docking.id, 'ou_1', quiet);
      expect((await planFollowUp(store, card, 'repeat', 1, NIGHT)).deliveryIds).toHaveLength(1);
    }
  });

  test('who can be told is told, though others of the next level have quiet hours', async () => {
    const { card, docking } = await openDeskWithCard(store, intake, { timing });
    await store.bindings.bind({
      dockingId: docking.id,
      employeeId: 'ou_9',
      agentId: 'a9',
      method: 'manual',
      createdBy: 'test',
    });
    await store.employees.bulkApply(docking.id, [person('ou_9', { mobile: '+8613811110009' })]);
    await store.preferences.put(docking.id, 'ou_9', quiet);
    const next = await planFollowUp(store, card, 'escalate', 1, NIGHT);
    expect(next).not.toHaveProperty('quietUntil');
    expect(await store.deliveries.getMany(next.deliveryIds)).toMatchObject([{ employeeId: 'ou_2' }]);
  });

  test('outside of the company’s working time a step waits for it, past the weekend and quiet hours', async () => {
    const { card, docking } = await openDeskWithCard(store, intake, { timing });
    const workingHours = Object.fromEntries(
      ['1', '2', '3', '4', '5'].map((day): [string, [string, string][]] => [day, [['07:00', '18:00']]]),
    );
    await store.dockings.patch(docking.id, {
      calendar: { timeZone: 'Asia/Shanghai', workingHours, holidays: [] },
    });
    await store.preferences.put(docking.id, 'ou_1', quiet);
    expect(await planFollowUp(store, card, 'repeat', 1, NIGHT)).toEqual({
      over: false,
      deliveryIds: [],
      quietUntil: Date.parse('2026-11-23T00:00:00Z'), // Monday, at the end of the quiet hours
    });
  });

  test.each(['07:00', '07:09', '07:11', '07:59'])(
    'working time that begins at %s begins just then',
    async (opens) => {
      const { card, docking } = await openDeskWithCard(store, intake, { timing });
      await store.dockings.patch(docking.id, {
        calendar: { timeZone: 'Asia/Shanghai', workingHours: { 6: [[opens, '18:00']] }, holidays: [] },
      });
      const { quietUntil } = await planFollowUp(store, card, 'repeat', 1, NIGHT);
      expect(quietUntil).toBe(Date.parse(`2026-11-21T${opens}:00+08:00`));
    },
  );

  test.each([
    ['before they may be told', '2026-11-21T00:00:00Z', 'too-late'],
    ['after they may be told', '2026-11-21T00:00:01Z', null],
  ])('of what is due %s', async (_what, dueAt, reason) => {
    const { docking } = await openDesk(store, ['ou_1']);
    await setRules(store, docking.id, [rule({ triggers: ['ticket.sla_warning', 'ticket.sla_breached'] })]);
    await store.preferences.put(docking.id, 'ou_1', quiet);
    const told = async (type: 'ticket.sla_warning' | 'ticket.sla_breached') => {
      const event = ticketEvent({ dueAt }, { type, sla: { metric: 'solution', dueAt, state: null } });
      const { deliveryIds } = await intake.take(docking, event, 'api');
      const record = await store.events.get(docking.id, event.eventId);
      return { cards: deliveryIds.length, reason: record?.receivers[0]?.suppressedBy };
    };
    expect(await told('ticket.sla_warning')).toEqual({ cards: reason ? 0 : 1, reason });
    // What has happened is told, however late.
    expect(await told('ticket.sla_breached')).toEqual({ cards: 1, reason: null });
  });

  test.each([
    ['routine', '2026-11-21T00:00:00.000Z'],
    ['urgent', undefined],
  ] as const)('a %s SLA warning that time made', async (urgency, until) => {
    const { docking } = await openDesk(store, ['ou_1']);
    await setRules(store, docking.id, [rule({ triggers: ['ticket.sla_warning'], urgency })]);
    await store.preferences.put(docking.id, 'ou_1', quiet);
    const warning = ticketEvent(
      {},
      {
        eventId: `timer:ticket.sla_warning:${docking.id}`,
        type: 'ticket.sla_warning',
        actor: { type: 'system' },
      },
    );
    const { deliveryIds } = await intake.take(docking, warning, 'timer');
    const [card] = await store.deliveries.getMany(deliveryIds);
    expect(card?.notBefore?.toISOString()).toBe(until);
  });
});

describe('a person’s preferences', () => {
  async function told(preferences: Preferences, fields: Parameters<typeof rule>[0] = {}) {
    const { docking } = await openDesk(store, ['ou_1']);
    await setRules(store, docking.id, [rule(fields)]);
    await store.preferences.put(docking.id, 'ou_1', preferences);
    const event = ticketEvent();
    const { deliveryIds } = await intake.take(docking, event, 'api');
    const [card] = await store.deliveries.getMany(deliveryIds);
    return { card, record: await store.events.get(docking.id, event.eventId) };
  }

  test('in quiet hours a routine card waits for the morning', async () => {
    expect((await told(quiet)).card).toMatchObject({
      notBefore: new Date('2026-11-21T00:00:00Z'),
      reason: 'quiet-hours',
    });
  });

  test('an urgent card passes quiet hours and mutes', async () => {
    const muted = { ...quiet, events: { 'ticket.assigned_agent': { mine: false } } };
    const { card } = await told(muted, { urgency: 'urgent' });
    expect(card).toMatchObject({ urgency: 'urgent' });
    expect(card).not.toHaveProperty('notBefore');
  });

  test('a muted kind of event is a reason of its own', async () => {
    const muted = { ...quiet, events: { 'ticket.assigned_agent': { mine: false } } };
    const { card, record } = await told(muted);
    expect(card).toBeUndefined();
    expect(record?.receivers).toMatchObject([{ suppressedBy: 'preference' }]);
  });
});
