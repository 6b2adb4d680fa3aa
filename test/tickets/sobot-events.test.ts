import type { Hydrated, TicketEvent, TicketHint, TicketSnapshot, TicketSystem } from '../../tickets';
import { startCompany, type Company } from './company';

let company: Company;
let system: TicketSystem;
beforeAll(async () => {
  company = await startCompany();
});
afterAll(() => company.close());
beforeEach(async () => {
  company.reset();
  await company.control('PATCH', '/ticket-systems/sobot', { pushUrl: company.pushUrl });
  system = company.sobotSystem({ liveSince: new Date(company.clock.now() - 60_000).toISOString() });
});

const act = (ticketId: string, body: object): Promise<unknown> =>
  company.control('POST', `/tickets/${ticketId}/act`, body);
const newTicket = async (body: object = {}): Promise<string> =>
  (await company.control<{ ticketId: string }>('POST', '/tickets?system=sobot', body)).ticketId;

function agentsOfGroup(): { agentId: string; name: string; groupIds: string[] }[] {
  return [...(company.simulator.world.systems.get('sobot')?.agents.values() ?? [])].filter(
    (agent) => agent.status === 'active',
  );
}

/** Acts, a second later, and hydrates what was pushed. */
async function told(ticketId: string, body: object, previous: TicketSnapshot | null): Promise<Hydrated> {
  company.simulator.world.clock.advance(2);
  const before = company.pushes.length;
  await act(ticketId, body);
  const pushes = await company.arrived(before + 1);
  const [hint] = system.parsePush(pushes[before]?.body ?? '', {});
  if (!hint) throw new Error('the push held no ticket');
  return system.hydrate(hint, previous);
}

/** A ticket that is new, assigned and already known. */
async function knownTicket(): Promise<{ ticketId: string; snapshot: TicketSnapshot }> {
  const before = company.pushes.length;
  const ticketId = await newTicket({ agentId: agentsOfGroup()[0]?.agentId });
  // Its own push must not be taken for that of what is done to it next.
  await company.arrived(before + 1);
  const { snapshot } = await system.hydrate({ ticketId, source: 'poll' }, null);
  return { ticketId, snapshot };
}

const types = ({ events }: Hydrated): string[] => events.map((event) => event.type);

test('a new ticket with an owner is created and assigned, in one cause', async () => {
  const owner = agentsOfGroup()[0];
  const ticketId = await newTicket({ agentId: owner?.agentId, priority: 'urgent', title: 'Server down' });
  const pushes = await company.arrived(1);
  const [hint] = system.parsePush(pushes[0]?.body ?? '', {});
  const hydrated = await system.hydrate(hint as TicketHint, null);
  expect(types(hydrated)).toEqual(['ticket.created', 'ticket.assigned_agent', 'ticket.assigned_group']);
  expect(hydrated.events[1]?.ticket).toMatchObject({
    id: ticketId,
    title: 'Server down',
    priority: 'urgent',
    statusType: 'new',
    assigneeId: owner?.agentId,
    source: 'mail',
    dueAt: expect.stringMatching(/Z$/) as string,
  });
  expect(hydrated.events[0]?.actor.type).toBe('customer');
  expect(new Set(hydrated.events.map((event) => event.causeId)).size).toBe(1);
});

test.each([
  ['solve', { action: 'solve' }, ['ticket.solved']],
  ['close', { action: 'close' }, ['ticket.closed']],
  ['delete', { action: 'delete' }, ['ticket.deleted']],
  ['priority', { action: 'set_priority', priority: 'high' }, ['ticket.priority_changed']],
  ['waiting status', { action: 'set_status', status: '101' }, ['ticket.status_changed']],
  ['accepting', { action: 'claim' }, ['ticket.accepted', 'ticket.status_changed']],
  ['category', { action: 'category', category: 'Billing/Invoice' }, ['ticket.category_changed']],
  ['field', { action: 'field', field: 'Amount', value: '1200' }, ['ticket.field_changed']],
  ['title', { action: 'title', text: 'Another title' }, ['ticket.field_changed']],
  ['unassigning', { action: 'unassign' }, ['ticket.unassigned']],
  ['rating', { action: 'rate', score: 2, text: 'slow' }, ['ticket.rated']],
  ['note', { action: 'note', text: 'look here' }, ['ticket.note_added']],
  ['urge', { action: 'urge', text: 'hurry' }, ['ticket.urged']],
  ['due times', { action: 'sla', dueInSeconds: 60 }, ['ticket.field_changed']],
])('one action, told by its push: %s', async (_what, body, expected) => {
  const { ticketId, snapshot } = await knownTicket();
  expect(types(await told(ticketId, body, snapshot))).toEqual(expected);
});

