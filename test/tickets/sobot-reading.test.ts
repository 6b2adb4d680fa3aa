import type { TicketSystem, TicketSystemErrorCode } from '../../tickets';
import { allAgents, type Company } from './company';
import { sobotCompany } from './sobot-company';

let company: Company;
let system: TicketSystem;
const { switched, newTicket, inside, activeAgents } = sobotCompany(
  (ground) => ({ company, system } = ground),
);

const STATUSES = '/api/ws/5/ticket/query_ticket_status_infos';
const broken = (fault: object) => company.control('POST', '/faults', { path: '*', times: 1, ...fault });

/** Everything that can be read, with nothing remembered. */
async function everything(): Promise<unknown> {
  const reader = company.sobotSystem();
  const since = new Date(company.clock.now() - 20 * 86_400_000).toISOString();
  return {
    capabilities: await reader.capabilities(),
    statuses: await reader.listStatuses(),
    groups: await reader.listGroups(),
    agents: await allAgents(reader),
    ticket: await reader.getTicket(company.sobot.ticketIds[1] ?? ''),
    changed: (await reader.listChangedTickets(since)).hints,
  };
}

test.each([
  [
    'text where numbers are usual, numbers where text is, and nothing where empty',
    { answerTypes: 'drifting' },
  ],
  ['codes in camelCase and lists under item', { answerEnvelope: 'camel' }],
])('answers with %s say the same, and what is written from them is taken', async (_what, switches) => {
  const usual = await everything();
  await switched(switches);
  expect(await everything()).toEqual(usual);
  const ticketId = await newTicket();
  const actorAgentId = activeAgents()[0]?.agentId ?? '';
  for (const kind of ['claim', 'solve'] as const) {
    expect(await system.act('key', ticketId, { kind, actorAgentId })).toMatchObject({ state: 'done' });
  }
});

test('refusals in camelCase are understood too', async () => {
  await switched({ answerEnvelope: 'camel' });
  await expect(system.getTicket('nowhere')).rejects.toMatchObject({
    code: 'not-found',
    platformCode: '400020',
  });
});

test('every call says its language and its zone, so a service that demands them answers', async () => {
  await switched({ headersRequired: true });
  expect(await system.listStatuses()).not.toHaveLength(0);
});

test('the body counts whatever the HTTP status says', async () => {
  await broken({ effect: 'status', status: 500, body: { ret_code: '000000', items: [] }, path: STATUSES });
  expect(await system.listStatuses()).toEqual([]);
  await broken({ effect: 'code', code: '400020', status: 404, path: '*/get_ticket_by_id' });
  await expect(system.getTicket('any')).rejects.toMatchObject({ code: 'not-found' });
});

test('success is 000000 and nothing else', async () => {
  for (const code of ['0', '200', '']) {
    await broken({
      effect: 'status',
      status: 200,
      body: { ret_code: code, items: [] },
      path: STATUSES,
      times: 3,
    });
    await expect(system.listStatuses()).rejects.toThrow();
    await company.control('DELETE', '/faults');
  }
});

test.each([
  ['a page', '<html>Unauthorized</html>'],
  ['a code of its own', { ret_code: '999999', ret_msg: 'unauthorized' }],
])('HTTP 401 with %s is a dead token: a new one is fetched and the call goes again', async (_what, body) => {
  await system.listStatuses();
  await broken({ effect: 'status', status: 401, body, path: STATUSES });
  expect(await system.listStatuses()).not.toHaveLength(0);
  const { routes } = await company.control<{ routes: { route: string; count: number }[] }>('GET', '/calls');
  expect(routes.find(({ route }) => route === '/api/get_token')?.count).toBe(2);
});

test.each<[string, TicketSystemErrorCode, string]>([
  ['700046', 'edition-without-api', 'never'],
  ['900003', 'credentials-refused', 'never'],
  ['900004', 'credentials-refused', 'never'],
  ['400016', 'stale', 'normal'],
  ['400020', 'not-found', 'never'],
  ['400258', 'ticket-closed', 'never'],
  ['400003', 'invalid', 'never'],
  ['400311', 'invalid', 'never'],
  ['400014', 'internal', 'normal'],
  ['999999', 'internal', 'normal'],
])('the code %s is "%s" and repeated: %s', async (retCode, code, retryClass) => {
  await broken({ effect: 'code', code: retCode, msg: 'Mr Wang, 13800000000', path: STATUSES, times: 9 });
  const failure: unknown = await system.listStatuses().catch((error: unknown) => error);
  expect(failure).toMatchObject({ code, retryClass, platformCode: retCode });
  expect(JSON.stringify(failure) + String(failure)).not.toContain('Wang');
});

