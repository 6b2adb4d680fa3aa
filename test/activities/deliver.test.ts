import { FeishuError } from '../../feishu';
import { createNotificationActivities } from '../../activities/notification';
import { deliverOnce } from '../../activities/notification/deliver';
import type { Company } from '../workflows/company';
import { dueCard, openNotifiedCompany, spoilSends, type Due } from './notified-company';

let company: Company;
let checked: string[];
beforeAll(async () => {
  company = await openNotifiedCompany();
});
afterAll(() => company?.close());
beforeEach(async () => {
  checked = [];
  await company.control('DELETE', '/faults');
  await company.control('PATCH', '/switches', { dlpAudit: false });
});

const LATER_MS = 2 * 60 * 60_000;

/** One try; `afterMs` moves our clock, not the platform's. */
async function attempt({ dockingId, deliveryId }: Due, afterMs = 0): Promise<string> {
  const ports = {
    ...company.ports,
    now: () => new Date(Date.now() + afterMs),
    checkAgain: async (id: string) => void checked.push(id),
  };
  return (await deliverOnce(ports, dockingId, deliveryId, { pace: 'wait', timeoutMs: 8000 })).outcome;
}

const refused = (errorClass: string): unknown => expect.objectContaining({ errorClass });

test('a card arrives once, with its proof', async () => {
  const due = await dueCard(company);
  expect(await attempt(due)).toBe('sent');
  const [message, ...more] = await due.messages();
  expect(more).toEqual([]);
  expect(await due.delivery()).toMatchObject({
    state: 'sent',
    carriedBy: 'message',
    messageId: message?.messageId,
    uuid: message?.uuid,
    attempts: 1,
  });
});

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

test('a sent card is not sent again, whoever asks', async () => {
  const due = await dueCard(company);
  await attempt(due);
  expect(await attempt(due)).toBe('sent');
  expect(await due.messages()).toHaveLength(1);
});

test('ten senders at once are one message', async () => {
  const due = await dueCard(company);
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => attempt(due)));
  expect(outcomes.some((outcome) => outcome.status === 'fulfilled' && outcome.value === 'sent')).toBe(true);
  expect(await due.messages()).toHaveLength(1);
});

test('a lost answer is an unknown outcome; the same uuid again gives the one message', async () => {
  const due = await dueCard(company);
  await spoilSends(company, { effect: 'drop-answer' });
  await expect(attempt(due)).rejects.toBeInstanceOf(FeishuError);
  expect(await due.delivery()).toMatchObject({ state: 'unknown' });
  const [before] = await due.messages();
  expect(await attempt(due)).toBe('sent');
  expect(await due.messages()).toHaveLength(1);
  expect(await due.delivery()).toMatchObject({ state: 'sent', messageId: before?.messageId, attempts: 2 });
});

test('an unknown outcome past the platform’s memory is parked, never sent blindly', async () => {
  const due = await dueCard(company);
  await spoilSends(company, { effect: 'drop-answer' });
  await expect(attempt(due)).rejects.toBeInstanceOf(FeishuError);
  expect(await attempt(due, LATER_MS)).toBe('failed');
  expect(await due.delivery()).toMatchObject({
    state: 'needs-attention',
    reason: 'outcome-unknown-too-old',
  });
  expect(await due.messages()).toHaveLength(1);
});

test('past the platform’s memory the chat itself is asked: a card that arrived is found there', async () => {
  const due = await dueCard(company);
  expect(await attempt(due)).toBe('sent');
  const next = await due.another();
  await spoilSends(company, { effect: 'drop-answer' });
  await expect(attempt(next)).rejects.toBeInstanceOf(FeishuError);
  expect(await attempt(next, LATER_MS)).toBe('sent');
  const messages = await due.messages();
  expect(messages).toHaveLength(2);
  expect(await next.delivery()).toMatchObject({
    state: 'sent',
    messageId: messages.find(({ content }) => content.includes(next.deliveryId))?.messageId,
  });
});

