import type { TicketAction, TicketSystem, TicketSystemWarning } from '../../tickets';
import { startCompany, type Company } from './company';

let company: Company;
let system: TicketSystem;
let ticketId: string;
let agents: { agentId: string; name: string; groupIds: string[] }[];
beforeAll(async () => {
  company = await startCompany();
});
afterAll(() => company.close());
beforeEach(async () => {
  company.reset();
  system = company.sobotSystem();
  const all = company.simulator.world.systems.get('sobot')?.agents.values() ?? [];
  agents = [...all].filter((agent) => agent.status === 'active');
  ticketId = await newTicket();
});

const newTicket = async (body: object = {}): Promise<string> =>
  (await company.control<{ ticketId: string }>('POST', '/tickets?system=sobot', body)).ticketId;
const inside = () => {
  const ticket = company.simulator.world.systems.get('sobot')?.tickets.get(ticketId);
  if (!ticket) throw new Error('no ticket');
  return ticket;
};
const me = (): string => agents[0]?.agentId ?? '';
const other = (): string => agents[1]?.agentId ?? '';
const act = (action: Omit<TicketAction, 'actorAgentId'>) =>
  system.act('key-1', ticketId, { actorAgentId: me(), ...action });

async function writes(): Promise<number> {
  const { routes } = await company.control<{ routes: { route: string; count: number }[] }>('GET', '/calls');
  return routes.find((route) => route.route.endsWith('save_ticket_reply'))?.count ?? 0;
}

test('claiming takes the ticket, accepts it and moves it to a group of mine', async () => {
  const result = await act({ kind: 'claim' });
  expect(result).toMatchObject({ state: 'done', ticket: { assigneeId: me(), statusType: 'in_progress' } });
  expect(agents[0]?.groupIds).toContain(inside().groupId);
});

test('claiming leaves the ticket in its group when I am a member', async () => {
  const mine = agents[0]?.groupIds ?? [];
  const groups = (await system.listGroups()).filter(({ kind }) => kind === 'ticket');
  const group = groups.findLast(({ groupId }) => mine.includes(groupId))?.groupId ?? '';
  ticketId = await newTicket({ groupId: group });
  expect(await act({ kind: 'claim' })).toMatchObject({ state: 'done', ticket: { groupId: group } });
});

test('claiming what somebody else holds is refused unless forced', async () => {
  await system.act('key-0', ticketId, { kind: 'claim', actorAgentId: other() });
  expect(await act({ kind: 'claim' })).toMatchObject({ state: 'refused', code: 'stale' });
  expect(inside().agentId).toBe(other());
  expect(await act({ kind: 'claim', force: true })).toMatchObject({ state: 'done' });
  expect(inside().agentId).toBe(me());
});

test.each<[string, Omit<TicketAction, 'actorAgentId'>, object]>([
  ['solve', { kind: 'solve' }, { statusType: 'solved' }],
  ['close', { kind: 'close' }, { statusType: 'closed' }],
  ['set_status', { kind: 'set_status', status: '101' }, { statusType: 'waiting' }],
  ['set_priority', { kind: 'set_priority', priority: 'urgent' }, { priority: 'urgent' }],
])('%s changes just that and is done', async (_kind, action, expected) => {
  const before = { ...inside() };
  expect(await act(action)).toMatchObject({ state: 'done', ticket: expected });
  const { title, content, agentId, groupId } = inside();
  expect({ title, content, agentId, groupId }).toEqual({
    title: before.title,
    content: before.content,
    agentId: before.agentId,
    groupId: before.groupId,
  });
});

test('assigning and unassigning', async () => {
  expect(await act({ kind: 'assign', toAgentId: other() })).toMatchObject({
    state: 'done',
    ticket: { assigneeId: other() },
  });
  expect(await act({ kind: 'unassign' })).toMatchObject({ state: 'done', ticket: { assigneeId: null } });
});

test('assigning to a group the agent is not in is refused with the code of Sobot', async () => {
  const groups = await system.listGroups();
  const foreign = groups.find(
    (group) => group.kind === 'ticket' && !agents[1]?.groupIds.includes(group.groupId),
  );
  const result = await act({ kind: 'assign', toAgentId: other(), toGroupId: foreign?.groupId ?? '' });
  expect(result).toMatchObject({ state: 'refused', code: 'invalid', platformCode: '400013' });
});

