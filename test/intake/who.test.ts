import { createIntake, type Intake } from '../../intake';
import type { ReceiverSpec } from '../../rules';
import type { Store } from '../../store';
import type { TicketEvent } from '../../tickets';
import { openTestStore, type TestStore } from '../store/fixture';
import { openDesk, rule, setRules, ticketEvent, type Desk } from './desk';

let opened: TestStore;
let store: Store;
let intake: Intake;
beforeAll(async () => {
  opened = await openTestStore();
  ({ store } = opened);
  intake = createIntake(store, () => new Date());
});
afterAll(() => opened?.end());

/** Agents who get a card, and why the others get none. */
async function judged({ docking }: Desk, event: TicketEvent): Promise<{ told: string[]; not: string[] }> {
  const current = await store.dockings.require(docking.id);
  await intake.take(current, event, 'api');
  const record = await store.events.get(docking.id, event.eventId);
  const receivers = record?.receivers ?? [];
  return {
    told: receivers.flatMap(({ deliveryId, agentId }) => (deliveryId ? (agentId ?? '?') : [])).sort(),
    not: receivers.flatMap(({ suppressedBy, agentId }) =>
      suppressedBy ? `${agentId ?? '-'}: ${suppressedBy}` : [],
    ),
  };
}

async function deskWith(receivers: ReceiverSpec[], people = ['ou_1', 'ou_2', 'ou_3']): Promise<Desk> {
  const desk = await openDesk(store, people);
  await setRules(store, desk.docking.id, [rule({ receivers })]);
  return desk;
}

describe('receivers', () => {
  const roles: [ReceiverSpec, Parameters<typeof ticketEvent>, string[]][] = [
    [{ role: 'assignee' }, [{ assigneeId: 'a2' }], ['a2']],
    [{ role: 'previous-assignee' }, [{ previousAssigneeId: 'a3' }], ['a3']],
    [
      { role: 'previous-assignee' },
      [{}, { changes: [{ field: 'assigneeId', from: 'a2', to: 'a1' }] }],
      ['a2'],
    ],
    [{ role: 'group-members' }, [{ groupId: 'g1' }], ['a1', 'a2', 'a3']],
    [{ role: 'creator' }, [{ creator: { type: 'agent', id: 'a3' } }], ['a3']],
    [{ role: 'followers' }, [{ followerIds: ['a1', 'a3'] }], ['a1', 'a3']],
    [{ role: 'cc' }, [{ ccAgentIds: ['a2', 'a2'] }], ['a2']],
    [{ role: 'mentioned' }, [{}, { reply: { mentionedAgentIds: ['a3'], attachments: [] } }], ['a3']],
    [{ role: 'agents', agentIds: ['a1', 'a2'] }, [{}], ['a1', 'a2']],
    [{ role: 'group-lead', agentIds: ['a2'] }, [{}], ['a2']],
  ];
  test.each(roles)('%j are the agents that the ticket names', async (spec, event, expected) => {
    expect(await judged(await deskWith([spec]), ticketEvent(...event))).toEqual({ told: expected, not: [] });
  });

  test('that the ticket does not name come from the docking: lead of the group, watchers of the category, duty', async () => {
    const desk = await deskWith([{ role: 'group-lead' }, { role: 'watchers' }, { role: 'fallback' }]);
    await store.dockings.patch(desk.docking.id, {
      notification: {
        groupLeads: { g1: 'a2', 'other.group$': 'a3' },
        groupChats: {},
        watchers: [
          { categoryPrefix: 'After-sales/', agentIds: ['a1'] },
          { categoryPrefix: 'After', agentIds: ['a3'] },
        ],
        duty: { agentId: 'a3' },
        fallbackWebhook: null,
      },
    });
    const told = async (ticket: Parameters<typeof ticketEvent>[0]) =>
      (await judged(desk, ticketEvent(ticket))).told;
    expect(await told({ groupId: 'g1', categoryPath: 'After-sales/Refund' })).toEqual(['a1', 'a2', 'a3']);
    expect(await told({ groupId: 'g2', categoryPath: 'After-sales-old' })).toEqual(['a3']);
    expect(await told({ groupId: 'other.group$', categoryPath: 'After' })).toEqual(['a3']);
    expect(await judged(desk, ticketEvent({ groupId: 'toString', categoryPath: null }))).toEqual({
      told: ['a3'],
      not: ['-: no-receiver', '-: no-receiver'],
    });
  });

  test('of several roles and rules are united: one card per person, naming all its rules', async () => {
    const desk = await openDesk(store, ['ou_1', 'ou_2']);
    await setRules(store, desk.docking.id, [
      rule({ receivers: [{ role: 'assignee' }, { role: 'group-members' }] }),
      rule({ id: 'r2', urgency: 'urgent', receivers: [{ role: 'assignee' }] }),
    ]);
    expect(await judged(desk, ticketEvent())).toEqual({ told: ['a1', 'a2'], not: [] });
    const { items } = await store.deliveries.list(desk.docking.id, { limit: 10 });
    expect(items.find(({ agentId }) => agentId === 'a1')).toMatchObject({
      ruleIds: ['r1', 'r2'],
      urgency: 'urgent',
    });
    expect(items.find(({ agentId }) => agentId === 'a2')).toMatchObject({ urgency: 'routine' });
  });

  test('nobody for the role is a reason of its own', async () => {
    const desk = await deskWith([{ role: 'previous-assignee' }]);
    expect(await judged(desk, ticketEvent())).toEqual({ told: [], not: ['-: no-receiver'] });
  });
});

