import { ticketNotificationId } from '../../workflows/names';
import { eventually } from '../stack/eventually';
import { NEW_DOCKING, startApi, type TestApi } from './server';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

async function dockingWithRun(): Promise<{ id: string; state: () => Promise<string> }> {
  const id = String((await api.call('POST', '/v1/dockings', NEW_DOCKING)).body['id']);
  await api.ports.client.ticketChanged(id, 't1', { eventId: 'ev1', deliveryIds: [] });
  const run = api.temporal.workflow.getHandle(ticketNotificationId(id, 't1'));
  return { id, state: async () => (await run.describe()).status.name };
}

test('what runs for a docking ends with it, and what runs for another goes on', async () => {
  const gone = await dockingWithRun();
  const kept = await dockingWithRun();
  const isListed = async (): Promise<boolean> =>
    (await api.temporal.workflow.count(`DockingId = '${gone.id}' AND WorkflowType = 'ticketNotification'`))
      .count === 1;
  await eventually('the run in the list', isListed);
  expect((await api.call('DELETE', `/v1/dockings/${gone.id}`)).status).toBe(204);
  await eventually('the end of the run', async () => (await gone.state()) === 'TERMINATED');
  expect(await kept.state()).toBe('RUNNING');
});
