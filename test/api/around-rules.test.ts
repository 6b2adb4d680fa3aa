/** What stands around the rules is checked like the rules themselves: nothing of it is ignored silently. */
import { rule } from '../intake/desk';
import { docking } from '../store/fixture';
import { ADMIN_TOKEN, startApi, type TestApi } from './server';

let api: TestApi;
let path: string;
beforeAll(async () => {
  api = await startApi();
  const made = docking({ state: 'live' });
  path = `/v1/dockings/${made.id}/reminders`;
  await api.store.dockings.create(made, { appSecret: 's', pushToken: 'p' });
});
afterAll(() => api?.close());

/** As text: a client would drop `__proto__` before it is sent. */
const send = (method: 'PUT' | 'POST', to: string, text: string, language = 'en') =>
  api.call(method, to, text, {
    authorization: `Bearer ${ADMIN_TOKEN}`,
    'content-type': 'application/json',
    'accept-language': language,
  });
const faultsOf = ({ body }: { body: Record<string, unknown> }): string[] =>
  (body['errors'] as { field: string; code: string }[]).map(({ field, code }) => `${field} ${code}`).sort();

const { id: _id, ...good } = rule();
const GOOD = JSON.stringify(good);

describe.each<[string, string, string[]]>([
  ['an unknown property', `{"enabled":true,"rules":[],"foo":1}`, ['/foo unknown-key']],
  ['__proto__', `{"enabled":true,"rules":[],"__proto__":{"enabled":false}}`, ['/__proto__ forbidden-key']],
  ['no rules', `{"enabled":true}`, ['/rules required']],
  ['rules that are no list', `{"enabled":true,"rules":{}}`, ['/rules wrong-type']],
  ['no switch', `{"rules":[]}`, ['/enabled required']],
  [
    'an unknown property beside a rule with a fault',
    `{"enabled":true,"foo/bar":1,"rules":[${GOOD},{"name":"x","colour":"red"}]}`,
    ['/foo~1bar unknown-key', '/rules/1/colour unknown-key'],
  ],
])('saving rules with %s', (_what, text, faults) => {
  it('is refused with its path and code, and nothing is saved', async () => {
    const answer = await send('PUT', path, text);
    expect(answer).toMatchObject({
      status: 400,
      body: { type: 'Request.Invalid', title: 'The rules have faults; nothing was saved.' },
    });
    expect(faultsOf(answer)).toEqual(expect.arrayContaining(faults));
    expect((await api.call('GET', path)).body).toMatchObject({ version: 0 });
  });
});

test.each<[string, string[]]>([
  [`{"rules":[${GOOD}],"dayz":7}`, ['/dayz unknown-key']],
  [`{"rules":[${GOOD}],"constructor":1}`, ['/constructor forbidden-key']],
  ['{"days":7}', ['/rules required']],
  [`{"rules":[${GOOD}],"days":91}`, ['/days out-of-bounds']],
])('a draft like %s is refused the same way before it is simulated', async (text, faults) => {
  const answer = await send('POST', `${path}:simulate`, text);
  expect(answer).toMatchObject({
    status: 400,
    body: { title: 'The rules have faults; nothing was simulated.' },
  });
  expect(faultsOf(answer)).toEqual(faults);
});

test('the fault is told in Chinese to whoever reads Chinese', async () => {
  const { body } = await send('PUT', path, '{"enabled":true,"rules":[],"foo":1}', 'zh');
  expect(body['errors']).toEqual([{ field: '/foo', code: 'unknown-key', message: '没有该属性：“foo”' }]);
});

test('what English names is named in Chinese, too: names that nobody knows, and the values that would fit', async () => {
  const saved = { ...good, triggers: ['ticket.eaten'] };
  const leaves = [
    { fact: 'ticket.prio', operator: 'equal', value: 'high' },
    { fact: 'ticket.priority', operator: 'equal', value: 'hihg' },
    { fact: 'ticket.dueAt', operator: 'inCalendar', value: 'lunch' },
    { fact: 'ticket.title', operator: 'resembles', value: 'x' },
  ];
  const text = JSON.stringify({ enabled: true, rules: [{ ...saved, conditions: { all: leaves } }] });
  const { body } = await send('PUT', path, text, 'zh');
  expect((body['errors'] as { message: string }[]).map(({ message }) => message)).toEqual([
    '没有该事件类型：“ticket.eaten”',
    '没有该字段：“ticket.prio”',
    '值与运算符或字段不符，必须是以下之一：low、normal、high、urgent',
    '值与运算符或字段不符，必须是以下之一：workingHours、outsideWorkingHours、workingDay、holiday',
    '没有该运算符：“resembles”',
  ]);
});

test('a body that is no object is refused, and a stranger hears nothing of faults', async () => {
  expect(await send('PUT', path, '[]')).toMatchObject({ status: 400, body: { type: 'Request.Invalid' } });
  expect(await api.call('PUT', path, { foo: 1 }, {})).toMatchObject({ status: 401 });
});
