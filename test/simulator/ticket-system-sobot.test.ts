import { simulatedSobot, type Answer } from './sobot-world';

const { simulator, inside, baseUrl, call, getToken } = simulatedSobot('sobot-api', 60);

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  call('GET', path, headers);
const post = (path: string, token: string, body: unknown): Promise<Answer> =>
  call('POST', path, { token }, body);

async function token(): Promise<string> {
  return ((await getToken()).item as { token: string }).token;
}

async function set(switches: object): Promise<void> {
  await fetch(`${baseUrl()}/_control/switches`, { method: 'PATCH', body: JSON.stringify(switches) });
}

/** A complete write that changes nothing, read two seconds after the last change. */
function write(ticketId: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  simulator.world.clock.advance(2);
  const ticket = inside().tickets.get(ticketId);
  const agent = [...inside().agents.values()].find((one) => one.status === 'active');
  const shanghai = new Date(simulator.world.clock.now() + 8 * 3_600_000).toISOString();
  return {
    ticketid: ticketId,
    ticket_title: ticket?.title,
    ticket_content: ticket?.content,
    get_ticket_datetime: shanghai.slice(0, 19).replace('T', ' '),
    reply_type: '1',
    reply_agentid: agent?.agentId,
    reply_agent_name: agent?.name,
    ticket_status: ticket?.statusCode,
    ticket_level: '1',
    ...changes,
  };
}
const SAVE = '/api/ws/5/ticket/save_ticket_reply';
const openTicket = (): string =>
  [...inside().tickets.values()].find((one) => one.statusCode === '1' && !one.flow)?.ticketId ?? '';

test.each([
  ['a good request', {}, '000000'],
  ['an unknown appid', { appid: 'nobody' }, '900004'],
  ['a wrong signature', { sign: 'f'.repeat(32) }, '900003'],
  ['a clock ten minutes off', { create_time: String(Math.floor(Date.now() / 1000) - 600) }, '900003'],
  ['nothing', { sign: '' }, '400004'],
])('a token for %s', async (_what, changes, code) => {
  expect((await getToken(changes)).ret_code).toBe(code);
});

test('the newest token ends the older one, unless old ones have grace', async () => {
  const list = (value: string): Promise<Answer> => get('/api/basic/5/agent/query_agents', { token: value });
  const [first, second] = [await token(), await token()];
  expect((await list(first)).ret_code).toBe('900002');
  expect((await list(second)).ret_code).toBe('000000');
  await set({ oldTokenGraceSeconds: 60 });
  await token();
  expect((await list(second)).ret_code).toBe('000000');
  simulator.world.clock.advance(61);
  expect((await list(second)).ret_code).toBe('900002');
});

test('token comes before edition, edition before parameters, parameters before business', async () => {
  const value = await token();
  await set({ editionWithoutApi: true });
  const detail = '/api/ws/5/ticket/get_ticket_by_id';
  expect((await get(detail)).ret_code).toBe('900001');
  expect((await get(detail, { token: value })).ret_code).toBe('700046');
  await set({ editionWithoutApi: false });
  expect((await get(detail, { token: value })).ret_code).toBe('400004');
  expect((await get(`${detail}?ticketid=none`, { token: value })).ret_code).toBe('400020');
});

test('texts follow the language header', async () => {
  expect((await get('/api/basic/5/agent/query_agents', { language: 'en' })).ret_msg).toBe(
    'token must not be empty',
  );
  expect((await get('/api/basic/5/agent/query_agents')).ret_msg).toBe('token不能为空');
});

test('pages hold at most 50, bad page values fall back, and nothing filters agents', async () => {
  const headers = { token: await token() };
  const agents = await get('/api/basic/5/agent/query_agents?page_size=x&page_no=-1&agent_email=a', headers);
  expect(agents).toMatchObject({ page_no: 1, page_size: 15, page_count: 2, total_count: 20 });
  const range = 'create_start_datetime=2000-01-01%2000:00:00&create_end_datetime=2000-01-02%2000:00:00';
  const tickets = await get(`/api/ws/5/ticket/query_tickets?${range}&page_size=500`, headers);
  expect(tickets).toMatchObject({ ret_code: '000000', page_size: 50, total_count: 0 });
});

test.each([
  ['no start', 'update_end_datetime=2026-01-02%2000:00:00', '400017'],
  [
    'a reversed range',
    'update_start_datetime=2026-01-03%2000:00:00&update_end_datetime=2026-01-02%2000:00:00',
    '400018',
  ],
  [
    'two months',
    'update_start_datetime=2026-01-01%2000:00:00&update_end_datetime=2026-03-02%2000:00:00',
    '400019',
  ],
  ['another format', 'update_start_datetime=2026-01-01&update_end_datetime=2026-01-02', '400005'],
])('a list by update time with %s is refused', async (_what, query, code) => {
  const headers = { token: await token() };
  expect((await get(`/api/ws/5/ticket/query_tickets_by_update_time?${query}`, headers)).ret_code).toBe(code);
});

