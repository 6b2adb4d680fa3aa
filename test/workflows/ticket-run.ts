/** A ticket's run that is told something, in an environment of the test's own. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { TicketResult } from '../../workflows/messages';
import { ticketNotificationId, TASK_QUEUES } from '../../workflows/names';

/** Starts the run of a ticket of docking `d1` with the first change, and signals the others. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the handle's type is Temporal's
export async function tellTicket(
  { client }: TestWorkflowEnvironment,
  ticketId: string,
  [first, ...more]: readonly unknown[],
) {
  const run = await client.workflow.signalWithStart('ticketNotification', {
    workflowId: ticketNotificationId('d1', ticketId),
    taskQueue: TASK_QUEUES.docking,
    args: [{ dockingId: 'd1', ticketId }],
    signal: 'ticketChanged',
    signalArgs: [first],
  });
  for (const change of more) await run.signal('ticketChanged', change as never);
  return run;
}

/** What the run ended with. */
export const result = (run: { result(): Promise<unknown> }): Promise<TicketResult> =>
  run.result() as Promise<TicketResult>;
