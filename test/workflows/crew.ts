/** Workers for the three task queues in one process, with the given activities. */
import { MockActivityEnvironment, type TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import { startTimeSkipping, workflowBundle } from '../support/servers';
import { TASK_QUEUES } from '../../workflows/names';

/** Runs `body` while the workers work; ends them whatever happens. */
export async function withWorkers<T>(
  environment: TestWorkflowEnvironment,
  activities: object,
  body: () => Promise<T>,
): Promise<T> {
  const shared = { connection: environment.nativeConnection, namespace: environment.namespace ?? 'default' };
  const bundle = await workflowBundle();
  const workers = await Promise.all([
    Worker.create({ ...shared, taskQueue: TASK_QUEUES.docking, workflowBundle: bundle, activities }),
    Worker.create({ ...shared, taskQueue: TASK_QUEUES.feishu, activities }),
    Worker.create({ ...shared, taskQueue: TASK_QUEUES.store, activities }),
  ]);
  const running = workers.map((worker) => worker.run());
  try {
    return await body();
  } finally {
    for (const worker of workers) worker.shutdown();
    await Promise.all(running);
  }
}

/** Call once per file, before the first environment: the server's debug lines are not for the test's reader. */
export function quietRuntime(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} },
    },
  });
}

/** For all tests of a file: a Temporal whose time runs only while somebody waits for it. */
export function timeSkipping(use: (environment: TestWorkflowEnvironment) => void): void {
  let environment: TestWorkflowEnvironment | undefined;
  beforeAll(async () => {
    quietRuntime();
    environment = await startTimeSkipping();
    use(environment);
  });
  afterAll(() => environment?.teardown());
}

/** One try of an activity, outside of any workflow; what it logs is not for the test's reader. */
export async function runActivity<T>(body: () => Promise<T>): Promise<T> {
  const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
  return environment.run(body);
}
