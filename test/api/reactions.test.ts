/** What people did with a card is part of the proof of its delivery, and of the "why" of its event. */
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { docking, uniqueId } from '../store/fixture';
import { startApi, type TestApi } from './server';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

test('a click and the decision of an operator are told with who, when and what became of it', async () => {
  const { store } = api;
  const { id: dockingId, ...made } = docking({ state: 'live' });
  await store.dockings.create({ id: dockingId, ...made }, { appSecret: 'app-secret', pushToken: 'token' });
  await seat(store, dockingId, ['ou_1']);
  await setRules(store, dockingId, [rule()]);
  const event = ticketEvent({}, { eventId: uniqueId('ev') });
  expect((await api.call('POST', `/v1/dockings/${dockingId}/ticket-events`, event)).status).toBe(202);
  const [card] = (await store.deliveries.list(dockingId, {})).items;
  if (!card) throw new Error('no card is due');
  await store.deliveries.settle(card.id, { state: 'sent', carriedBy: 'message', messageId: 'om_1' });
  const about = { dockingId, deliveryId: card.id, ticketId: 't1', employeeId: 'ou_1', agentId: 'a1' };
  const at = new Date('2026-11-20T08:00:00Z');
  const note = { action: 'reply', text: 'Call 13812345678', minutes: null, askedAt: at } as const;
  await store.clicks.ask({ id: `${card.id}:reply:1`, ...about, ...note });
  await store.clicks.settle(`${card.id}:reply:1`, { state: 'refused', reason: 'forbidden' });
  const done = { action: 'acknowledge', text: null, minutes: null, by: 'acc-ops-1' } as const;
  const askedAt = new Date(at.getTime() + 60_000);
  for (let again = 0; again < 2; again += 1)
    await store.clicks.noteDone({ id: `${card.id}:acknowledge:1`, ...about, ...done, askedAt });

  const reactions = [
    { action: 'reply', employeeId: 'ou_1', account: null, state: 'refused', reason: 'forbidden' },
    { action: 'acknowledge', employeeId: 'ou_1', account: 'acc-ops-1', state: 'done', minutes: null },
  ];
  const delivery = await api.call('GET', `/v1/dockings/${dockingId}/deliveries/${card.id}`);
  expect(delivery.body).toMatchObject({ id: card.id, reactions });
  expect(JSON.stringify(delivery.body)).not.toContain('13812345678');
  const why = await api.call('GET', `/v1/dockings/${dockingId}/ticket-events/${event.eventId}`);
  expect(why.body).toMatchObject({ receivers: [{ deliveryId: card.id, reactions }] });
  const { en, zh } = why.body['explanation'] as Record<'en' | 'zh', string[]>;
  expect(en.at(-1)).toBe(
    'assignee a1: a card was sent, acknowledged by the account acc-ops-1 at 2026-11-20 08:01 UTC.',
  );
  expect(zh.at(-1)).toContain('由账号 acc-ops-1 确认知晓');
});