describe('gates', () => {
  test('the one who did it is never told', async () => {
    const desk = await deskWith([{ role: 'group-members' }]);
    const event = ticketEvent({}, { actor: { type: 'agent', id: 'a2' } });
    expect(await judged(desk, event)).toEqual({ told: ['a1', 'a3'], not: ['a2: actor'] });
  });

  test('a customer who happens to have an agent’s id is not the agent', async () => {
    const desk = await deskWith([{ role: 'assignee' }]);
    const event = ticketEvent({}, { actor: { type: 'customer', id: 'a1' } });
    expect(await judged(desk, event)).toEqual({ told: ['a1'], not: [] });
  });

  test('who was deleted in the ticket system is not told, whoever is bound to them', async () => {
    const desk = await deskWith([{ role: 'assignee' }]);
    const { id } = desk.docking;
    const a2 = await store.agents.get(id, 'a2');
    if (!a2 || a2.state === 'deleted') throw new Error('a2 is missing');
    await store.agents.replaceAll(id, [{ ...a2, state: a2.state }], new Date(Date.now() + 1000));
    expect(await judged(desk, ticketEvent())).toEqual({ told: [], not: ['a1: agent-inactive'] });
  });

  test('each has its reason, the first that shuts decides', async () => {
    const desk = await deskWith(
      [{ role: 'agents', agentIds: ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'nobody'] }],
      ['ou_1', 'ou_2', 'ou_3', 'ou_4', 'ou_5', 'ou_6', 'ou_7'],
    );
    const { id } = desk.docking;
    const a2 = await store.agents.get(id, 'a2');
    if (!a2) throw new Error('a2 is missing');
    await store.agents.put(id, { ...a2, state: 'disabled' });
    await store.bindings.suspend(id, 'ou_2', 'test');
    await store.bindings.suspend(id, 'ou_3', 'test');
    await store.employees.markLeft(id, ['ou_4']);
    const employees = await store.employees.getMany(id, ['ou_5', 'ou_6']);
    await store.employees.bulkApply(
      id,
      employees.map(({ dockingId: _d, updatedAt: _u, inAvailability: _a, ...rest }) => ({
        ...rest,
        state: rest.employeeId === 'ou_5' ? ('frozen' as const) : ('not-activated' as const),
      })),
    );
    await store.employees.setAvailability(id, ['ou_7'], false);
    expect(await judged(desk, ticketEvent())).toEqual({
      told: ['a1'],
      not: [
        'a2: agent-inactive',
        'a3: binding-suspended',
        'a4: employee-left',
        'a5: employee-frozen',
        'a6: employee-not-activated',
        'a7: out-of-availability',
        'nobody: unbound',
      ],
    });
  });

  test('a docking or its reminders switched off tell nobody, and the why says so', async () => {
    const desk = await deskWith([{ role: 'assignee' }]);
    const { id } = desk.docking;
    await store.dockings.setState(id, 'disabled');
    expect((await judged(desk, ticketEvent())).not).toEqual(['-: docking-off']);
    await store.dockings.setState(id, 'live');
    const settings = await store.reminders.get(id);
    await store.reminders.save(id, settings.version, { enabled: false, rules: settings.rules }, 'test');
    expect((await judged(desk, ticketEvent())).not).toEqual(['-: reminders-off']);
  });

  test('a docking that the platform paused still plans its cards, so that nothing is lost', async () => {
    const desk = await deskWith([{ role: 'assignee' }]);
    await store.dockings.setState(desk.docking.id, 'paused', { pausedReason: 'feishu:99991672' });
    expect((await judged(desk, ticketEvent())).told).toEqual(['a1']);
  });

  test('a rule that is switched off tells nobody', async () => {
    const desk = await openDesk(store, ['ou_1']);
    await setRules(store, desk.docking.id, [rule({ enabled: false })]);
    expect(await judged(desk, ticketEvent())).toEqual({ told: [], not: [] });
  });
});

describe('an event that comes late', () => {
  test('does not tell somebody who has the role no more', async () => {
    const desk = await deskWith([{ role: 'assignee' }, { role: 'followers' }]);
    await judged(desk, ticketEvent({ assigneeId: 'a2', version: 7, followerIds: ['a3'] }));
    const late = ticketEvent({ assigneeId: 'a1', version: 6, followerIds: ['a3'] });
    expect(await judged(desk, late)).toEqual({ told: ['a3'], not: ['a1: stale'] });
    expect((await store.events.get(desk.docking.id, late.eventId))?.stale).toBe(true);
  });

  test('does not undo what is known of the ticket', async () => {
    const desk = await deskWith([{ role: 'assignee' }]);
    await judged(desk, ticketEvent({ version: 10, title: 'new' }));
    await judged(desk, ticketEvent({ version: 9, title: 'old' }));
    expect((await store.tickets.get(desk.docking.id, 't1'))?.snapshot).toMatchObject({ title: 'new' });
  });
});