test('queries answer levels and statuses as text, and the list has no ids of people', async () => {
  const headers = { token: await token() };
  const { item } = await get(`/api/ws/5/ticket/get_ticket_by_id?ticketid=${openTicket()}`, headers);
  expect(item).toMatchObject({ ticket_status: '1', ticket_level: expect.any(String) as string });
  expect(item).toHaveProperty('deal_agentid');
  expect(item).not.toHaveProperty('hope_complete_time');
});

test.each<[string, Record<string, unknown>, string]>([
  ['nothing special', {}, '000000'],
  ['a number', { ticket_level: 1 }, '999999'],
  ['a time in milliseconds', { get_ticket_datetime: '1790000000000' }, '400005'],
  ['a reading of last year', { get_ticket_datetime: '2020-01-01 00:00:00' }, '400016'],
  ['no agent', { reply_agentid: '' }, '400006'],
  ['an unknown agent', { reply_agentid: 'nobody' }, '400007'],
  ['an unknown status', { ticket_status: '55' }, '400311'],
  ['an unknown level', { ticket_level: '9' }, '400011'],
  ['an unknown group', { deal_groupid: 'nowhere' }, '400012'],
  ['an unknown ticket', { ticketid: 'none' }, '400020'],
  ['an empty title', { ticket_title: '' }, '400004'],
])('a write with %s', async (_what, changes, code) => {
  expect((await post(SAVE, await token(), write(openTicket(), changes))).ret_code).toBe(code);
});

test('a closed ticket takes no write, a flow ticket takes it without effect', async () => {
  const value = await token();
  const ticketId = openTicket();
  expect((await post(SAVE, value, write(ticketId, { ticket_status: '99' }))).ret_code).toBe('000000');
  expect((await post(SAVE, value, write(ticketId))).ret_code).toBe('400258');
  const flow = [...inside().tickets.values()].find((one) => one.flow);
  const before = flow?.statusCode;
  const wanted = before === '3' ? '1' : '3';
  expect((await post(SAVE, value, write(flow?.ticketId ?? '', { ticket_status: wanted }))).ret_code).toBe(
    '000000',
  );
  expect(flow?.statusCode).toBe(before);
});

test('the equal second is stale unless switched, and the customer takes status 2', async () => {
  const value = await token();
  const ticketId = openTicket();
  await post('/api/ws/5/ticket/save_user_reply', value, { ticketid: ticketId, reply_content: 'hello?' });
  const ticket = inside().tickets.get(ticketId);
  expect(ticket?.statusCode).toBe('2');
  const second = new Date((ticket?.updatedAt ?? 0) + 8 * 3_600_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
  expect((await post(SAVE, value, write(ticketId, { get_ticket_datetime: second }))).ret_code).toBe('400016');
  await set({ equalStampIsFresh: true });
  expect((await post(SAVE, value, write(ticketId, { get_ticket_datetime: second }))).ret_code).toBe('000000');
});

test('every write leaves a log row, and a reply shows in the detail', async () => {
  const value = await token();
  const ticketId = openTicket();
  await post(SAVE, value, write(ticketId, { reply_content: '<p>done</p>', ticket_status: '3' }));
  const { item } = await get(`/api/ws/5/ticket/get_ticket_by_id?ticketid=${ticketId}`, { token: value });
  const { deal_list: replies, update_log_list: log } = item as Record<string, Record<string, unknown>[]>;
  expect(replies).toMatchObject([{ reply_content: '<p>done</p>', reply_type: '1', start_type: '0' }]);
  expect(JSON.parse(String(log?.[0]?.update_contents))).toEqual({ 工单状态: '3', 回复: 'done' });
});

test('an e-mail can be used by one agent only', async () => {
  const value = await token();
  const taken = [...inside().agents.values()].find((agent) => agent.status === 'active')?.email.toUpperCase();
  const agent = { agent_name: 'A', agent_nick: 'A', agent_role_type: '5555', max_accept: '5' };
  const path = '/api/basic/5/agent/save_agent';
  expect((await post(path, value, { ...agent, email: taken })).ret_code).toBe('500901');
  expect((await post(path, value, { ...agent, email: 'free@corp.example' })).ret_code).toBe('000000');
});

test('the forms that samples differ in are switched: envelope, types and headers', async () => {
  const headers = { token: await token() };
  const path = '/api/ws/5/ticket/query_ticket_status_infos';
  await set({ answerEnvelope: 'camel', answerTypes: 'drifting' });
  const answer = await get(path, headers);
  expect(answer).toMatchObject({
    retCode: '000000',
    item: expect.arrayContaining([expect.objectContaining({ status_code: '0', is_delete: '0' })]) as object,
  });
  expect(answer).not.toHaveProperty('items');
  await set({ answerEnvelope: 'snake', headersRequired: true });
  expect(await get(path, headers)).toMatchObject({ ret_code: '400004' });
  expect(await get(path, { ...headers, language: 'en', timezoneid: 'Asia/Shanghai' })).toMatchObject({
    ret_code: '000000',
  });
});
