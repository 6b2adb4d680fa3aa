/** Runs that somebody starts by hand, from the Temporal UI or another program, with an input that lacks something. */
import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { TASK_QUEUES, WORKFLOW_TYPES } from '../../workflows/names';
import { timeSkipping, withWorkers } from './crew';

let environment: TestWorkflowEnvironment;
timeSkipping((started) => (environment = started));

const whole = {
  dockingId: 'd1',
  runId: 'r1',
  mode: 'apply',
  kind: 'auto',
  ticketId: 't1',
  digestId: 'g1',
  at: 1,
  repairId: 'p1',
  changeIds: ['c1'],
};
const without = (field: keyof typeof whole): object => ({ ...whole, [field]: undefined });

const ofDocking = Object.values(WORKFLOW_TYPES).filter((type) => type !== 'handoverSweep');
const MISSING: [string, string, unknown[]][] = [
  ...ofDocking.map((type): [string, string, unknown[]] => [type, 'dockingId', [without('dockingId')]]),
  ...ofDocking.map((type): [string, string, unknown[]] => [type, 'dockingId', []]),
  ['ticketNotification', 'dockingId', [[]]],
  ['ticketNotification', 'ticketId', [{ ...whole, ticketId: '' }]],
  ['agentBinding', 'runId', [without('runId')]],
  ['agentBinding', 'kind', [{ ...whole, kind: 'everybody' }]],
  ['directorySync', 'mode', [{ ...whole, mode: 'dry-run' }]],
  ['personDigest', 'digestId', [without('digestId')]],
  ['personDigest', 'at', [{ ...whole, at: 'noon' }]],
  ['setUpRepair', 'changeIds', [{ ...whole, changeIds: 'c1' }]],
];

test('end at once, name the field, and do nothing', async () => {
  let asked = 0;
  const activities = { checkCredentials: async () => (asked += 1) };
  await withWorkers(environment, activities, async () => {
    for (const [index, [type, field, args]] of MISSING.entries()) {
      const handle = await environment.client.workflow.start(type, {
        workflowId: `by-hand-${index}`,
        taskQueue: TASK_QUEUES.docking,
        args,
      });
      const failure: unknown = await handle.result().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(WorkflowFailedError);
      const { cause } = failure as WorkflowFailedError;
      expect(cause).toBeInstanceOf(ApplicationFailure);
      const { type: code, message, nonRetryable, details } = cause as ApplicationFailure;
      expect({ type, code, nonRetryable, details }).toMatchObject({
        type,
        code: 'Request.Invalid',
        nonRetryable: true,
        details: [{ code: 'Request.Invalid', field }],
      });
      expect(message).toMatch(new RegExp(`^${field} must be .*Next: `));
    }
  });
  expect(asked).toBe(0);
});
