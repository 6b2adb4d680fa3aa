/** What a ticket's workflow does with cards that are out when the ticket moves on. */
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { TicketChange, TicketResult } from '../../workflows/messages';
import { ticketNotificationId, TASK_QUEUES } from '../../workflows/names';
import { timeSkipping, withWorkers } from './crew';

let environment: TestWorkflowEnvironment;
timeSkipping((started) => (environment = started));

let tickets = 0;
async function start(first: TicketChange) {
  const ticketId = `outdated-${(tickets += 1)}`;
  return environment.client.workflow.start('ticketNotification', {
    workflowId: ticketNotificationId('d1', ticketId),
    taskQueue: TASK_QUEUES.docking,
    args: [{ dockingId: 'd1', ticketId, first }],
  });
}
const result = (run: { result(): Promise<unknown> }) => run.result() as Promise<TicketResult>;

test('cards that are out are changed after those that are due, and count as no further card', async () => {
  const calls: string[] = [];
  const activities = {
    deliverAtOnce: async (_docking: string, ids: string[]) => {
      calls.push(`send ${ids.join()}`);
      return {};
    },
    refreshCards: async (_docking: string, ids: string[]) => {
      calls.push(`refresh ${ids.join()}`);
      return { changed: ids.length, left: 0 };
    },
  };
  await withWorkers(environment, activities, async () => {
    const run = await start({ eventId: 'e1', deliveryIds: ['c2'], refreshes: ['c1', 'c0'] });
    expect(await result(run)).toEqual({ sent: 1, failed: 0 });
  });
  expect(calls).toEqual(['send c2', 'refresh c1,c0']);
});

test('while the platform is away a new card is not held up by the old ones', async () => {
  const calls: string[] = [];
  let platformIsBack: () => void = () => undefined;
  const back = new Promise<void>((done) => (platformIsBack = done));
  const activities = {
    deliverAtOnce: async (_docking: string, ids: string[]) => {
      calls.push(`send ${ids.join()}`);
      platformIsBack();
      return {};
    },
    refreshCards: async (_docking: string, ids: string[]) => {
      calls.push(`refresh ${ids.join()}`);
      await back;
      return { changed: ids.length, left: 0 };
    },
  };
  await withWorkers(environment, activities, async () => {
    const run = await start({ eventId: 'e1', deliveryIds: [], refreshes: ['c1'] });
    await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: ['c2'] });
    expect(await result(run)).toEqual({ sent: 1, failed: 0 });
  });
  expect([...calls].sort()).toEqual(['refresh c1', 'send c2']);
});

test('a card that cannot be changed stays as it is, and the run ends in good order', async () => {
  const activities = {
    deliverAtOnce: async () => ({}),
    refreshCards: async () => {
      throw ApplicationFailure.nonRetryable('the token is gone', 'Feishu.scope');
    },
  };
  await withWorkers(environment, activities, async () => {
    const run = await start({ eventId: 'e1', deliveryIds: [], refreshes: ['c1'] });
    expect(await result(run)).toEqual({ sent: 0, failed: 0 });
  });
});