test('a short page is not the last one: the page count decides', async () => {
  await switched({ agentPageMax: 20 });
  for (let i = 0; i < 40; i++) await company.control('POST', '/agents?system=sobot', { name: `Extra ${i}` });
  const pages = [];
  for await (const page of system.listAgents()) pages.push(page.agents.length);
  expect(pages.length).toBeGreaterThan(2);
  const all = await company.control<{ items: { status: string }[] }>('GET', '/agents?system=sobot&limit=200');
  const living = all.items.filter(({ status }) => status !== 'deleted');
  expect(pages.reduce((sum, length) => sum + length)).toBe(living.length);
});

test.each([
  ['not activated', 0],
  ['held by the platform', 2],
  ['in a state that nobody has heard of', 7],
])('an agent who is %s is listed as one who cannot work yet', async (_what, inactiveAgentNumber) => {
  await switched({ inactiveAgentNumber });
  const { agentId } = await company.control<{ agentId: string }>('POST', '/agents?system=sobot', {
    name: 'Early Bird',
    status: 'inactive',
  });
  expect(await system.findAgent({ id: agentId })).toMatchObject([{ state: 'inactive' }]);
});

test('a status means what its type says: the one named "waiting for a reply" waits for the agent', async () => {
  const statuses = await system.listStatuses();
  expect(statuses.find(({ code }) => code === '2')).toMatchObject({ name: '等待回复', type: 'in_progress' });
  expect(statuses.find(({ code }) => code === '101')).toMatchObject({ type: 'waiting' });
});

test('a deleted status is offered to nobody, and still says what the tickets in it mean', async () => {
  const ticketId = await newTicket();
  inside(ticketId).statusCode = '101';
  await switched({ deletedStatuses: ['101'] });
  expect((await system.listStatuses()).map(({ code }) => code)).not.toContain('101');
  expect(await system.getTicket(ticketId)).toMatchObject({ statusCode: '101', statusType: 'waiting' });
  const wish = { kind: 'set_status', status: '101', actorAgentId: activeAgents()[0]?.agentId ?? '' } as const;
  const other = await newTicket();
  expect(await system.act('key', other, wish)).toMatchObject({ state: 'refused', code: 'invalid' });
});

test.each([
  ['12', 'mail'],
  ['23', 'facebook'],
  ['17', 'wecom'],
  ['1005', 'tiktok'],
  ['4711', '4711'],
])('the source %s is %s; unknown numbers pass', async (number, source) => {
  const ticketId = await newTicket();
  inside(ticketId).source = number;
  expect((await system.getTicket(ticketId)).source).toBe(source);
});

test('a message without a title is called by its first words, not by a phone number', async () => {
  const ticketId = await newTicket({
    title: '客户留言-13800001111',
    content: '<p>Cannot <b>sign</b> in</p>',
  });
  expect((await system.getTicket(ticketId)).title).toBe('Cannot sign in');
});

test('a ticket has the link that the docking’s template makes of its id or its number', async () => {
  const ticketId = await newTicket();
  expect((await system.getTicket(ticketId)).url ?? null).toBeNull();
  const linked = company.sobotSystem({ ticketUrlTemplate: 'https://desk.example/t/{id}?no={code}' });
  const { url, code } = await linked.getTicket(ticketId);
  expect(url).toBe(`https://desk.example/t/${ticketId}?no=${code}`);
});

test('of the several owners of a flow ticket the first is meant, and none is lost when a note is written', async () => {
  const ticketId = await newTicket({ flow: true });
  const owners = activeAgents()
    .slice(0, 2)
    .map(({ agentId }) => agentId);
  inside(ticketId).agentId = owners.join(',');
  company.simulator.world.clock.advance(2);
  expect(await system.getTicket(ticketId)).toMatchObject({ assigneeId: owners[0] });
  const note = { kind: 'note', text: 'seen', actorAgentId: owners[0] ?? '' } as const;
  expect(await system.act('key', ticketId, note)).toMatchObject({ state: 'done' });
  expect(inside(ticketId).agentId).toBe(owners.join(','));
});
