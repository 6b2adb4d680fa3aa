import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { HANDOVER_SWEEP_ID, TASK_QUEUES, ticketSystemPullId, WORKFLOW_TYPES } from '../../workflows/names';
import { timeSkipping, withWorkers } from './crew';

let environment: TestWorkflowEnvironment;
timeSkipping((started) => (environment = started));

const pull = (signal: 'pushesStored' | 'pullDue', dockingId: string) =>
  environment.client.workflow.signalWithStart(WORKFLOW_TYPES.ticketSystemPull, {
    workflowId: ticketSystemPullId(dockingId),
    taskQueue: TASK_QUEUES.docking,
    args: [{ dockingId }],
    signal,
  });

test('stored pushes are read until none is left, and the run ends with what they came to', async () => {
  const reads: string[] = [];
  const activities = {
    readStoredPushes: async (dockingId: string) => {
      reads.push(dockingId);
      return { events: 50, more: reads.length < 3 };
    },
  };
  await withWorkers(environment, activities, async () => {
    const run = await pull('pushesStored', 'd1');
    expect(await run.result()).toEqual({ events: 150 });
  });
  expect(reads).toEqual(['d1', 'd1', 'd1']);
});

test('when it is time, stored pushes come first and then what no push told', async () => {
  const order: string[] = [];
  const activities = {
    readStoredPushes: async () => {
      order.push('pushes');
      return { events: 1, more: false };
    },
    pullChanges: async () => {
      order.push('changes');
      return { events: 2 };
    },
  };
  await withWorkers(environment, activities, async () => {
    expect(await (await pull('pullDue', 'd2')).result()).toEqual({ events: 3 });
  });
  expect(order).toEqual(['pushes', 'changes']);
});

test('the sweep hands over what a crash left behind before it wakes the looks', async () => {
  const order: string[] = [];
  const activities = {
    sweepHandovers: async () => {
      order.push('hand over');
      return { handedOver: 4 };
    },
    sweepFeishuEvents: async () => {
      order.push('hand over events of Feishu');
      return { handedOver: 3 };
    },
    sweepDigests: async () => {
      order.push('digests');
      return { handedOver: 1 };
    },
    wakePulls: async () => {
      order.push('wake');
      return { woken: 2 };
    },
  };
  await withWorkers(environment, activities, async () => {
    const run = await environment.client.workflow.start(WORKFLOW_TYPES.handoverSweep, {
      workflowId: HANDOVER_SWEEP_ID,
      taskQueue: TASK_QUEUES.docking,
    });
    expect(await run.result()).toEqual({ handedOver: 4, feishuEvents: 3, woken: 2 });
  });
  expect(order).toEqual(['hand over', 'hand over events of Feishu', 'digests', 'wake']);
});
