/** Clicks from a client that still shows the buttons of a card whose ticket is somebody else's by now. */
import type { Delivery } from '../../store';
import { versioned } from '../store/fixture';
import { click, sentCard } from './clicked-cards';
import { startApi, type TestApi } from './server';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

const PASSED_ON = {
  type: 'warning',
  content: 'The ticket was passed on to somebody else.',
  i18n: { zh_cn: '该工单已转交他人。' },
};
const recordOf = (card: Delivery, action: string) => api.store.clicks.get(`${card.id}:${action}`);

async function cardOfTicketOf(
  assigneeId: string | null,
  fields: Partial<Delivery> = {},
  statusType = 'new',
): Promise<Delivery> {
  const card = await sentCard(api, fields);
  const { dockingId, ticketId } = card;
  await api.store.tickets.upsertIfNewer({
    ...{ dockingId, ticketId, raw: null, order: versioned(2) },
    ...{ snapshot: { assigneeId, statusType }, updatedAt: new Date() },
  });
  return card;
}

test.each(['claim', 'close', 'acknowledge', 'snooze'])(
  '%s of a ticket that another agent has now is not done: the reminders of that one go on',
  async (action) => {
    const card = await cardOfTicketOf('a2');
    expect(await click(api, card, action)).toMatchObject(PASSED_ON);
    expect(await recordOf(card, action)).toBeNull();
  },
);

test('nor is it once more when it was done before the ticket was passed on', async () => {
  const card = await cardOfTicketOf(null);
  await click(api, card, 'claim');
  await api.store.clicks.settle(`${card.id}:claim`, { state: 'done', order: versioned(3) });
  const { dockingId, ticketId } = card;
  await api.store.tickets.upsertIfNewer({
    ...{ dockingId, ticketId, raw: null, order: versioned(4) },
    ...{ snapshot: { assigneeId: 'a2', statusType: 'new' }, updatedAt: new Date() },
  });
  expect(await click(api, card, 'claim')).toMatchObject(PASSED_ON);
  expect(await recordOf(card, 'claim:2')).toBeNull();
});

test('a note for whoever has the ticket now may be left', async () => {
  const card = await cardOfTicketOf('a2');
  expect(await click(api, card, 'reply', { note: 'Called the customer' })).toMatchObject({ type: 'success' });
});

test.each([
  ['solved', 'The ticket is solved', '该工单已解决'],
  ['closed', 'The ticket is closed', '该工单已关闭'],
])('later of a ticket that is %s promises nothing', async (statusType, en, zh) => {
  const card = await cardOfTicketOf('a1', {}, statusType);
  const toast = await click(api, card, 'snooze');
  expect(toast?.type).toBe('warning');
  expect(toast?.content).toContain(en);
  expect(toast?.i18n.zh_cn).toContain(zh);
  expect(await recordOf(card, 'snooze')).toBeNull();
});

test.each(['claim', 'close'])('%s passes where nobody else is known to have the ticket', async (action) => {
  const unknown = await sentCard(api);
  for (const card of [unknown, await cardOfTicketOf(null), await cardOfTicketOf('a1')]) {
    expect(await click(api, card, action)).toMatchObject({ type: 'success' });
  }
});

test('who was told in another role than the assignee’s may close it as before', async () => {
  const card = await cardOfTicketOf('a2', { role: 'group-members' });
  expect(await click(api, card, 'close')).toMatchObject({ type: 'success' });
});
