/** What a card may say and to whom: what the platform refuses, and what becomes of the card then. */
import type { Company } from '../workflows/company';
import { dueCard, spoilSends } from './notified-company';
import { oneTry } from './one-try';

let company: Company;
const { attempt, checked } = oneTry((opened) => (company = opened));
beforeEach(() => company.control('PATCH', '/switches', { dlpAudit: false }));

test('a card and its plain form speak the one language that the person asked for', async () => {
  const first = await dueCard(company);
  await company.store.preferences.put(first.dockingId, first.employeeId, {
    quietHours: null,
    language: 'en',
    timeZone: null,
    events: {},
    digest: null,
  });
  const card = await first.another();
  expect(await attempt(card)).toBe('sent');
  const [sent] = await card.messages();
  expect(sent?.content).toContain('Assigned to you');
  expect(sent?.content).not.toMatch(/i18n|zh_cn|原因/);

  await spoilSends(company, { effect: 'code', code: 230099 });
  expect(await attempt(first)).toBe('sent');
  const plain = (await first.messages()).find(({ msgType }) => msgType === 'text');
  // That one was planned before the wish.
  expect(plain?.content).toContain('原因');
});

test.each([
  ['has left', 230029],
  ['stopped the bot', 230053],
])('a person who %s loses the binding’s voice, and only this card fails', async (_what, code) => {
  const due = await dueCard(company);
  await spoilSends(company, { effect: 'code', code });
  expect(await attempt(due)).toBe('failed');
  expect(await due.delivery()).toMatchObject({ state: 'failed', reason: `feishu:${code}` });
  const [binding] = await company.store.bindings.byEmployee(due.dockingId, [due.employeeId]);
  expect(binding).toMatchObject({ state: 'suspended', suspendedReason: `feishu:${code}` });
  expect((await company.store.dockings.require(due.dockingId)).state).toBe('live');
});

test('a person outside the availability fails alone: binding and docking stay', async () => {
  const due = await dueCard(company);
  await spoilSends(company, { effect: 'code', code: 230013 });
  expect(await attempt(due)).toBe('failed');
  expect(await due.delivery()).toMatchObject({ state: 'failed', reason: 'feishu:230013' });
  const [binding] = await company.store.bindings.byEmployee(due.dockingId, [due.employeeId]);
  expect(binding).toMatchObject({ state: 'active' });
  expect((await company.store.dockings.require(due.dockingId)).state).toBe('live');
  expect(checked()).toEqual([]);
});

test.each([
  ['a missing permission', 99991672],
  ['a missing message permission', 230027],
  ['a bot that is off', 230006],
  ['an address that is not allowed', 99991401],
])('%s pauses the docking, keeps the card and has the checklist look again', async (_what, code) => {
  const due = await dueCard(company);
  await spoilSends(company, { effect: 'code', code });
  expect(await attempt(due)).toBe('failed');
  expect(await due.delivery()).toMatchObject({ state: 'needs-attention', reason: `feishu:${code}` });
  expect(await company.store.dockings.require(due.dockingId)).toMatchObject({
    state: 'paused',
    pausedReason: `feishu:${code}`,
  });
  expect(checked()).toEqual([due.dockingId]);
  expect(await due.messages()).toEqual([]);
});

test('contact data that leak prevention stops is masked', async () => {
  const due = await dueCard(company, { contentExcerpt: 'Please call 13812345678 today' });
  await company.control('PATCH', '/switches', { dlpAudit: true });
  expect(await attempt(due)).toBe('sent');
  const messages = await due.messages();
  expect(messages).toMatchObject([{ msgType: 'interactive' }]);
  expect(messages[0]?.content).not.toContain('13812345678');
});

test.each([
  ['leak prevention twice', 230028, 2],
  ['sensitive words', 230022, 1],
  ['too long a content', 230025, 1],
  ['a card that cannot be built', 230099, 1],
])('%s falls back to one plain text', async (_what, code, times) => {
  const due = await dueCard(company);
  await spoilSends(company, { effect: 'code', code }, times);
  expect(await attempt(due)).toBe('sent');
  expect(await due.messages()).toMatchObject([{ msgType: 'text', uuid: (await due.delivery()).uuid }]);
});

test('words that the platform refuses are left out, and the reminder arrives all the same', async () => {
  const due = await dueCard(company, { title: 'The casino opens', contentExcerpt: 'casino, again' });
  await company.control('PATCH', '/switches', { sensitiveWords: ['casino'] });
  expect(await attempt(due)).toBe('sent');
  await company.control('PATCH', '/switches', { sensitiveWords: [] });
  const [message, ...more] = await due.messages();
  expect(more).toEqual([]);
  expect(message).toMatchObject({ msgType: 'text', uuid: (await due.delivery()).uuid });
  expect(message?.content).not.toContain('casino');
  expect(message?.content).toContain('工单内容未通过飞书的内容审核');
});

test('words that are refused only in the plain text are left out of it too', async () => {
  const due = await dueCard(company, { title: 'The casino opens' });
  await spoilSends(company, { effect: 'code', code: 230099 });
  await company.control('PATCH', '/switches', { sensitiveWords: ['casino'] });
  expect(await attempt(due)).toBe('sent');
  await company.control('PATCH', '/switches', { sensitiveWords: [] });
  expect(await due.messages()).toMatchObject([{ msgType: 'text' }]);
});

test('a text that is refused too is the end: tried once, never again', async () => {
  const due = await dueCard(company);
  await spoilSends(company, { effect: 'code', code: 230022 }, 2);
  expect(await attempt(due)).toBe('failed');
  expect(await attempt(due)).toBe('failed');
  expect(await due.delivery()).toMatchObject({ state: 'failed', reason: 'feishu:230022', attempts: 1 });
});

test.each([230001, 230034, 99992402])('a refused parameter (%i) is final', async (code) => {
  const due = await dueCard(company);
  await spoilSends(company, { effect: 'code', code });
  expect(await attempt(due)).toBe('failed');
  expect(await due.delivery()).toMatchObject({ state: 'failed', reason: `feishu:${code}` });
});

test('somebody who left between plan and send gets nothing', async () => {
  const due = await dueCard(company);
  await company.store.employees.markLeft(due.dockingId, [due.employeeId]);
  expect(await attempt(due)).toBe('failed');
  expect(await due.delivery()).toMatchObject({ state: 'failed', reason: 'employee-left' });
  expect(await due.messages()).toEqual([]);
});
