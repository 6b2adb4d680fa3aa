import { delivery, docking } from '../store/fixture';
import { NEW_DOCKING, startApi, type TestApi } from './server';

let api: TestApi;
let dockingId: string;
beforeAll(async () => {
  api = await startApi();
  const created = await api.call('POST', '/v1/dockings', NEW_DOCKING);
  dockingId = String(created.body['id']);
});
afterAll(() => api?.close());

const path = (): string => `/v1/dockings/${dockingId}/deliveries`;

test('everything that needs attention is sent again at once, under its old key, and nothing else is', async () => {
  const parked = [1, 2, 3].map(() =>
    delivery({ dockingId, state: 'needs-attention', reason: 'docking-paused', attempts: 1 }),
  );
  const others = [delivery({ dockingId, state: 'sent' }), delivery({ dockingId, state: 'failed' })];
  await api.store.deliveries.plan([...parked, ...others]);
  const answer = await api.call('POST', `${path()}:replay`, { state: 'needs-attention' });
  expect(answer).toMatchObject({ status: 202, body: { more: false } });
  expect(new Set(answer.body['replayed'] as string[])).toEqual(new Set(parked.map(({ id }) => id)));
  for (const { id, uuid } of parked) {
    expect(await api.store.deliveries.get(id)).toMatchObject({ state: 'planned', reason: null, uuid });
  }
  for (const { id, state } of others) expect(await api.store.deliveries.get(id)).toMatchObject({ state });
  const again = await api.call('POST', `${path()}:replay`, { state: 'needs-attention' });
  expect(again.body).toEqual({ replayed: [], more: false });
});

test.each([{}, { state: 'sent' }, { state: 'failed', everything: true }])(
  'a bulk replay of %j is refused',
  async (body) => {
    expect((await api.call('POST', `${path()}:replay`, body)).status).toBe(400);
  },
);

test('a docking that the platform paused sends what was parked when an admin resumes it, as a green check does', async () => {
  const { store } = api;
  const made = docking({ state: 'live' });
  await store.dockings.create(made, { appSecret: 'app-secret', pushToken: 'push-token' });
  await store.checklists.conclude(made.id, [], new Date(), 'check-1');
  await store.dockings.setState(made.id, 'paused', { pausedReason: 'feishu:99991672' });
  const [first, waited, unclear] = ['feishu:99991672', 'docking-paused', 'outcome-unknown-too-old'].map(
    (reason) => delivery({ dockingId: made.id, state: 'needs-attention', reason, attempts: 1 }),
  );
  if (!first || !waited || !unclear) throw new Error('nothing was parked');
  const shown = { state: 'sent', messageId: 'om_1', behindSince: new Date() } as const;
  const out = delivery({ dockingId: made.id, ticketId: 't-behind', ...shown });
  await store.deliveries.plan([first, waited, unclear, out]);
  const answer = await api.call('PATCH', `/v1/dockings/${made.id}`, { enabled: true });
  expect(answer).toMatchObject({ status: 200, body: { state: 'live' } });
  for (const { id } of [first, waited])
    expect(await store.deliveries.get(id)).toMatchObject({ state: 'planned', reason: null });
  expect(await store.deliveries.get(unclear.id)).toMatchObject({ state: 'needs-attention' });
  // A card that could not be changed meanwhile: its ticket's run looks at it.
  const run = api.temporal.workflow.getHandle(`ticket:${made.id}:${out.ticketId}`);
  expect((await run.describe()).status.name).toBe('RUNNING');
});
