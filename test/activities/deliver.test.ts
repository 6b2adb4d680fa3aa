import { FeishuError } from '../../feishu';
import { createNotificationActivities } from '../../activities/notification';
import type { Company } from '../workflows/company';
import { dueCard, spoilSends } from './notified-company';
import { oneTry } from './one-try';

let company: Company;
const { attempt } = oneTry((opened) => (company = opened));

const LATER_MS = 2 * 60 * 60_000;
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
