import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eventually } from '../stack/eventually';
import { startDevServer } from '../support/servers';
import { quietRuntime } from './crew';
import { GRANTED, openSetUp, type SetUp } from './set-up';

let environment: TestWorkflowEnvironment;
let setUp: SetUp;
let stopWorking: () => Promise<void>;

beforeAll(async () => {
  quietRuntime();
  environment = await startDevServer();
  setUp = await openSetUp(environment);
  await setUp.mend();
});
afterAll(async () => {
  await stopWorking?.();
  await setUp?.close();
  await environment?.teardown();
});

test('a review that waits survives the restart of every worker, and a decision made meanwhile is not lost', async () => {
  await setUp.app({ versions: [{ version: '1.0.1', status: 3, scopes: GRANTED }] });
  const dockingId = await setUp.dock();
  stopWorking = await setUp.startWorking();
  await setUp.client.startOnboarding(dockingId);
  await eventually(
    'a review under way',
    async () => (await setUp.client.onboarding(dockingId)).state === 'in-review',
  );
  await stopWorking();
  const approving = setUp.client.approveStep(dockingId, {
    step: 'create-app',
    by: 'account-1',
    role: 'admin',
  });
  await setUp.app({ approveVersion: true });
  stopWorking = await setUp.startWorking();
  await expect(approving).resolves.toMatchObject({ state: 'done', approvedBy: 'account-1' });
  // What the server gave to a worker that was just leaving is given out again after its time-out of 30 s.
  await eventually(
    'the docking to be live',
    async () => (await setUp.company.store.dockings.require(dockingId)).state === 'live',
    75_000,
  );
}, 150_000);
