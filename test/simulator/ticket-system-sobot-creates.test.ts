import { at } from './http';
import { simulatedSobot, type Answer } from './sobot-world';

const sobot = simulatedSobot('sobot-creates', 30);
const { simulator, inside } = sobot;
let token: string;
beforeEach(async () => {
  token = at(await sobot.getToken(), 'item.token');
});

const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
  sobot.call(method, path, { token }, body);

const ws = '/api/ws/5/ticket';
const basic = '/api/basic/5';

function agentTicket(changes: object = {}): object {
  const agent = [...inside().agents.values()].find(
    (one) => one.status === 'active' && one.groupIds.length > 0,
  );
  return {
    companyid: inside().companyId,
    ticket_title: 'Router is dead',
    ticket_content: '<p>No light.</p>',
    ticket_from: '0',
    create_agentid: agent?.agentId,
    create_agent_name: agent?.name,
    ticket_status: '1',
    ticket_level: '3',
    ticket_typeid: inside().categories[0]?.categoryId,
    deal_agentid: agent?.agentId,
    deal_groupid: agent?.groupIds[0],
    ...changes,
  };
}

test('an agent makes a ticket that can be read with everything that was given', async () => {
  const made = await call('POST', `${ws}/save_agent_ticket`, agentTicket());
  expect(made.ret_code).toBe('000000');
  const read = await call('GET', `${ws}/get_ticket_by_id?ticketid=${at<string>(made, 'item.ticketid')}`);
  expect(read.item).toMatchObject({ ticket_title: 'Router is dead', ticket_level: '3', ticket_status: '1' });
  expect(at(read, 'item.deal_agentid')).not.toBe('');
});

test.each([
  ['an unknown category', { ticket_typeid: 'x' }, '400008'],
  ['an unknown status', { ticket_status: '77' }, '400009'],
  ['an unknown source', { ticket_from: '999' }, '400010'],
  ['an unknown level', { ticket_level: '9' }, '400011'],
  ['an unknown group', { deal_groupid: 'x' }, '400012'],
  ['no agent', { create_agentid: '' }, '400006'],
  ['another agent', { create_agentid: 'x' }, '400007'],
  ['a title of more than 100 characters', { ticket_title: 'x'.repeat(101) }, '400004'],
  ['a number where a text belongs', { deal_agentid: 7 }, '999999'],
])('a ticket with %s is refused', async (_name, changes, code) => {
  const before = inside().tickets.size;
  expect((await call('POST', `${ws}/save_agent_ticket`, agentTicket(changes))).ret_code).toBe(code);
  expect(inside().tickets.size).toBe(before);
});

test('a customer’s ticket finds the customer again by e-mail', async () => {
  const wish = {
    companyid: inside().companyId,
    ticket_title: 'Refund',
    ticket_content: 'please',
    ticket_from: '2',
    ticket_typeid: inside().categories[0]?.categoryId,
    user_emails: 'new.customer@mail.example',
    user_nick: 'New customer',
  };
  const ids = [];
  for (let n = 0; n < 2; n++)
    ids.push(at<string>(await call('POST', `${ws}/save_user_ticket`, wish), 'item.ticketid'));
  const [one, two] = ids.map((id) => inside().tickets.get(id)?.customer.customerId);
  expect(one).toBeDefined();
  expect(two).toBe(one);
});

test('a reply can be deleted once', async () => {
  const ticket = [...inside().tickets.values()].find((one) => one.statusCode === '1');
  const ticketid = ticket?.ticketId;
  await call('POST', `${ws}/save_user_reply`, { ticketid, reply_content: 'Hello?' });
  const replyid = ticket?.replies[0]?.replyId;
  expect((await call('POST', `${ws}/del_reply_infos`, { ticketid, replyid })).ret_code).toBe('000000');
  expect((await call('POST', `${ws}/del_reply_infos`, { ticketid, replyid })).ret_code).toBe('400021');
});

test('a rating comes with query parameters', async () => {
  const [id] = inside().tickets.keys();
  const query = `ticketId=${id ?? ''}&companyId=${inside().companyId}`;
  expect((await call('POST', `${ws}/add_ticket_evaluation?${query}&score=9`)).ret_code).toBe('400004');
  expect((await call('POST', `${ws}/add_ticket_evaluation?${query}&score=4`)).ret_code).toBe('000000');
  expect(inside().tickets.get(id ?? '')?.rating?.score).toBe(4);
});

test('groups are made, joined, left and deleted', async () => {
  const made = await call('POST', `${basic}/group/save_groups`, { group_name: 'Night shift', group_type: 0 });
  const groupid = at<string>(made, 'item.groupid');
  const agent = [...inside().agents.values()].find((one) => one.status === 'active');
  await call('POST', `${basic}/group_agent/save_agent`, { groupid, agent_ids: agent?.agentId });
  const members = await call('GET', `${basic}/group_agent/query_agents?groupid=${groupid}`);
  expect(at(members, 'items.0.agentid')).toBe(agent?.agentId);
  await call('POST', `${basic}/group_agent/delete_agent`, { groupid, agentid: agent?.agentId });
  expect(agent?.groupIds).not.toContain(groupid);
  expect((await call('POST', `${basic}/group/delete_groups`, { groupid })).ret_code).toBe('000000');
  expect((await call('POST', `${basic}/group/delete_groups`, { groupid })).ret_code).toBe('400012');
});

test('the zone catalogue keeps its odd form, and counts want a window', async () => {
  const zones = await call('GET', `${ws}/get_timezone`);
  expect(zones).toMatchObject({ retCode: '000000', item: expect.any(Array) as unknown[] });
  expect(zones.ret_code).toBeUndefined();
  expect((await call('GET', `${ws}/get_ticket_data`)).ret_code).toBe('400015');
  const window = 'start_datetime=2020-01-01 00:00:00&end_datetime=2099-01-01 00:00:00';
  const counts = await call('GET', `${ws}/get_ticket_data?${window}`);
  const total = at<{ ticket_count: string }[]>(counts, 'items').reduce(
    (sum, row) => sum + Number(row.ticket_count),
    0,
  );
  expect(total).toBe(30);
});

test('the lists filter by every documented field', async () => {
  const day = (offset: number): string =>
    new Date(simulator.world.clock.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const window = `create_start_datetime=${day(-25)} 00:00:00&create_end_datetime=${day(1)} 00:00:00&page_size=50`;
  const all = await call('GET', `${ws}/query_tickets?${window}`);
  expect(all.total_count).toBe(30);
  const [category] = inside().categories;
  const some = await call('GET', `${ws}/query_tickets?${window}&ticket_typeid=${category?.categoryId ?? ''}`);
  expect(some.total_count).toBe(
    [...inside().tickets.values()].filter((one) => one.categoryId === category?.categoryId).length,
  );
});

test('faults of the two surfaces answer in their own form', async () => {
  const arm = (rule: object): Promise<Answer> => call('POST', '/_control/faults', { times: 1, ...rule });
  await arm({ path: '/api/*', effect: 'code', code: '400016' });
  expect(await call('GET', `${ws}/get_data_dict`)).toEqual({
    ret_code: '400016',
    ret_msg: '工单信息已过期,请刷新',
  });
  await arm({ path: '/v1/*', effect: 'rate-limit', resetSeconds: 9 });
  const limited = await fetch(`${sobot.baseUrl()}/v1/agents`);
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '9']);
  expect(at(await limited.json(), 'error.code')).toBe('rate_limited');
});
