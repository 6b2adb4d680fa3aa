import { Worker } from '@temporalio/worker';
import type { Activities } from '../activities';
import { TASK_QUEUES } from '../client';
import { BUNDLE_PATH } from './bundle';
import type { WorkerSettings } from './settings';
import type { Temporal } from './temporal';

/** Outer fence of the platform queue; the pacer inside holds the exact windows. */
const FEISHU_PER_SECOND = 45;

type Connected = Pick<Temporal, 'connection' | 'namespace'>;

const shared = (temporal: Connected, activities: Activities) => ({
  connection: temporal.connection,
  namespace: temporal.namespace,
  activities,
  shutdownGraceTime: '20s' as const,
  shutdownForceTime: '25s' as const,
});

/** One worker per task queue: workflows with their local activities, platform calls, our own database. */
export async function createWorkers(
  temporal: Connected,
  activities: Activities,
  settings: Pick<WorkerSettings, 'cachedWorkflows' | 'feishuActivities'>,
): Promise<Worker[]> {
  const own = shared(temporal, activities);
  return Promise.all([
    createWorkflowWorker(temporal, activities, { cachedWorkflows: settings.cachedWorkflows }),
    Worker.create({
      ...own,
      taskQueue: TASK_QUEUES.feishu,
      maxConcurrentActivityTaskExecutions: settings.feishuActivities,
      maxTaskQueueActivitiesPerSecond: FEISHU_PER_SECOND,
    }),
    Worker.create({ ...own, taskQueue: TASK_QUEUES.store, maxConcurrentActivityTaskExecutions: 40 }),
  ]);
}

/** Workflows with their local activities. `tasksAtOnce`: workflow tasks under way together, default 40. */
export function createWorkflowWorker(
  temporal: Connected,
  activities: Activities,
  { cachedWorkflows, tasksAtOnce }: { cachedWorkflows: number; tasksAtOnce?: number },
): Promise<Worker> {
  return Worker.create({
    ...shared(temporal, activities),
    taskQueue: TASK_QUEUES.docking,
    workflowBundle: { codePath: BUNDLE_PATH },
    maxCachedWorkflows: cachedWorkflows,
    // A worker that was killed holds its workflows for this long; tickets should not wait the default 10 s.
    stickyQueueScheduleToStartTimeout: '3s',
    ...(tasksAtOnce === undefined ? {} : { maxConcurrentWorkflowTaskExecutions: tasksAtOnce }),
  });
}
