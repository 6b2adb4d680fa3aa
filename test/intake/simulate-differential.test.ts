import fc from 'fast-check';
import { createIntake, simulateReminders } from '../../intake';
import type { ReminderRule } from '../../rules';
import type { Docking, Preferences, Store } from '../../store';
import type { TicketEvent } from '../../tickets';
import { docking, openTestStore, type TestStore } from '../store/fixture';
import { cardsSeen, cardsSeenByRule } from './cards-seen';
import { rule, seat, setRules, ticketEvent } from './desk';

let opened: TestStore;
let store: Store;
beforeAll(async () => {
  opened = await openTestStore();
  ({ store } = opened);
});
afterAll(() => opened?.end());

const START = Date.UTC(2026, 10, 20, 6);
const EVENTS = 60;
/** Minutes that late events are late by: never at the same moment as another. */
const LATE = 45.5;
const iso = (minute: number): string => new Date(START + minute * 60_000).toISOString();
const pick = <T>(...values: T[]) => fc.constantFrom(...values);

const rules: ReminderRule[] = [
  rule({ id: 'assigned' }),
  rule({ id: 'urged', triggers: ['ticket.urged'], urgency: 'urgent' }),
  rule({
    id: 'replied',
    triggers: ['ticket.replied_by_customer'],
    receivers: [{ role: 'assignee' }, { role: 'followers' }],
    timing: { card: 'update' },
  }),
  rule({
    id: 'group',
    triggers: ['ticket.priority_changed', 'ticket.assigned_agent'],
    conditions: { all: [{ fact: 'ticket.priority', operator: 'equal', value: 'urgent' }] },
    receivers: [{ role: 'group-members' }],
  }),
  rule({
    id: 'followed-up',
    triggers: ['ticket.priority_changed'],
    timing: { coalesceSeconds: 600, repeatEveryMinutes: 30 },
  }),
];

const happening = fc.record({
  ticket: pick('t1', 't2', 't3'),
  type: pick(
    'ticket.assigned_agent',
    'ticket.urged',
    'ticket.replied_by_customer',
    'ticket.priority_changed',
  ),
  // a8 is not active, a9 is bound to nobody.
  assigneeId: pick('a1', 'a2', 'a3', 'a4', 'a8', 'a9', null),
  followerIds: fc.subarray(['a3', 'a4', 'a5']),
  priority: pick('low', 'urgent'),
  actor: pick({ type: 'customer', id: 'c1' }, { type: 'agent', id: 'a1' }, { type: 'agent', id: 'a3' }),
  causeId: pick(null, null, 'c1', 'c2'),
  late: pick(false, false, false, true),
  after: fc.integer({ min: 1, max: 12 }),
});

const nothingAsked: Preferences = {
  quietHours: null,
  language: null,
  timeZone: null,
  events: {},
  digest: null,
};
const wishes: Record<string, Partial<Preferences>> = {
  ou_2: { events: { '*': { mine: false, group: false } } },
  ou_3: { digest: { every: 'day', at: '18:00' }, timeZone: 'UTC' },
  ou_4: { quietHours: { from: '00:00', to: '20:00', days: [1, 2, 3, 4, 5, 6, 7], timeZone: 'UTC' } },
};

async function company(): Promise<Docking> {
  const notification = {
    groupLeads: { g1: 'a9' },
    groupChats: {},
    watchers: [],
    duty: { agentId: 'a6' },
    fallbackWebhook: null,
  };
  const made = docking({ state: 'live', notification });
  await store.dockings.create(made, { appSecret: 's', pushToken: 'p' });
  await seat(store, made.id, ['ou_1', 'ou_2', 'ou_3', 'ou_4', 'ou_5', 'ou_6']);
  for (const [employeeId, asked] of Object.entries(wishes)) {
    await store.preferences.put(made.id, employeeId, { ...nothingAsked, ...asked });
  }
  await setRules(store, made.id, rules);
  return made;
}

/**
 * In the order in which they are received. A simulation takes each event at the moment when it happened, so what comes late is about
 * a ticket whose cards do not depend on the minute.
 */
function story(seed: number): { event: TicketEvent; received: number }[] {
  let minute = 0;
  return fc
    .sample(happening, { seed, numRuns: EVENTS })
    .map(({ ticket, late, after, assigneeId, followerIds, priority, ...rest }, version) => {
      minute += after;
      const calm = ticket === 't3';
      const fields = {
        ...rest,
        ...(calm ? { type: 'ticket.assigned_agent', causeId: null } : {}),
        occurredAt: iso(minute),
      };
      const state = { id: ticket, version, assigneeId, followerIds, priority: priority as 'low' };
      const event = ticketEvent(state, fields as Partial<TicketEvent>);
      return { event, received: calm && late ? minute + LATE : minute };
    })
    .sort((a, b) => a.received - b.received);
}

test.each([1, 2, 3, 4, 5, 6])(
  'events of story %i that were taken in told each employee as often as the simulation of the same events says',
  async (seed) => {
    const desk = await company();
    let clock = new Date(START);
    const intake = createIntake(store, () => clock);
    let stale = 0;
    for (const { event, received } of story(seed)) {
      clock = new Date(iso(received));
      await intake.take(desk, event, 'api');
      if ((await store.events.get(desk.id, event.eventId))?.stale) stale += 1;
    }
    const { items } = await store.deliveries.list(desk.id, { limit: 200 });
    const real = cardsSeen(items);
    const { people, draft, now } = await simulateReminders(store, desk, rules, new Date(START));
    expect(Object.fromEntries(people.map(({ personId, draft: cards }) => [personId, cards]))).toEqual(real);
    expect(Object.fromEntries(draft.rules.map(({ ruleId, messages }) => [ruleId, messages]))).toEqual(
      cardsSeenByRule(
        items,
        rules.map(({ id }) => id),
      ),
    );
    expect(now).toEqual(draft);
    // Otherwise the story would have said nothing.
    expect(stale).toBeGreaterThan(0);
    expect(Object.keys(real).length).toBeGreaterThanOrEqual(5);
  },
);