test('past the platform’s memory a card that the chat does not know is sent after all, once', async () => {
  const due = await dueCard(company);
  expect(await attempt(due)).toBe('sent');
  const next = await due.another();
  await spoilSends(company, { effect: 'reset' });
  await expect(attempt(next)).rejects.toBeInstanceOf(FeishuError);
  expect(await next.delivery()).toMatchObject({ state: 'unknown' });
  expect(await attempt(next, LATER_MS)).toBe('sent');
  expect(await due.messages()).toHaveLength(2);
});

test('a refusal for now may be hours old: nothing went out, so it is simply sent', async () => {
  const due = await dueCard(company);
  await spoilSends(company, { effect: 'rate-limit' });
  await expect(attempt(due)).rejects.toEqual(refused('rate'));
  expect(await due.delivery()).toMatchObject({
    state: 'planned',
    reason: expect.stringContaining('for-now:') as string,
  });
  expect(await attempt(due, LATER_MS)).toBe('sent');
  expect(await due.messages()).toHaveLength(1);
});

test.each([
  ['a message in flight', { effect: 'code', code: 230049 }, 'in-flight'],
  ['a receiver at its limit', { effect: 'code', code: 230020 }, 'rate'],
  ['a proxy that answers in HTML', { effect: 'html-502' }, 'server'],
  ['a platform that fails by itself', { effect: 'code', code: 2200, status: 500 }, 'server'],
])('%s is tried again and delivered once', async (_what, fault, errorClass) => {
  const due = await dueCard(company);
  await spoilSends(company, fault);
  await expect(attempt(due)).rejects.toEqual(refused(errorClass));
  expect(await attempt(due)).toBe('sent');
  expect(await due.messages()).toHaveLength(1);
});

test('a dead token is replaced on the way', async () => {
  const due = await dueCard(company);
  await spoilSends(company, { effect: 'code', code: 99991663 });
  expect(await attempt(due)).toBe('sent');
  expect(await due.messages()).toHaveLength(1);
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
  expect(checked).toEqual([]);
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
  expect(checked).toEqual([due.dockingId]);
  expect(await due.messages()).toEqual([]);
});

test('cards of a docking that the platform paused wait for a replay, under the same key', async () => {
  const due = await dueCard(company);
  const { store } = company;
  await store.dockings.setState(due.dockingId, 'paused', { pausedReason: 'feishu:99991672' });
  expect(await attempt(due)).toBe('failed');
  const parked = await due.delivery();
  expect(parked).toMatchObject({ state: 'needs-attention', reason: 'docking-paused' });
  await store.dockings.setState(due.dockingId, 'live');
  expect(await store.deliveries.replay(due.deliveryId)).toBe(true);
  expect(await attempt(due)).toBe('sent');
  expect(await due.messages()).toMatchObject([{ uuid: parked.uuid }]);
});

test('a replay of a card that had arrived after all shows nothing twice', async () => {
  const due = await dueCard(company);
  await spoilSends(company, { effect: 'drop-answer' });
  await expect(attempt(due)).rejects.toBeInstanceOf(FeishuError);
  await attempt(due, LATER_MS);
  expect(await company.store.deliveries.replay(due.deliveryId)).toBe(true);
  expect(await attempt(due)).toBe('sent');
  expect(await due.messages()).toHaveLength(1);
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

test('the quick try sorts cards into sent, failed and later', async () => {
  const activities = createNotificationActivities(company.ports);
  const [good, slow] = [await dueCard(company), await dueCard(company)];
  expect(await activities.deliverAtOnce(good.dockingId, [good.deliveryId])).toEqual({});
  expect(await good.delivery()).toMatchObject({ state: 'sent' });
  await spoilSends(company, { effect: 'html-502' });
  expect(await activities.deliverAtOnce(slow.dockingId, [slow.deliveryId])).toMatchObject({
    later: [slow.deliveryId],
  });
});

test('only cards parked for the given reasons are found again, oldest first', async () => {
  const due = await dueCard(company);
  const { store } = company;
  await store.deliveries.settle(due.deliveryId, { state: 'needs-attention', reason: 'docking-paused' });
  expect((await store.deliveries.parked(due.dockingId, ['docking-paused'])).map(({ id }) => id)).toEqual([
    due.deliveryId,
  ]);
  expect(await store.deliveries.parked(due.dockingId, ['outcome-unknown-too-old'])).toEqual([]);
});
