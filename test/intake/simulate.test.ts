/** Each story is really taken in and simulated: the forecast must be what people got. */
import { createIntake, simulateReminders } from '../../intake';
import type { ReminderRule } from '../../rules';
import type { Delivery, Docking, Preferences, Store } from '../../store';
import type { TicketEvent } from '../../tickets';
import { docking, openTestStore, type TestStore } from '../store/fixture';
import { cardsSeen } from './cards-seen';
import { rule, seat, setRules, ticketEvent } from './desk';

let opened: TestStore;
let store: Store;
beforeAll(async () => {
  opened = await openTestStore();
  ({ store } = opened);
});
afterAll(() => opened?.end());

const START = Date.UTC(2026, 10, 20, 2);
const at = (minute: number): string => new Date(START + minute * 60_000).toISOString();
const SINCE = new Date(START - 86_400_000);
const wishes = (fields: Partial<Preferences>): Preferences => ({
  quietHours: null,
  language: null,
  timeZone: null,
  events: {},
  digest: null,
  ...fields,
});

interface Told {
  real: Record<string, number>;
  simulated: Record<string, number>;
  deliveries: Delivery[];
  simulation: Awaited<ReturnType<typeof simulateReminders>>;
}

/** Events come one after the other, each when it happened unless `received` says otherwise (minute). */
async function tell(
  rules: ReminderRule[],
  events: { event: TicketEvent; received?: number }[],
  { desk = docking({ state: 'live' }), prepare }: { desk?: Docking; prepare?: () => Promise<unknown> } = {},
): Promise<Told> {
  if (!(await store.dockings.get(desk.id))) {
    await store.dockings.create(desk, { appSecret: 's', pushToken: 'p' });
    await seat(store, desk.id, ['ou_1', 'ou_2', 'ou_3']);
  }
  await prepare?.();
  await setRules(store, desk.id, rules);
  let clock = new Date(START);
  const intake = createIntake(store, () => clock);
  for (const { event, received } of events) {
    clock = new Date(received === undefined ? event.occurredAt : at(received));
    await intake.take(desk, event, 'api');
  }
  const { items } = await store.deliveries.list(desk.id, { limit: 200 });
  const simulation = await simulateReminders(store, desk, rules, SINCE);
  return {
    real: cardsSeen(items),
    simulated: Object.fromEntries(simulation.people.map(({ personId, draft }) => [personId, draft])),
    deliveries: items,
    simulation,
  };
}

const happens = (
  minute: number,
  ticket: Partial<TicketEvent['ticket']> = {},
  rest: object = {},
): { event: TicketEvent } => ({ event: ticketEvent(ticket, { occurredAt: at(minute), ...rest }) });

const withDuty = (agentId: string): Docking =>
  docking({
    state: 'live',
    notification: {
      groupLeads: {},
      groupChats: {},
      watchers: [],
      duty: { agentId },
      fallbackWebhook: null,
    },
  });

