import { planFollowUp, type Intake } from '../../intake';
import type { Timing } from '../../rules';
import type { Store } from '../../store';
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

const planned = (fields?: Parameters<typeof rule>[0]) => openDeskWithCard(store, intake, fields);

test('the timing of a rule goes with its card, and the ticket is marked as followed up', async () => {
  const { docking, card } = await planned({ timing });
  expect(card.followUp).toEqual({ repeatEveryMinutes: 30, repeatAtMost: 3, escalateAfterMinutes: 60 });
  expect((await store.tickets.get(docking.id, 't1'))?.followedUp).toBe(true);
});

test('without timing nothing is followed up, and every event is a new message', async () => {
  const { docking, card } = await planned();
  expect(card).not.toHaveProperty('followUp');
  expect(card).not.toHaveProperty('updateWithinSeconds');
  expect((await store.tickets.get(docking.id, 't1'))?.followedUp).toBeUndefined();
});

test('a repetition goes to the same person under a key of its own, planned once', async () => {
  const { card, docking } = await planned({ timing });
  const first = await planFollowUp(store, card, 'repeat', 1, NIGHT);
  expect(await planFollowUp(store, card, 'repeat', 1, NIGHT)).toEqual(first);
  const second = await planFollowUp(store, card, 'repeat', 2, NIGHT);
  const ids = new Set([card.id, ...first.deliveryIds, ...second.deliveryIds]);
  expect(ids.size).toBe(3);
  const cards = await store.deliveries.getMany([...ids]);
  expect(new Set(cards.map(({ employeeId }) => employeeId))).toEqual(new Set(['ou_1']));
  const record = await store.events.get(docking.id, card.eventIds[0] ?? '');
  expect(record?.receivers.map(({ deliveryId }) => deliveryId).filter((id) => id !== null)).toHaveLength(3);
});

test('an escalation is urgent, spares the one who was told, and says who could not be reached', async () => {
  const { card, docking } = await planned({ timing });
  const { deliveryIds } = await planFollowUp(store, card, 'escalate', 1, NIGHT);
  expect(await store.deliveries.getMany(deliveryIds)).toMatchObject([
    { employeeId: 'ou_2', urgency: 'urgent' },
  ]);
  const record = await store.events.get(docking.id, card.eventIds[0] ?? '');
  expect(record?.receivers).toContainEqual(
    expect.objectContaining({ agentId: 'a9', suppressedBy: 'unbound' }),
  );
});

test('who is next hears once of an event, however many cards it had and whichever step comes to them', async () => {
  const { docking } = await openDesk(store, ['ou_1', 'ou_2', 'ou_3']);
  const escalateTo = [{ role: 'agents' as const, agentIds: ['a3'] }];
  const both = [{ role: 'agents' as const, agentIds: ['a1', 'a2'] }];
  await setRules(store, docking.id, [rule({ receivers: both, timing: { ...timing, escalateTo } })]);
  const { deliveryIds } = await intake.take(docking, ticketEvent({ version: 1 }), 'api');
  const cards = await store.deliveries.getMany(deliveryIds);
  expect(cards).toHaveLength(2);
  const next = new Set<string>();
  for (const card of cards) {
    for (const [round, kind] of (['escalate', 'unread'] as const).entries()) {
      const planned = await planFollowUp(store, card, kind, round + 1, NIGHT);
      for (const id of planned.deliveryIds) next.add(id);
    }
  }
  expect(await store.deliveries.getMany([...next])).toMatchObject([{ employeeId: 'ou_3' }]);
});

test.each([
  ['reminders-off', { enabled: false, rules: [rule({ timing })] }],
  ['rule-off', { enabled: true, rules: [rule({ timing, enabled: false })] }],
  ['rule-off', { enabled: true, rules: [] }],
])('what was switched off meanwhile is not said again, and "why" tells: %s', async (reason, settings) => {
  const { docking, card } = await planned({ timing });
  await store.reminders.save(docking.id, 1, settings, 'test');
  for (const kind of ['repeat', 'escalate', 'unread'] as const) {
    expect(await planFollowUp(store, card, kind, 1, NIGHT)).toEqual({ over: true, deliveryIds: [] });
  }
  const record = await store.events.get(docking.id, card.eventIds[0] ?? '');
  expect(record?.receivers.filter(({ suppressedBy }) => suppressedBy === reason)).toHaveLength(3);
});

test.each([
  ['closed', { statusType: 'closed' }],
  ['solved', { statusType: 'solved' }],
  ['given to somebody else', { assigneeId: 'a2' }],
] as const)(
  'a ticket that was %s meanwhile needs no follow-up, and its workflow is told',
  async (_what, change) => {
    const { docking, card } = await planned({ timing });
    const later = ticketEvent(
      { version: 2, ...change },
      { type: 'ticket.status_changed', changes: [{ field: 'assigneeId', from: 'a1', to: 'a2' }] },
    );
    const taken = await intake.take(docking, later, 'api');
    expect(taken).toMatchObject({ handOver: true, deliveryIds: [] });
    expect(taken.settles).toMatch(/closed|reassigned/);
    expect(await planFollowUp(store, card, 'repeat', 1, NIGHT)).toEqual({ over: true, deliveryIds: [] });
  },
);

