import { eventually } from '../stack/eventually';
import { openClickingCompany, type ClickingCompany } from './clicking-company';

const ACTIONS = { method: 'POST', path: '/v1/tickets/:id/actions' };

let world: ClickingCompany;
beforeAll(async () => {
  world = await openClickingCompany();
});
afterAll(() => world?.close());
beforeEach(async () => {
  await world.company.control('DELETE', '/faults');
  await world.desk('DELETE', '/faults');
});

async function card(index = 0) {
  const agent = world.agents[index];
  const [one] = agent ? await world.cards(agent) : [];
  if (!one) throw new Error('there is no card');
  return one;
}
const CHINESE = /[一-龥]/;

describe('what a button does is done once, and the card tells it', () => {
  test('open leads to the ticket', async () => {
    const { ticket, shows } = await card();
    expect(await shows('open_url')).toContain(`https://desk.example/tickets/${(await ticket()).ticketId}`);
  });

  test('claim, clicked five times at once', async () => {
    const { click, shows, ticket, record, agent } = await card();
    const toasts = await Promise.all(Array.from({ length: 5 }, () => click('claim')));
    expect(toasts.map(({ type }) => type).sort()).toEqual(['info', 'info', 'info', 'info', 'success']);
    for (const { content, i18n } of toasts) {
      expect(content).toBe(i18n['en_us']);
      expect(i18n['zh_cn']).toMatch(CHINESE);
    }
    await shows('已领取');
    expect((await ticket()).assigneeId).toBe(agent.agentId);
    expect(await record('claim')).toMatchObject({ state: 'done', attempts: 1 });
    expect(await click('claim')).toMatchObject({ type: 'info', content: 'Already done.' });
  });

  test('a note, sent twice', async () => {
    const { click, shows, ticket } = await card();
    const toasts = await Promise.all([1, 2].map(() => click('reply', { note: 'Called the customer' })));
    expect(toasts.map(({ type }) => type).sort()).toEqual(['info', 'success']);
    await shows('已添加备注');
    const written = (await ticket()).replies.filter(({ text }) => text.includes('Called the customer'));
    expect(written).toMatchObject([{ public: false }]);
  });

  test('close, after which the card takes no more clicks', async () => {
    const { click, shows, ticket } = await card();
    await click('close');
    expect(await shows('已关闭')).not.toContain('"callback"');
    expect((await ticket()).statusType).toBe('closed');
  });

  test('acknowledge, after which the ticket can still be closed on the card', async () => {
    const { click, shows, ticket } = await card();
    await click('acknowledge');
    const acknowledged = await shows('已知晓');
    expect(acknowledged).toContain('"a":"close"');
    expect(acknowledged).not.toContain('"a":"acknowledge"');
    await click('close');
    expect(await shows('已关闭')).not.toContain('"callback"');
    expect((await ticket()).statusType).toBe('closed');
  });

  test.each([
    ['acknowledge', '已知晓'],
    ['snooze', '再次提醒'],
  ] as const)('%s, which is nobody’s business but ours', async (action, words) => {
    const { click, shows, ticket } = await card();
    const before = await ticket();
    expect(await click(action)).toMatchObject({ type: 'success' });
    await shows(words);
    expect(await ticket()).toEqual(before);
  });

  test('two different buttons at once: both are carried out', async () => {
    const { click, shows, ticket, record, agent } = await card();
    const toasts = await Promise.all([click('claim'), click('acknowledge')]);
    expect(toasts.map(({ type }) => type)).toEqual(['success', 'success']);
    await eventually('both are told', async () => (await record('acknowledge'))?.state === 'done');
    await eventually('both are told', async () => (await record('claim'))?.state === 'done');
    await shows('已');
    expect((await ticket()).assigneeId).toBe(agent.agentId);
  });
});

describe('a ticket that moves on after a click', () => {
  test('is claimed, taken away, and claimed again from the same card', async () => {
    const { click, shows, hides, act, tells, ticket, record, agent } = await card();
    await click('claim');
    await shows('已领取');
    // The ticket system tells only what came after, which looks like what was known before.
    await act('unassign');
    await tells('ticket.unassigned');
    expect(await hides('已领取')).toContain('"a":"claim"');
    const toasts = await Promise.all(Array.from({ length: 3 }, () => click('claim')));
    expect(toasts.map(({ type }) => type).sort()).toEqual(['info', 'info', 'success']);
    await shows('已领取');
    expect((await ticket()).assigneeId).toBe(agent.agentId);
    expect(await record('claim')).toMatchObject({ state: 'done', attempts: 1 });
  });

  test('is closed, opened by somebody else, and closed again from the same card', async () => {
    const { click, shows, hides, act, tells, ticket, agent } = await card(1);
    await click('close');
    await shows('已关闭');
    await act('reopen', { by: agent.agentId });
    await tells('ticket.reopened');
    expect(await hides('已关闭')).toContain('"a":"close"');
    expect(await click('close')).toMatchObject({ type: 'success' });
    await shows('已关闭');
    expect((await ticket()).statusType).toBe('closed');
  });

  test('is not told as closed any more to whom that was the reason of a refusal', async () => {
    const { click, shows, hides, act, tells, agent } = await card(2);
    await act('close', { by: agent.agentId });
    await click('claim');
    await shows('未完成：');
    await act('reopen', { by: agent.agentId });
    await tells('ticket.reopened');
    expect(await hides('未完成')).toContain('"a":"claim"');
  });
});