test('a reply and a note arrive as text, never as markup', async () => {
  expect(await act({ kind: 'reply', text: 'Use <b>this</b> & wait' })).toMatchObject({ state: 'done' });
  expect(await act({ kind: 'note', text: 'internal' })).toMatchObject({ state: 'done' });
  const replies = inside().replies.map((reply) => [reply.text, reply.public, reply.by.id]);
  expect(replies).toEqual([
    ['Use &lt;b&gt;this&lt;/b&gt; &amp; wait', true, me()],
    ['internal', false, me()],
  ]);
});

test('the same reply again, asked for once, is not written twice', async () => {
  const requestedAt = new Date(company.clock.now()).toISOString();
  for (let i = 0; i < 2; i++) {
    expect(await act({ kind: 'reply', text: 'Done & dusted', requestedAt })).toMatchObject({ state: 'done' });
  }
  expect(inside().replies).toHaveLength(1);
});

test('what already is so needs no write', async () => {
  await act({ kind: 'solve' });
  const before = await writes();
  expect(await act({ kind: 'solve' })).toMatchObject({ state: 'done' });
  expect(await writes()).toBe(before);
});

test('a ticket that changed in this very second is read again in the next', async () => {
  await company.control('POST', `/tickets/${ticketId}/act`, { action: 'set_priority', priority: 'high' });
  expect(await act({ kind: 'solve' })).toMatchObject({ state: 'done', ticket: { priority: 'high' } });
  expect(await writes()).toBe(1);
});

test('a write that somebody overtook is decided anew on the newer ticket', async () => {
  company.simulator.world.clock.advance(5);
  await company.control('POST', '/faults', {
    method: 'POST',
    path: '*/save_ticket_reply',
    effect: 'code',
    code: '400016',
    times: 2,
  });
  expect(await act({ kind: 'solve' })).toMatchObject({ state: 'done' });
  expect(await writes()).toBe(3);
});

test('a wrong zone shows as stale without a change, and is reported', async () => {
  const warnings: TicketSystemWarning[] = [];
  system = company.sobotSystem({ timezone: 'UTC' }, { onWarning: (warning) => warnings.push(warning) });
  expect(await act({ kind: 'solve' })).toMatchObject({ state: 'refused', code: 'stale' });
  expect(warnings).toContain('clock-zone-mismatch');
});

test('a flow ticket that takes the write and ignores it is "not supported", not success', async () => {
  ticketId = await newTicket({ flow: true });
  expect(await act({ kind: 'claim' })).toMatchObject({ state: 'refused', code: 'unsupported' });
  expect(inside().agentId).toBe('');
});

test('a closed ticket says so', async () => {
  await act({ kind: 'close' });
  expect(await act({ kind: 'reply', text: 'late' })).toMatchObject({
    state: 'refused',
    code: 'ticket-closed',
    platformCode: '400258',
  });
});

test('a ticket that does not exist is refused', async () => {
  ticketId = 'nowhere';
  expect(await act({ kind: 'solve' })).toMatchObject({ state: 'refused', code: 'not-found' });
});

test.each([
  ['the answer was lost after the effect', 'drop-answer'],
  ['the call was lost before the effect', 'reset'],
])('a reply is written exactly once when %s', async (_what, effect) => {
  company.simulator.world.clock.advance(5);
  await company.control('POST', '/faults', { method: 'POST', path: '*/save_ticket_reply', effect, times: 1 });
  expect(await act({ kind: 'reply', text: 'exactly once' })).toMatchObject({ state: 'done' });
  expect(inside().replies).toHaveLength(1);
});

test('a write that never gets through ends as unknown, for a person to look', async () => {
  await company.control('POST', '/faults', { method: 'POST', path: '*/save_ticket_reply', effect: 'reset' });
  expect(await act({ kind: 'reply', text: 'lost' })).toMatchObject({ state: 'unknown' });
  expect(await writes()).toBe(2);
});

test('an urge raises the counter, also when its answer is lost', async () => {
  expect(await act({ kind: 'urge', text: 'please' })).toMatchObject({
    state: 'done',
    ticket: { urgeCount: 1 },
  });
  await company.control('POST', '/faults', {
    method: 'POST',
    path: '*/reminder',
    effect: 'drop-answer',
    times: 1,
  });
  expect(await act({ kind: 'urge' })).toMatchObject({ state: 'done', ticket: { urgeCount: 2 } });
});

test('an action without what it needs is refused before any write', async () => {
  for (const action of [
    { kind: 'reply' },
    { kind: 'assign' },
    { kind: 'set_status', status: '4711' },
  ] as const) {
    expect(await act(action)).toMatchObject({ state: 'refused', code: 'invalid' });
  }
  expect(await writes()).toBe(0);
});
