/** What must not cost a person the one card that is meant for them: many others, or a step that fails for good. */
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { TriedAtOnce } from '../../activities';
import { ticketNotificationId, TASK_QUEUES } from '../../workflows/names';
import { timeSkipping, withWorkers } from './crew';

let environment: TestWorkflowEnvironment;
timeSkipping((started) => (environment = started));

const HOUR = 3_600_000;

/** Tells a ticket's run that these cards are due, and gives what it has done when it is over. */
async function told(ticketId: string, deliveryIds: string[], activities: object): Promise<unknown> {
  return withWorkers(environment, activities, async () => {
    const run = await environment.client.workflow.signalWithStart('ticketNotification', {
      workflowId: ticketNotificationId('d1', ticketId),
      taskQueue: TASK_QUEUES.docking,
      args: [{ dockingId: 'd1', ticketId }],
      signal: 'ticketChanged',
      signalArgs: [{ eventId: 'e1', deliveryIds }],
    });
    return run.result() as Promise<unknown>;
  });
}

test('of a large group in its quiet hours everybody gets the card at their end', async () => {
  const group = Array.from({ length: 60 }, (_one, index) => `c${index}`);
  const at = (await environment.currentTimeMs()) + 9 * HOUR;
  const sent: string[] = [];
  const deliverAtOnce = async (_docking: string, ids: string[]): Promise<TriedAtOnce> => {
    if (ids.length > 1)
      return {
        held: ids.map((deliveryId) => ({ deliveryId, employeeId: deliveryId, role: 'group-members', at })),
      };
    sent.push(...ids);
    return {};
  };
  expect(await told('large-group', group, { deliverAtOnce })).toEqual({ sent: 60, failed: 0 });
  expect([...new Set(sent)].sort()).toEqual([...group].sort());
});

test('a reminder that can never be planned ends with its step; what else the ticket waits for goes on', async () => {
  const at = (await environment.currentTimeMs()) + 9 * HOUR;
  const sent: string[] = [];
  const card = { employeeId: 'ou_1', role: 'assignee' };
  const deliverAtOnce = async (_docking: string, ids: string[]): Promise<TriedAtOnce> => {
    if (ids.length > 1)
      return {
        held: [{ ...card, deliveryId: 'c2', at }],
        followUps: [{ ...card, deliveryId: 'c1', unreadAfterMinutes: 10 }],
      };
    sent.push(...ids);
    return {};
  };
  const planFollowUp = async (): Promise<never> => {
    throw ApplicationFailure.nonRetryable('no', 'Feishu.server');
  };
  expect(await told('never-planned', ['c1', 'c2'], { deliverAtOnce, planFollowUp })).toEqual({
    sent: 2,
    failed: 0,
  });
  expect([...new Set(sent)]).toEqual(['c2']);
});
