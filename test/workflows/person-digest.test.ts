import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { ApplicationFailure } from '@temporalio/common';
import type { ToldDigest } from '../../activities';
import { personDigestId, TASK_QUEUES, WORKFLOW_TYPES, workflowSubject } from '../../workflows/names';
import { timeSkipping, withWorkers } from './crew';

let environment: TestWorkflowEnvironment;
timeSkipping((started) => (environment = started));

let digests = 0;

function world(answers: { atOnce?: () => ToldDigest; patiently?: () => ToldDigest } = {}) {
  const calls: string[] = [];
  const of = (what: string, replay: string | null): number => calls.push(replay ? `${what} ${replay}` : what);
  return {
    calls,
    activities: {
      tellDigestAtOnce: async (_docking: string, _digest: string, replay: string | null) => {
        of('at once', replay);
        return answers.atOnce?.() ?? { sent: 1, failed: 0 };
      },
      tellDigest: async (_docking: string, _digest: string, replay: string | null) => {
        of('patiently', replay);
        return answers.patiently?.() ?? { sent: 1, failed: 0 };
      },
      parkDigest: async (_docking: string, _digest: string, replay: string | null) => void of('park', replay),
    },
  };
}

const due = async (at: number, digestId: string, replay?: string) =>
  environment.client.workflow.signalWithStart(WORKFLOW_TYPES.personDigest, {
    workflowId: personDigestId('d1', digestId),
    taskQueue: TASK_QUEUES.docking,
    args: [{ dockingId: 'd1', digestId, at }],
    signal: 'digestDue',
    signalArgs: [replay ? { replay } : {}],
  });
const newId = (): string => `dg-${(digests += 1)}`;

test('a digest waits for its time, goes out once, and costs at most 16 history events', async () => {
  const { activities, calls } = world();
  await withWorkers(environment, activities, async () => {
    const at = (await environment.currentTimeMs()) + 3 * 3600_000;
    const id = newId();
    const run = await due(at, id);
    await due(at, id);
    expect(await run.result()).toEqual({ sent: 1, failed: 0 });
    expect(await environment.currentTimeMs()).toBeGreaterThanOrEqual(at);
    expect((await run.fetchHistory()).events?.length).toBeLessThanOrEqual(16);
  });
  expect(calls).toEqual(['at once']);
});

test('an outage is waited out, and what gives up is parked', async () => {
  const { activities, calls } = world({
    atOnce: () => ({ sent: 0, failed: 0, later: true }),
    patiently: () => {
      throw ApplicationFailure.nonRetryable('no', 'Feishu.parameters');
    },
  });
  await withWorkers(environment, activities, async () => {
    expect(await (await due(0, newId())).result()).toEqual({ sent: 0, failed: 1 });
  });
  expect(calls).toEqual(['at once', 'patiently', 'park']);
});

test('a card of before goes out after all, without waiting for the time of what still waits', async () => {
  const { activities, calls } = world();
  await withWorkers(environment, activities, async () => {
    const at = (await environment.currentTimeMs()) + 3600_000;
    const id = newId();
    await due(at, id, 'dl-1');
    const run = await due(at, id);
    expect(await run.result()).toEqual({ sent: 2, failed: 0 });
  });
  expect(calls).toEqual(['at once dl-1', 'at once']);
});

test('a signal that brings nonsense stops nothing', async () => {
  const { activities, calls } = world();
  await withWorkers(environment, activities, async () => {
    const run = await environment.client.workflow.signalWithStart(WORKFLOW_TYPES.personDigest, {
      workflowId: personDigestId('d1', newId()),
      taskQueue: TASK_QUEUES.docking,
      args: [{ dockingId: 'd1', digestId: 'dg-x', at: 0 }],
      signal: 'digestDue',
      signalArgs: [{ replay: { $ne: null } }],
    });
    expect(await run.result()).toEqual({ sent: 1, failed: 0 });
  });
  expect(calls).toEqual(['at once']);
});

test('the id of the workflow leads back to docking and digest', () => {
  expect(workflowSubject(personDigestId('dk_1', 'dg-ab'))).toEqual({
    kind: 'digest',
    dockingId: 'dk_1',
    digestId: 'dg-ab',
  });
});
