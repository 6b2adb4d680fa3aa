/** Clicks on a card after the ticket has moved on: a new action, or the click of before once more. */
import { takeClick } from '../../api/card-clicks';
import type { ClickAction } from '../../store';
import { uniqueId, versioned } from '../store/fixture';
import { clickedApi, clickOf } from './clicked-cards';
import type { TestApi } from './server';

let api: TestApi;
const { sentCard, click, recordOf } = clickedApi((started) => (api = started));

/** A card of which `action` was carried out, and the ticket's state that was told after that, a second ago. */
async function actedOn(action: ClickAction, after: object, { order = 6 }: { order?: number | null } = {}) {
  const card = await sentCard();
  const { dockingId, ticketId } = card;
  const header = { event_id: uniqueId('ev'), create_time: `${Date.now() - 60_000}000` };
  await click(card, action, { header });
  await api.store.clicks.settle(`${card.id}:${action}`, { state: 'done', order: versioned(5) });
  const told = (snapshot: object, at: number | null) =>
    api.store.tickets.upsertIfNewer({
      ...{ dockingId, ticketId, raw: null },
      ...{ order: versioned(at), snapshot, updatedAt: new Date(Date.now() - 1_000) },
    });
  await told(after, order);
  const numbers = async () =>
    (await api.store.clicks.onCards(dockingId, ticketId, [card.id])).map(({ id }) => id.split(':').at(-1));
  return { card, header, told, numbers };
}
const UNASSIGNED = { assigneeId: null, statusType: 'new' };
const REOPENED = { assigneeId: 'a1', statusType: 'in_progress' };

test.each([
  ['claim', UNASSIGNED],
  ['close', REOPENED],
] as const)('%s is a new action, carried out once however often it is clicked', async (action, after) => {
  const { card, numbers } = await actedOn(action, after);
  const toasts = await Promise.all(Array.from({ length: 5 }, () => click(card, action)));
  expect(toasts.map((toast) => toast?.type).sort()).toEqual(['info', 'info', 'info', 'info', 'success']);
  expect(await numbers()).toEqual([action, '2']);
  expect(await api.store.clicks.get(`${card.id}:${action}:2`)).toMatchObject({
    state: 'asked',
    attempts: 1,
  });
  // What was done before stays on record.
  expect(await recordOf(card, action)).toMatchObject({ state: 'done' });
  await api.store.clicks.settle(`${card.id}:${action}:2`, { state: 'done', order: versioned(7) });
  expect(await click(card, action)).toMatchObject({ type: 'info', content: 'Already done.' });
  expect(await numbers()).toEqual([action, '2']);
});

test('it may move on again and again', async () => {
  const { card, told, numbers } = await actedOn('claim', UNASSIGNED);
  await click(card, 'claim');
  await api.store.clicks.settle(`${card.id}:claim:2`, { state: 'done', order: versioned(7) });
  await told({ assigneeId: 'a1', statusType: 'new' }, 7);
  expect(await click(card, 'claim')).toMatchObject({ content: 'Already done.' });
  await told(UNASSIGNED, 8);
  expect(await click(card, 'claim')).toMatchObject({ type: 'success' });
  expect(await numbers()).toEqual(['claim', '2', '3']);
});

test('the same callback, which the platform brings again, is the same click', async () => {
  const { card, header, numbers } = await actedOn('claim', UNASSIGNED);
  expect(await click(card, 'claim', { header })).toMatchObject({ content: 'Already done.' });
  expect(await numbers()).toEqual(['claim']);
});

test('so is the second of a double click, which was answered before, and the one that began the new action', async () => {
  const { card, told, numbers } = await actedOn(
    'claim',
    { assigneeId: 'a1', statusType: 'new' },
    { order: 5 },
  );
  const second = { event_id: uniqueId('ev'), create_time: `${Date.now() + 60_000}000` };
  expect(await click(card, 'claim', { header: second })).toMatchObject({ content: 'Already done.' });
  await told(UNASSIGNED, 6);
  expect(await click(card, 'claim', { header: second })).toMatchObject({ content: 'Already done.' });
  expect(await numbers()).toEqual(['claim']);
  const third = { event_id: uniqueId('ev'), create_time: `${Date.now() + 60_000}000` };
  const toasts = await Promise.all([1, 2, 3].map(() => click(card, 'claim', { header: third })));
  expect(toasts.filter((toast) => toast?.type === 'success')).toHaveLength(1);
  await api.store.clicks.settle(`${card.id}:claim:2`, { state: 'refused', reason: 'forbidden' });
  expect(await click(card, 'claim', { header: third })).toMatchObject({
    content: 'It was not done; the card says why.',
  });
  expect(await recordOf(card, 'claim:2')).toMatchObject({ state: 'refused', attempts: 1 });
});

test('a click of before, which comes late, changes nothing and says what to do', async () => {
  const { card, numbers } = await actedOn('close', REOPENED);
  const header = { create_time: `${Date.now() - 30_000}000` };
  expect(await click(card, 'close', { header })).toMatchObject({
    type: 'warning',
    content: expect.stringContaining('has changed since') as string,
  });
  expect(await numbers()).toEqual(['close']);
});

test('a state that was older than the click, and is told only now, says nothing about it', async () => {
  const { card, numbers } = await actedOn('claim', UNASSIGNED, { order: 4 });
  expect(await click(card, 'claim')).toMatchObject({ content: 'Already done.' });
  expect(await numbers()).toEqual(['claim']);
});

test('a snooze may be made again when its moment has passed, not before', async () => {
  const card = await sentCard();
  await click(card, 'snooze', { value: { m: 60 } });
  await api.store.clicks.settle(`${card.id}:snooze`, { state: 'done' });
  expect(await click(card, 'snooze')).toMatchObject({ content: 'Already done.' });
  const later = { ...api.ports, now: () => new Date(Date.now() + 60 * 60_000) };
  const asked = { a: 'snooze', d: card.dockingId, t: card.ticketId, n: card.id };
  const answer = await takeClick(later, card.dockingId, uniqueId('ev'), clickOf(card, asked));
  expect(answer).toMatchObject({ toast: { type: 'success' } });
  expect(await recordOf(card, 'snooze:2')).toMatchObject({ state: 'asked', minutes: 60 });
});
