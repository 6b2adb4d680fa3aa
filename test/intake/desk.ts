/** A service desk in the store: agents bound to employees, rules, and ticket events to judge. */
import type { ReminderRule } from '../../rules';
import { createIntake, type Intake } from '../../intake';
import type { Delivery, Docking, Store } from '../../store';
import { ticketEventSchema, type TicketEvent } from '../../tickets';
import { docking, openTestStore, person, uniqueId, type TestStore } from '../store/fixture';

export interface Desk {
  docking: Docking;
  /** Employee id per agent id. */
  people: Record<string, string>;
}

/** For all tests of a file, or of a `describe`: a store of its own, and an intake whose time stands still. */
export function intakeAt(now: Date, use: (ground: { store: Store; intake: Intake }) => void): void {
  let opened: TestStore | undefined;
  beforeAll(async () => {
    opened = await openTestStore();
    const { store } = opened;
    use({ store, intake: createIntake(store, () => now) });
  });
  afterAll(() => opened?.end());
}

/** A live docking whose agents `a1`, `a2`, … of group `g1` are bound to the given employees, in that order. */
export async function openDesk(store: Store, employeeIds: readonly string[]): Promise<Desk> {
  const made = docking({ state: 'live' });
  await store.dockings.create(made, { appSecret: 'app-secret', pushToken: 'push-token' });
  const people = await seat(store, made.id, employeeIds);
  return { docking: made, people };
}

/** Puts the employees into the mirror and binds agent `a1` to the first, `a2` to the second, … */
export async function seat(
  store: Store,
  dockingId: string,
  employeeIds: readonly string[],
): Promise<Record<string, string>> {
  const people = Object.fromEntries(employeeIds.map((employeeId, index) => [`a${index + 1}`, employeeId]));
  await store.employees.bulkApply(
    dockingId,
    employeeIds.map((id, index) =>
      person(id, { mobile: `+86138000000${10 + index}`, email: `${id}@x.example` }),
    ),
  );
  await store.agents.replaceAll(
    dockingId,
    Object.keys(people).map((agentId) => ({
      agentId,
      name: agentId,
      email: `${agentId}@desk.example`,
      mobile: null,
      groupIds: ['g1'],
      state: 'active' as const,
    })),
  );
  for (const [agentId, employeeId] of Object.entries(people)) {
    const bound = await store.bindings.bind({
      dockingId,
      employeeId,
      agentId,
      method: 'manual',
      createdBy: 'test',
    });
    if (!bound.ok) throw new Error(`${agentId} could not be bound`);
  }
  return people;
}

/** Tells the assignee of every new ticket, unless changed. */
export const rule = (fields: Partial<ReminderRule> = {}): ReminderRule => ({
  id: 'r1',
  name: 'Assigned to you',
  enabled: true,
  triggers: ['ticket.assigned_agent'],
  conditions: { all: [{ fact: 'ticket.assigneeId', operator: 'isNotEmpty', value: true }] },
  receivers: [{ role: 'assignee' }],
  urgency: 'routine',
  ...fields,
});

export async function setRules(store: Store, dockingId: string, rules: ReminderRule[]): Promise<number> {
  const { version } = await store.reminders.get(dockingId);
  const saved = await store.reminders.save(dockingId, version, { enabled: true, rules }, 'test');
  if (!saved.ok) throw new Error('somebody else saved the rules');
  return saved.settings.version;
}

type TicketFields = Partial<TicketEvent['ticket']>;

/** Ticket `t1` is assigned to `a1` by a customer's action, unless changed. */
export const ticketEvent = (
  ticket: TicketFields = {},
  fields: Partial<Omit<TicketEvent, 'ticket'>> = {},
): TicketEvent =>
  ticketEventSchema.parse({
    eventId: uniqueId('ev'),
    type: 'ticket.assigned_agent',
    occurredAt: new Date().toISOString(),
    actor: { type: 'customer', id: 'c1' },
    changes: [],
    schemaVersion: 1,
    ...fields,
    ticket: {
      id: 't1',
      code: 'T-1',
      title: 'Printer',
      statusType: 'new',
      priority: 'high',
      assigneeId: 'a1',
      groupId: 'g1',
      ...ticket,
    },
  });

/** A desk of two whose `a1` is due a card, by one rule. */
export async function openDeskWithCard(
  store: Store,
  intake: Intake,
  fields: Partial<ReminderRule> = {},
): Promise<Desk & { card: Delivery }> {
  const desk = await openDesk(store, ['ou_1', 'ou_2']);
  await setRules(store, desk.docking.id, [rule(fields)]);
  const { deliveryIds } = await intake.take(desk.docking, ticketEvent({ version: 1 }), 'api');
  const [card] = await store.deliveries.getMany(deliveryIds);
  if (!card) throw new Error('no card was planned');
  return { ...desk, card };
}