test.each(['escalate', 'unread'] as const)(
  'a ticket that was given to somebody else is not pursued further either: %s',
  async (kind) => {
    const { docking, card } = await planned({ timing });
    await intake.take(docking, ticketEvent({ version: 2, assigneeId: 'a2' }), 'api');
    expect(await planFollowUp(store, card, kind, 1, NIGHT)).toEqual({ over: true, deliveryIds: [] });
  },
);

describe('a group that was asked for a ticket', () => {
  const asked = async () => {
    const desk = await openDesk(store, ['ou_1', 'ou_2']);
    await setRules(store, desk.docking.id, [
      rule({
        triggers: ['ticket.created'],
        conditions: { all: [{ fact: 'ticket.title', operator: 'isNotEmpty', value: true }] },
        receivers: [{ role: 'group-members' }],
        timing,
      }),
    ]);
    const created = ticketEvent({ version: 1, assigneeId: null }, { type: 'ticket.created' });
    const { deliveryIds } = await intake.take(desk.docking, created, 'api');
    const [card] = await store.deliveries.getMany(deliveryIds);
    if (!card) throw new Error('no card was planned');
    return { ...desk, card };
  };

  test.each([
    ['somebody has it', { assigneeId: 'a2' }],
    ['another group has it', { assigneeId: null, groupId: 'g2' }],
  ])('is asked no more once %s', async (_what, change) => {
    const { docking, card } = await asked();
    expect((await planFollowUp(store, card, 'repeat', 1, NIGHT)).over).toBe(false);
    const moved = ticketEvent({ version: 2, ...change }, { type: 'ticket.assigned_group' });
    await intake.take(docking, moved, 'api');
    expect(await planFollowUp(store, card, 'repeat', 2, NIGHT)).toEqual({ over: true, deliveryIds: [] });
    expect(await planFollowUp(store, card, 'escalate', 1, NIGHT)).toMatchObject({ over: true });
  });
});

describe('a card about a due time', () => {
  const HOUR = 3_600_000;
  const due = (hours: number): string => new Date(NIGHT.getTime() + hours * HOUR).toISOString();
  const warned = async (ticket: object, metric: string) => {
    const desk = await openDesk(store, ['ou_1', 'ou_2']);
    await setRules(store, desk.docking.id, [
      rule({ triggers: ['ticket.sla_warning'], urgency: 'urgent', timing }),
    ]);
    const warning = ticketEvent(
      { version: 1, ...ticket },
      { type: 'ticket.sla_warning', sla: { metric, dueAt: due(1), state: 'warning' } },
    );
    const { deliveryIds } = await intake.take(desk.docking, warning, 'api');
    const [card] = await store.deliveries.getMany(deliveryIds);
    if (!card) throw new Error('no card was planned');
    const becomes = (change: object) =>
      intake.take(
        desk.docking,
        ticketEvent({ version: 2, ...ticket, ...change }, { type: 'ticket.field_changed' }),
        'api',
      );
    return { card, becomes };
  };

  test.each([
    ['the due time was put off', { dueAt: due(1) }, 'solution', { dueAt: due(30) }],
    ['there is no due time any more', { dueAt: due(1) }, 'solution', { dueAt: null }],
    [
      'the first response was given',
      { firstResponseDueAt: due(1) },
      'first_response',
      { statusType: 'in_progress' },
    ],
  ])('is not said again once %s', async (_what, ticket, metric, change) => {
    const { card, becomes } = await warned(ticket, metric);
    expect((await planFollowUp(store, card, 'repeat', 1, NIGHT)).over).toBe(false);
    await becomes(change);
    for (const kind of ['repeat', 'escalate', 'unread'] as const) {
      expect(await planFollowUp(store, card, kind, 2, NIGHT)).toEqual({ over: true, deliveryIds: [] });
    }
  });

  test('is said again while it is still due, also by a ticket system that tells no due times', async () => {
    const still = await warned({ dueAt: due(1) }, 'solution');
    await still.becomes({ title: 'Printer again' });
    expect((await planFollowUp(store, still.card, 'repeat', 1, NIGHT)).deliveryIds).toHaveLength(1);
    const untold = await warned({}, 'next_response');
    await untold.becomes({ title: 'Printer again' });
    expect((await planFollowUp(store, untold.card, 'repeat', 1, NIGHT)).deliveryIds).toHaveLength(1);
  });
});

test('the close of a ticket that nobody follows up and nobody has a card of stays silent', async () => {
  const { docking, card } = await planned();
  await store.deliveries.settle(card.id, { state: 'failed', reason: 'employee-left' });
  const close = ticketEvent({ version: 2, statusType: 'closed' }, { type: 'ticket.closed' });
  expect(await intake.take(docking, close, 'api')).toMatchObject({ handOver: false });
});