describe('a simulation tells what people got', () => {
  test('of a rule that changes its card in place: one card', async () => {
    const rules = [rule({ timing: { card: 'update' } })];
    const { real, simulated } = await tell(rules, [happens(0), happens(600), happens(1200)]);
    expect(simulated).toEqual({ ou_1: 1 });
    expect(real).toEqual(simulated);
  });

  test('of events within the time in which a routine rule bundles, and of an urgent one that waits for nothing', async () => {
    const events = [happens(0), happens(1), happens(3)];
    const routine = await tell([rule({ timing: { coalesceSeconds: 120 } })], events);
    expect(routine.simulated).toEqual({ ou_1: 2 });
    expect(routine.real).toEqual(routine.simulated);
    const urgent = rule({ timing: { coalesceSeconds: 120 }, urgency: 'urgent' });
    const alarmed = await tell([urgent], [happens(0), happens(1), happens(3)]);
    expect(alarmed.simulated).toEqual({ ou_1: 3 });
    expect(alarmed.real).toEqual(alarmed.simulated);
  });

  test('who switched this kind of reminder off gets none, and the reason is named', async () => {
    const desk = docking({ state: 'live' });
    const mute = wishes({ events: { 'ticket.assigned_agent': { mine: false } } });
    const { real, simulated, simulation } = await tell([rule()], [happens(0)], {
      desk,
      prepare: () => store.preferences.put(desk.id, 'ou_1', mute),
    });
    expect(simulated).toEqual({});
    expect(real).toEqual(simulated);
    expect(simulation.draft.unreachable).toEqual([{ personId: 'ou_1', reason: 'preference', messages: 1 }]);
  });

  test('of one action that is routine first and urgent then: one card, which does not wait', async () => {
    const rules = [rule(), rule({ id: 'r2', triggers: ['ticket.priority_changed'], urgency: 'urgent' })];
    const { real, simulated } = await tell(rules, [
      happens(0, {}, { causeId: 'action' }),
      happens(0, {}, { causeId: 'action', type: 'ticket.priority_changed' }),
      happens(0, {}, { causeId: 'action' }),
    ]);
    expect(simulated).toEqual({ ou_1: 1 });
    expect(real).toEqual(simulated);
  });

  test('of one action that is routine in a digest and urgent: one card at once, by both rules', async () => {
    const desk = docking({ state: 'live' });
    const daily = wishes({ digest: { every: 'day', at: '18:00' } });
    const rules = [rule(), rule({ id: 'r2', triggers: ['ticket.urged'], urgency: 'urgent' })];
    const events = [
      happens(0, {}, { causeId: 'action' }),
      happens(1, {}, { causeId: 'action', type: 'ticket.urged' }),
    ];
    const { real, simulated, simulation, deliveries } = await tell(rules, events, {
      desk,
      prepare: () => store.preferences.put(desk.id, 'ou_1', daily),
    });
    expect(simulated).toEqual({ ou_1: 1 });
    expect(real).toEqual(simulated);
    expect(deliveries.map(({ ruleIds }) => [...ruleIds].sort())).toEqual([['r1', 'r2']]);
    expect(simulation.draft.rules).toMatchObject([
      { ruleId: 'r1', matched: 1, messages: 1 },
      { ruleId: 'r2', matched: 1, messages: 1 },
    ]);
    // They did not tell of the same event.
    expect(simulation.draft.overlaps).toEqual([]);
  });

  test('of a digest each rule whose lines it carries counts it', async () => {
    const desk = docking({ state: 'live' });
    const daily = wishes({ digest: { every: 'day', at: '18:00' } });
    const rules = [rule(), rule({ id: 'r2', triggers: ['ticket.priority_changed'] })];
    const events = [happens(0), happens(1, { id: 't2' }, { type: 'ticket.priority_changed' })];
    const { simulated, simulation } = await tell(rules, events, {
      desk,
      prepare: () => store.preferences.put(desk.id, 'ou_1', daily),
    });
    expect(simulated).toEqual({ ou_1: 1 });
    expect(simulation.draft.rules.map(({ messages }) => messages)).toEqual([1, 1]);
  });

  test('of a late event only those who still have their role are told', async () => {
    const events = [
      happens(5, { version: 2, assigneeId: 'a2' }),
      { ...happens(0, { version: 1, assigneeId: 'a1' }), received: 10 },
      { ...happens(1, { version: 1, assigneeId: 'a2' }), received: 11 },
    ];
    const { real, simulated, simulation } = await tell([rule()], events);
    expect(simulated).toEqual({ ou_2: 2 });
    expect(real).toEqual(simulated);
    expect(simulation.draft.unreachable).toEqual([]);
  });

  test('instead of somebody who is not bound, the fallback chain', async () => {
    const { real, simulated, simulation } = await tell([rule()], [happens(0, { assigneeId: 'a9' })], {
      desk: withDuty('a3'),
    });
    expect(simulated).toEqual({ ou_3: 1 });
    expect(real).toEqual(simulated);
    expect(simulation.draft.unreachable).toEqual([{ personId: 'a9', reason: 'unbound', messages: 1 }]);
  });

  test('quiet hours move a card to the day on which they end', async () => {
    const desk = docking({ state: 'live' });
    const quietHours = { from: '00:00', to: '23:00', days: [5], timeZone: 'UTC' };
    const { simulation } = await tell([rule()], [happens(0), happens(22.5 * 60, { id: 't2' })], {
      desk,
      prepare: () => store.preferences.put(desk.id, 'ou_1', wishes({ quietHours })),
    });
    expect(simulation.draft.days).toEqual([
      { personId: 'ou_1', day: '2026-11-20', messages: 1 },
      { personId: 'ou_1', day: '2026-11-21', messages: 1 },
    ]);
  });

  test('of who asks for a digest: one card for all that is routine, and what is urgent at once', async () => {
    const desk = docking({ state: 'live' });
    const daily = wishes({ digest: { every: 'day', at: '18:00' } });
    const rules = [rule(), rule({ id: 'r2', triggers: ['ticket.urged'], urgency: 'urgent' })];
    const events = [happens(0), happens(1, { id: 't2' }), happens(2, {}, { type: 'ticket.urged' })];
    const { real, simulated } = await tell(rules, events, {
      desk,
      prepare: () => store.preferences.put(desk.id, 'ou_1', daily),
    });
    expect(simulated).toEqual({ ou_1: 2 });
    expect(real).toEqual(simulated);
  });
});

test('an event that time made of a rule that waits is found by the simulation itself, and so is no test card', async () => {
  const patient = rule({
    conditions: { all: [{ fact: 'event.occurredAt', operator: 'olderThan', value: '10m' }] },
  });
  const first = happens(0);
  const again = ticketEvent({}, { occurredAt: at(0), eventId: `timer:recheck:${first.event.eventId}` });
  const { simulated, simulation } = await tell([patient], [first, { event: again, received: 10 }]);
  expect(simulation.events).toBe(1);
  expect(simulated).toEqual({ ou_1: 1 });
});

test('nothing is written', async () => {
  const desk = docking({ state: 'live' });
  await tell([rule()], [happens(0)], { desk });
  const contents = async (): Promise<Map<string, unknown[]>> => {
    const collections = (await opened.raw.db?.collections()) ?? [];
    const read = collections.map(async (one): Promise<[string, unknown[]]> => [
      one.collectionName,
      await one.find().toArray(),
    ]);
    return new Map(await Promise.all(read));
  };
  // What is written within a moment is not the simulation's.
  await store.events.flush();
  const before = await contents();
  await simulateReminders(store, desk, [rule({ receivers: [{ role: 'group-members' }] })], SINCE);
  expect(await contents()).toEqual(before);
});