test('two people claim at once: one has the ticket, the other one’s card says so and what next', async () => {
  const [one, two] = await world.cards(...world.agents.slice(0, 2));
  if (!one || !two) throw new Error('there are no two cards');
  await Promise.all([one.click('claim'), two.click('claim')]);
  await Promise.race([one.shows('已领取'), two.shows('已领取')]);
  const { assigneeId } = await one.ticket();
  const [winner, loser] = assigneeId === one.agent.agentId ? [one, two] : [two, one];
  await winner.shows('已领取');
  const said = await loser.shows('未完成：工单已被他人处理或变更，请查看工单');
  expect(said).toContain('Not done: somebody was faster, look at the ticket');
  expect(await loser.record('claim')).toMatchObject({ state: 'refused', reason: 'stale' });
});

describe('a late click', () => {
  test('on a ticket that was closed meanwhile is refused, with the next step, and changes nothing', async () => {
    const { click, shows, act, ticket, agent } = await card();
    await act('close', { by: agent.agentId });
    const before = await ticket();
    await click('claim');
    expect(await shows('未完成：')).toContain('look at it in the ticket system');
    expect(await ticket()).toEqual(before);
  });

  test('on a card past its 14 days is carried out, and told in a new card', async () => {
    const { click, ticket, record, messages, agent, messageId } = await card(3);
    await world.company.control('POST', '/clock', { advanceSeconds: 15 * 24 * 3600 });
    expect(await click('claim')).toMatchObject({ type: 'success' });
    await eventually('a new card tells it', async () => (await messages()).length === 2);
    const told = (await messages()).find((message) => message.messageId !== messageId);
    expect(told?.content).toContain('已领取');
    expect((await ticket()).assigneeId).toBe(agent.agentId);
    expect(await record('claim')).toMatchObject({ state: 'done', attempts: 1 });
  });
});

test('nobody but the receiver can click: others are told so, and nothing happens', async () => {
  const one = await card();
  const before = await one.ticket();
  const others = {
    'the agent of another ticket': world.agents[1]?.openId,
    'somebody who is bound to nobody': world.unbound.openId,
    'somebody of another company': world.outsider.userId,
  };
  for (const [who, operator] of Object.entries(others)) {
    if (operator === undefined) throw new Error(`there is no ${who}`);
    const toast = await one.click('close', { operator });
    expect([who, toast]).toEqual([
      who,
      {
        type: 'error',
        content: 'This card was sent to somebody else.',
        i18n: { en_us: 'This card was sent to somebody else.', zh_cn: '该卡片不是发给您的。' },
      },
    ]);
  }
  expect(await one.record('close')).toBeNull();
  expect(await one.ticket()).toEqual(before);
});

test('an agent without the right is told by the card whom to ask, and may try again', async () => {
  const { click, shows, ticket } = await card();
  const refusal = { error: { code: 'forbidden', message: 'no' } };
  await world.desk('POST', '/faults', { ...ACTIONS, times: 1, effect: 'status', status: 403, body: refusal });
  expect(await click('close')).toMatchObject({ type: 'success' });
  const said = await shows('您在工单系统中没有此权限，请联系管理员');
  expect(said).toContain('you have no right to do this in the ticket system, ask its admin');
  expect((await ticket()).statusType).not.toBe('closed');
  expect(await click('close')).toMatchObject({ type: 'success' });
  await shows('已关闭');
});

test.each(['reset', 'drop-answer'])(
  'while the ticket system is down (%s) the card says so and what next; then it is done, once',
  async (effect) => {
    const { click, shows, ticket } = await card();
    await world.desk('POST', '/faults', { ...ACTIONS, effect });
    expect(await click('reply', { note: 'Called the customer' })).toMatchObject({ type: 'success' });
    const said = await shows('尚未完成：工单系统暂无响应');
    expect(said).toContain('It is tried again for an hour; you can also do it there');
    expect(await click('reply', { note: 'Called the customer' })).toMatchObject({
      type: 'info',
      content: 'It is being done.',
    });
    await world.desk('DELETE', '/faults');
    await shows('已添加备注');
    const written = (await ticket()).replies.filter(({ text }) => text.includes('Called the customer'));
    expect(written).toHaveLength(1);
  },
);