test('a late look tells the assignment of a new ticket and the reply that came since apart', async () => {
  const owner = agentsOfGroup()[0];
  const ticketId = await newTicket({ agentId: owner?.agentId });
  company.simulator.world.clock.advance(2);
  await act(ticketId, { action: 'reply', as: 'customer', text: 'Any news?' });
  const { events } = await system.hydrate({ ticketId, source: 'poll' }, null);
  const of = (type: string) => events.find((event) => event.type === type);
  expect(of('ticket.assigned_agent')?.causeId).toBe(of('ticket.created')?.causeId);
  expect(of('ticket.assigned_agent')?.occurredAt).toBe(of('ticket.created')?.occurredAt);
  expect(of('ticket.replied_by_customer')?.causeId).not.toBe(of('ticket.created')?.causeId);
});

test('a late look at a ticket that was given away and answered since takes neither for the other', async () => {
  const { ticketId, snapshot } = await knownTicket();
  company.simulator.world.clock.advance(2);
  await act(ticketId, { action: 'assign', toAgentId: agentsOfGroup()[1]?.agentId });
  await act(ticketId, { action: 'reply', as: 'customer', text: 'Any news?' });
  const { events } = await system.hydrate({ ticketId, source: 'poll' }, snapshot);
  const assigned = events.find((event) => event.type === 'ticket.assigned_agent');
  const replied = events.find((event) => event.type === 'ticket.replied_by_customer');
  expect(assigned?.actor.type).not.toBe('customer');
  expect(assigned?.causeId).not.toBe(replied?.causeId);
});

test('a due time that moves is told from when to when; a late push does not move it back', async () => {
  const { ticketId, snapshot } = await knownTicket();
  const first = await told(ticketId, { action: 'sla', metric: 'solution', dueInSeconds: 600 }, snapshot);
  const before = first.snapshot.ticket.dueAt;
  const moved = await told(ticketId, { action: 'sla', metric: 'solution', dueInSeconds: 60 }, first.snapshot);
  const after = moved.snapshot.ticket.dueAt;
  expect(Date.parse(before ?? '') - Date.parse(after ?? '')).toBeGreaterThan(500_000);
  expect(moved.events[0]?.changes).toContainEqual({ field: 'dueAt', from: before, to: after });
  const late: TicketHint = {
    ticketId,
    source: 'push',
    updatedAt: new Date(Date.parse(moved.snapshot.ticket.updatedAt ?? '') - 5000).toISOString(),
    sla: { dueAt: before ?? '' },
  };
  const again = await system.hydrate(late, moved.snapshot);
  expect(again.events).toEqual([]);
  expect(again.snapshot.ticket.dueAt).toBe(after);
});

test('an assignment says from whom to whom and who did it', async () => {
  const { ticketId, snapshot } = await knownTicket();
  const [first, second, third] = agentsOfGroup();
  const hydrated = await told(
    ticketId,
    { action: 'assign', toAgentId: second?.agentId, by: third?.agentId },
    snapshot,
  );
  const assigned = hydrated.events.find((event) => event.type === 'ticket.assigned_agent') as TicketEvent;
  expect(assigned.actor).toMatchObject({ type: 'agent', id: third?.agentId, name: third?.name });
  expect(assigned.changes).toContainEqual({
    field: 'assigneeId',
    from: first?.agentId,
    to: second?.agentId,
  });
  expect(assigned.ticket).toMatchObject({ assigneeId: second?.agentId, previousAssigneeId: first?.agentId });
});

test("a customer's reply after the solution reopens the ticket, in one cause, with the text", async () => {
  const { ticketId, snapshot } = await knownTicket();
  const solved = await told(ticketId, { action: 'solve' }, snapshot);
  const hydrated = await told(
    ticketId,
    { action: 'reply', as: 'customer', text: 'Still <broken>' },
    solved.snapshot,
  );
  expect(types(hydrated).sort()).toEqual(['ticket.reopened', 'ticket.replied_by_customer']);
  const reply = hydrated.events.find((event) => event.type === 'ticket.replied_by_customer');
  expect(reply?.reply).toMatchObject({ public: true });
  expect(reply?.actor).toMatchObject({ type: 'customer', id: hydrated.snapshot.ticket.customer?.id });
  expect(new Set(hydrated.events.map((event) => event.causeId)).size).toBe(1);
  expect(hydrated.snapshot.ticket).toMatchObject({ statusType: 'in_progress', reopenCount: 1 });
});

test('push, poll and the list of missed pushes make the same events', async () => {
  const { ticketId, snapshot } = await knownTicket();
  company.answer = { status: 500, body: 'down' };
  company.simulator.world.clock.advance(2);
  const mark = new Date(company.clock.now()).toISOString();
  await act(ticketId, { action: 'urge', text: 'hurry' });
  await company.arrived(2);
  const [pushed] = system.parsePush(company.pushes[1]?.body ?? '', {});
  const polled = (await system.listChangedTickets(mark)).hints.find((hint) => hint.ticketId === ticketId);
  const missed = (await system.listMissedPushes(mark)).hints.find((hint) => hint.urge);
  const ids = [];
  for (const hint of [pushed, polled, missed]) {
    if (!hint) throw new Error('a way did not tell the change');
    const { events } = await system.hydrate(hint, snapshot);
    ids.push(events.map((event) => `${event.type} ${event.eventId}`));
  }
  expect(ids[0]).toHaveLength(1);
  expect(ids[1]).toEqual(ids[0]);
  expect(ids[2]).toEqual(ids[0]);
});

