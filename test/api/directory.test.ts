import { directorySyncId } from '../../workflows/names';
import { docking } from '../store/fixture';
import { startApi, type TestApi } from './server';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
}, 60_000);
afterAll(() => api?.close());

test('the next sync starts as soon as the one before is told as finished, though its workflow still closes', async () => {
  const made = docking({ state: 'live' });
  await api.store.dockings.create(made, { appSecret: 's', pushToken: 'p' });
  const start = () => api.call('POST', `/v1/dockings/${made.id}/directory/syncs`, { mode: 'preview' });

  const first = await start();
  expect(first.status).toBe(202);
  expect(await start()).toMatchObject({ status: 409, body: { type: 'Run.AlreadyRunning' } });

  await api.store.syncRuns.patch(String(first.body['runId']), { state: 'discarded', finishedAt: new Date() });
  const second = start();
  await api.temporal.workflow.getHandle(directorySyncId(made.id)).terminate('closed, as a worker would');
  expect(await second).toMatchObject({ status: 202 });
});
