import { startCompany, until, type Company } from '../tickets/company';

let company: Company;
beforeAll(async () => {
  company = await startCompany();
});
afterAll(() => company.close());
beforeEach(async () => {
  company.reset();
  for (const id of ['sobot', 'helpdesk']) {
    await company.control('PATCH', `/ticket-systems/${id}`, { pushUrl: company.pushUrl });
  }
});

interface Try {
  attempt: number;
  status: number;
  acknowledged: boolean;
}
const tries = async (): Promise<Try[]> => (await company.control<{ items: Try[] }>('GET', '/pushes')).items;
const tried = (count: number): Promise<void> => until(async () => (await tries()).length >= count);
const act = (body: object): Promise<unknown> =>
  company.control('POST', `/tickets/${company.sobot.ticketIds[0]}/act`, body);
const content = (index: number): Record<string, unknown> =>
  (JSON.parse(company.pushes[index]?.body ?? '{}') as { content: Record<string, unknown>[] }).content[0] ??
  {};

test('a push has the documented wrapper, with numbers as numbers unless switched', async () => {
  await act({ action: 'note' });
  await company.arrived(1);
  expect(JSON.parse(company.pushes[0]?.body ?? '')).toMatchObject({ sys_code: '4', type: 'ticket' });
  expect(typeof content(0).ticket_status).toBe('number');
  await company.control('PATCH', '/switches', { pushNumbers: 'strings' });
  await act({ action: 'note' });
  await company.arrived(2);
  expect(typeof content(1).ticket_status).toBe('string');
});

test('an urge is pushed in its short form', async () => {
  await act({ action: 'urge', text: 'now' });
  await company.arrived(1);
  expect(Object.keys(content(0)).sort()).toEqual([
    'companyid',
    'is_reminder',
    'reminder_agent_name',
    'reminder_agentid',
    'reminder_remark',
    'reminder_time',
    'ticket_code',
    'ticketid',
    'update_time',
  ]);
});

test.each([
  ['HTTP 500', { status: 500, body: '{"retCode":"000000"}' }],
  ['no JSON', { status: 200, body: 'ok' }],
  ['another code', { status: 200, body: '{"retCode":"999999"}' }],
])('an answer of %s is no acknowledgement and lands in the list of missed pushes', async (_what, answer) => {
  company.answer = answer;
  await act({ action: 'note' });
  await tried(1);
  expect(await tries()).toMatchObject([{ acknowledged: false }]);
  expect(company.simulator.world.systems.get('sobot')?.missedPushes).toHaveLength(1);
});

test('retries come ten seconds apart, as often as switched, then the push is missed', async () => {
  await company.control('PATCH', '/switches', { pushRetries: 2 });
  company.answer = { status: 500, body: '' };
  await act({ action: 'note' });
  for (const count of [1, 2, 3]) {
    await tried(count);
    company.simulator.world.clock.advance(11);
  }
  expect((await tries()).map((one) => one.attempt)).toEqual([1, 2, 3]);
  expect(company.simulator.world.systems.get('sobot')?.missedPushes).toHaveLength(1);
});

test('copies, a wrong order and a delay can be switched on', async () => {
  await company.control('PATCH', '/switches', { pushCopies: 2 });
  await act({ action: 'note', text: 'twice' });
  await company.arrived(2);
  expect(company.pushes[1]?.body).toBe(company.pushes[0]?.body);

  await company.control('PATCH', '/switches', { pushCopies: 1, pushReordered: true });
  await act({ action: 'note', text: 'first' });
  await act({ action: 'note', text: 'second' });
  await company.arrived(4);
  expect([content(2).reply_content, content(3).reply_content]).toEqual(['<p>second</p>', '<p>first</p>']);

  await company.control('PATCH', '/switches', { pushReordered: false, pushDelayMs: 60_000 });
  await act({ action: 'note', text: 'late' });
  company.simulator.world.clock.advance(61);
  await company.arrived(5);
  expect(content(4).reply_content).toBe('<p>late</p>');
});

test('what changes nothing is not pushed', async () => {
  await act({ action: 'set_priority', priority: 'urgent' });
  await act({ action: 'set_priority', priority: 'urgent' });
  await act({ action: 'note' });
  await company.arrived(2);
  expect(content(1).reply_content).not.toBe('');
});

test('an address where nobody listens counts as missed', async () => {
  await company.control('PATCH', '/ticket-systems/sobot', { pushUrl: 'http://127.0.0.1:1/' });
  await act({ action: 'note' });
  await tried(1);
  expect(await tries()).toMatchObject([{ status: 0, acknowledged: false }]);
});