test('the same push twice tells nothing the second time', async () => {
  const { ticketId, snapshot } = await knownTicket();
  const first = await told(ticketId, { action: 'urge' }, snapshot);
  const [hint] = system.parsePush(company.pushes.at(-1)?.body ?? '', {});
  const second = await system.hydrate(hint as TicketHint, first.snapshot);
  expect(second.events).toEqual([]);
});

test('a forged urge is not believed', async () => {
  const { ticketId, snapshot } = await knownTicket();
  const forged = JSON.stringify([
    { ticketid: ticketId, ticket_code: 'x', is_reminder: '1', reminder_remark: 'pay!' },
  ]);
  const [hint] = system.parsePush(forged, {});
  expect((await system.hydrate(hint as TicketHint, snapshot)).events).toEqual([]);
});

test('a ticket older than the docking is learnt silently, but its urge is told', async () => {
  const old = company.sobot.ticketIds[0] ?? '';
  const first = await system.hydrate({ ticketId: old, source: 'poll' }, null);
  expect(first.events).toEqual([]);
  const hydrated = await told(old, { action: 'urge', text: 'please' }, null);
  expect(types(hydrated)).toEqual(['ticket.urged']);
  expect(hydrated.events[0]?.urge?.remark).toBe('please');
});

test.each(['wrapper', 'flat', 'bare'])('a push in the shape "%s" is understood', async (pushFormat) => {
  await company.control('PATCH', '/ticket-systems/sobot', { pushFormat });
  const ticketId = await newTicket();
  const pushes = await company.arrived(1);
  expect(system.parsePush(pushes[0]?.body ?? '', {})).toMatchObject([{ ticketId, source: 'push' }]);
});

test('pushes of other kinds are nothing, and unreadable ones are refused', () => {
  expect(system.parsePush('{"sys_code":"4","type":"chat","content":[]}', {})).toEqual([]);
  for (const body of ['no json', '7', '{"type":"ticket"}']) {
    expect(() => system.parsePush(body, {})).toThrow(
      expect.objectContaining({ code: 'push-malformed' }) as Error,
    );
  }
});

test('the secret in the push address is checked, and two are valid while it changes', async () => {
  await newTicket();
  const pushes = await company.arrived(1);
  const { body = '', query = {} } = pushes[0] ?? {};
  const guarded = company.sobotSystem({ webhookSecret: ['newer', 'hush'] });
  expect(guarded.parsePush(body, {}, { query })).toHaveLength(1);
  for (const wrong of [{}, { access_token: 'hus' }, { access_token: 'hush2' }]) {
    expect(() => guarded.parsePush(body, {}, { query: wrong })).toThrow(
      expect.objectContaining({ code: 'push-refused' }) as Error,
    );
  }
});

test('our acknowledgement is what Sobot counts as delivered', async () => {
  company.answer = { status: 200, body: JSON.stringify(system.pushAcknowledgement()) };
  await newTicket();
  await company.arrived(1);
  const { items } = await company.control<{ items: { acknowledged: boolean }[] }>('GET', '/pushes');
  expect(items).toMatchObject([{ acknowledged: true }]);
});

test('times of another region are read in its own zone', async () => {
  await company.control('PATCH', '/ticket-systems/sobot', { timezone: 'America/Los_Angeles' });
  const ticketId = await newTicket();
  const american = company.sobotSystem({ timezone: 'America/Los_Angeles' });
  const { createdAt } = await american.getTicket(ticketId);
  expect(Math.abs(Date.parse(createdAt ?? '') - company.clock.now())).toBeLessThan(60_000);
});

test('a number field is a number and a choice shows its text', async () => {
  const { ticketId } = await knownTicket();
  const region = company.simulator.world.systems
    .get('sobot')
    ?.fields.find((field) => field.name === 'Region');
  await act(ticketId, { action: 'field', field: 'Amount', value: '1200.5' });
  await act(ticketId, { action: 'field', field: 'Region', value: region?.options[0]?.value });
  expect((await system.getTicket(ticketId)).customFields).toEqual({ Amount: 1200.5, Region: 'North' });
});

test('polling finds every changed ticket once, over months and many pages', async () => {
  const since = new Date(company.clock.now() - 70 * 86_400_000).toISOString();
  for (let i = 0; i < 60; i++) await newTicket();
  const { hints, nextSince } = await system.listChangedTickets(since);
  expect(hints).toHaveLength(company.sobot.ticketIds.length + 60);
  expect(new Set(hints.map((hint) => hint.ticketId)).size).toBe(hints.length);
  expect(Date.parse(nextSince)).toBeGreaterThan(Date.parse(since));
});
