import { digestCarrier } from '../../intake';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { docking, uniqueId } from '../store/fixture';
import { startApi, type TestApi } from './server';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

/** An event of ticket `t1` that waits for the digest of its assignee. */
async function digested() {
  const { store } = api;
  const made = docking({ state: 'live' });
  await store.dockings.create(made, { appSecret: 'app-secret', pushToken: 'push-token' });
  await seat(store, made.id, ['ou_1']);
  await setRules(store, made.id, [rule()]);
  const wish = await api.call('PUT', `/v1/dockings/${made.id}/employees/ou_1/preferences`, {
    digest: { every: 'day', at: '08:30' },
  });
  expect(wish.status).toBe(200);
  const event = ticketEvent({}, { eventId: uniqueId('ev'), causeId: 'action-1' });
  const taken = await api.call('POST', `/v1/dockings/${made.id}/ticket-events`, event);
  expect(taken.status).toBe(202);
  await store.events.flush();
  const why = () => api.call('GET', `/v1/dockings/${made.id}/ticket-events/${event.eventId}`);
  const missed = () => api.call('GET', `/v1/dockings/${made.id}/why?ticket=t1&agent=a1`);
  const [member] = (await store.deliveries.list(made.id, {})).items;
  const digest = await store.digests.get(member?.digestId ?? '');
  if (!member || !digest) throw new Error('nothing waits');
  const carrier = digestCarrier(digest, 0, [member], new Date());
  await store.deliveries.plan([carrier]);
  return { dockingId: made.id, why, missed, member, carrier };
}

test('"why" says which digest an event waits for, and which card told it', async () => {
  const { why, missed, member, carrier } = await digested();
  expect((await why()).body).toMatchObject({
    state: 'handed-over',
    receivers: [{ outcome: 'pending', reason: 'digest', deliveryId: member.id }],
    explanation: {
      en: expect.arrayContaining([expect.stringMatching(/waits for the digest of 20/)]) as unknown,
    },
  });
  expect((await missed()).body).toMatchObject({
    events: [{ outcome: 'pending', reason: 'digest', deliveryId: member.id }],
  });

  const { deliveries, digests } = api.store;
  await digests.bundle(carrier);
  await deliveries.settle(carrier.id, { state: 'sent', carriedBy: 'message', messageId: 'om_1' });
  await digests.conclude((await deliveries.get(carrier.id)) ?? carrier);
  expect((await why()).body).toMatchObject({
    receivers: [
      {
        outcome: 'digested',
        reason: 'digest',
        deliveryId: member.id,
        carriedByDeliveryId: carrier.id,
        messageId: 'om_1',
      },
    ],
    explanation: {
      en: expect.arrayContaining([expect.stringContaining(`told in the digest ${carrier.id}`)]) as unknown,
    },
  });
  expect((await missed()).body).toMatchObject({
    events: [{ outcome: 'digested', reason: 'digest', deliveryId: carrier.id }],
  });
});

test('a replay of a card that a digest should have carried is one of the digest, by its own workflow', async () => {
  const { dockingId, member, carrier } = await digested();
  const { deliveries, digests } = api.store;
  await digests.bundle(carrier);
  await deliveries.settle(carrier.id, { state: 'needs-attention', reason: 'docking-paused' });
  await digests.conclude((await deliveries.get(carrier.id)) ?? carrier);
  const answer = await api.call('POST', `/v1/dockings/${dockingId}/deliveries/${member.id}:replay`);
  expect(answer.status).toBe(202);
  expect(await deliveries.get(carrier.id)).toMatchObject({ state: 'planned' });
  const run = api.temporal.workflow.getHandle(`docking:${dockingId}:digest:${member.digestId}`);
  expect((await run.describe()).status.name).toBe('RUNNING');
});

test('"why" says of an event that came after the digest of its action that the next digest tells it', async () => {
  const { dockingId, carrier, member } = await digested();
  const { deliveries, digests } = api.store;
  await digests.bundle(carrier);
  await deliveries.settle(carrier.id, { state: 'sent', carriedBy: 'message', messageId: 'om_1' });
  await digests.conclude((await deliveries.get(carrier.id)) ?? carrier);
  const late = ticketEvent({}, { eventId: uniqueId('ev'), causeId: 'action-1' });
  expect((await api.call('POST', `/v1/dockings/${dockingId}/ticket-events`, late)).status).toBe(202);
  const why = await api.call('GET', `/v1/dockings/${dockingId}/ticket-events/${late.eventId}`);
  expect(why.body).toMatchObject({ receivers: [{ outcome: 'pending', reason: 'digest' }] });
  const [receiver] = why.body['receivers'] as { deliveryId: string }[];
  expect(await deliveries.get(receiver?.deliveryId ?? '')).toMatchObject({
    after: member.id,
    eventIds: [late.eventId],
  });
  const { en } = why.body['explanation'] as { en: string[] };
  expect(en.at(-1)).toMatch(/came after the digest .+ was out, and waits for the digest of 20.+ UTC\.$/);
});
