/** In an environment of its own: reviews that other tests left waiting would be looked at for weeks, too. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ChecklistView } from '../../client';
import { onboardingReviewId } from '../../workflows/names';
import { eventually } from '../stack/eventually';
import { startTimeSkipping } from '../support/servers';
import { quietRuntime } from './crew';
import { GRANTED, openSetUp, type SetUp } from './set-up';

let environment: TestWorkflowEnvironment;
let setUp: SetUp;
let stopWorking: () => Promise<void>;

beforeAll(async () => {
  quietRuntime();
  environment = await startTimeSkipping();
  setUp = await openSetUp(environment);
  await setUp.mend();
  stopWorking = await setUp.startWorking();
});
afterAll(async () => {
  await stopWorking?.();
  await setUp?.close();
  await environment?.teardown();
});

const viewOf = (dockingId: string): Promise<ChecklistView> => setUp.client.onboarding(dockingId);
const stepOf = async (dockingId: string, name: string) =>
  (await viewOf(dockingId)).steps.find(({ step }) => step === name);
const becomes = (dockingId: string, name: string, state: string): Promise<void> =>
  eventually(`${name} to be ${state}`, async () => (await stepOf(dockingId, name))?.state === state);

test('weeks of review are waited out with growing pauses and reminders, and an event ends them at once', async () => {
  await setUp.app({ versions: [{ version: '1.0.1', status: 3, scopes: GRANTED }] });
  const dockingId = await setUp.dock();
  await setUp.client.startOnboarding(dockingId);
  await eventually(
    'a first look at the platform',
    async () => (await viewOf(dockingId)).nextCheckAt !== null,
  );
  await setUp.client.approveStep(dockingId, { step: 'create-app', by: 'account-1', role: 'admin' });
  expect(await viewOf(dockingId)).toMatchObject({ state: 'in-review' });
  const callsBefore = (await setUp.company.calls())['GET /open-apis/application/v6/scopes'] ?? 0;
  // Day by day: the server ends a connection on which one call waits for minutes of real time.
  for (let day = 1; day <= 23; day += 1) await environment.sleep('1 day');
  const looks = ((await setUp.company.calls())['GET /open-apis/application/v6/scopes'] ?? 0) - callsBefore;
  // Two calls a look; every six hours once the pause is fully grown.
  expect(looks / 2).toBeGreaterThan(60);
  expect(looks / 2).toBeLessThan(120);
  expect(await stepOf(dockingId, 'review')).toMatchObject({ state: 'waiting' });
  const nudges = (await setUp.company.store.audit.list({ dockingId, limit: 200 })).items.filter(
    ({ action }) => action === 'onboarding.owner-nudged',
  );
  const ofAdmin = nudges
    .filter(({ detail }) => detail['owner'] === 'feishu-admin')
    .map(({ detail }) => detail);
  expect(ofAdmin.map(({ number }) => number)).toEqual([3, 2, 1]);

  // The platform's reviewer says no: the event wakes the review, the reason is kept, the developer is waited for.
  await setUp.app({ rejectVersion: { reason: 'too many rights' } });
  const [version] = (
    await setUp.company.control<{ versions: { versionId: string }[] }>('GET', `/apps/${setUp.company.appId}`)
  ).versions;
  await setUp.company.store.dockings.patch(dockingId, {
    lastAudit: {
      versionId: version?.versionId ?? '',
      approved: false,
      remark: 'too many rights',
      at: new Date(),
    },
  });
  await setUp.client.nudgeOnboarding(dockingId, { eventId: 'audit-1', type: 'app_version.audit_v6' });
  await becomes(dockingId, 'review', 'rejected');
  expect(await viewOf(dockingId)).toMatchObject({
    state: 'setting-up',
    waitingFor: ['feishu-developer', 'ticket-admin'],
  });
  await eventually('the reason to be kept', async () => {
    const onboarding = await setUp.company.store.onboardings.get(dockingId);
    return onboarding?.steps.find(({ step }) => step === 'review')?.rejectReason === 'too many rights';
  });
  const bytes = JSON.stringify(
    await environment.client.workflow.getHandle(onboardingReviewId(dockingId)).fetchHistory(),
  );
  expect(bytes).not.toContain('too many rights');

  // Submitted again and approved.
  await setUp.app({ submitVersion: true });
  await setUp.client.nudgeOnboarding(dockingId, { eventId: 'apply-2', type: 'app_version.publish_apply_v6' });
  await becomes(dockingId, 'review', 'waiting');
  await setUp.app({ approveVersion: true });
  await setUp.client.nudgeOnboarding(dockingId, { eventId: 'audit-2', type: 'app_version.audit_v6' });
  await eventually('the docking to be live', async () => (await viewOf(dockingId)).state === 'live');
  // It went through several runs, with nothing lost on the way.
  const { runId } = await environment.client.workflow.getHandle(onboardingReviewId(dockingId)).describe();
  const [first] =
    (await environment.client.workflow.getHandle(onboardingReviewId(dockingId), runId).fetchHistory())
      .events ?? [];
  expect(first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy();
  expect(await stepOf(dockingId, 'create-app')).toMatchObject({
    doneBy: 'approval',
    approvedBy: 'account-1',
  });
}, 240_000);
