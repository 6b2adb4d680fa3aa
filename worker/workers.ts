import type { NativeConnection } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import type { Activities } from '../activities';
import { TASK_QUEUES } from '../client';
import { BUNDLE_PATH } from './bundle';
import type { WorkerSettings } from './settings';

/** Outer fence of the platform queue; the pacer inside holds the exact windows. */
const FEISHU_PER_SECOND = 45;

/** One worker per task queue: workflows with their local activities, platform calls, our own database. */
export async function createWorkers(
  connection: NativeConnection,
  namespace: string,
  activities: Activities,
  settings: WorkerSettings,
): Promise<Worker[]> {
  const shared = {
    connection,
    namespace,
    activities,
    shutdownGraceTime: '20s',
    shutdownForceTime: '25s',
  } as const;
  return Promise.all([
    Worker.create({
      ...shared,
      taskQueue: TASK_QUEUES.docking,
      workflowBundle: { codePath: BUNDLE_PATH },
      maxCachedWorkflows: settings.cachedWorkflows,
      // A worker that was killed holds its workflows for this long; tickets should not wait the default 10 s.
      stickyQueueScheduleToStartTimeout: '3s',
    }),
    Worker.create({
      ...shared,
      taskQueue: TASK_QUEUES.feishu,
      maxConcurrentActivityTaskExecutions: settings.feishuActivities,
      maxTaskQueueActivitiesPerSecond: FEISHU_PER_SECOND,
    }),
    Worker.create({ ...shared, taskQueue: TASK_QUEUES.store, maxConcurrentActivityTaskExecutions: 40 }),
  ]);
}
