import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client';
import {
  cardClicked,
  digestDue,
  ticketChanged,
  why,
  type CardClicked,
  type DigestDue,
  type PersonDigestInput,
  type TicketChange,
  type TicketNotificationInput,
  type TicketWhy,
} from '../workflows/messages';
import { isId, LONGEST_ID, personDigestId, ticketNotificationId, WORKFLOW_TYPES } from '../workflows/names';
import { InvalidChange, speaking } from './errors';
import type { StartOptions } from './set-up-calls';

/** What is told of tickets and their cards. */
export interface TicketCalls {
  /**
   * Tells the ticket's workflow, starting it where needed. Safe to repeat with the same event id. Fails with `InvalidChange` without an
   * `eventId`, or when there is nothing to tell, such as a `reference`.
   */
  ticketChanged(dockingId: string, ticketId: string, change: TicketChange): Promise<void>;
  /** Somebody clicked on a card of this ticket. Safe to repeat: a click is carried out once. */
  cardClicked(dockingId: string, ticketId: string, click: CardClicked): Promise<void>;
  ticketWhy(dockingId: string, ticketId: string): Promise<TicketWhy>;
  /** Has a digest go out at its time (Unix ms), or one of its cards once more. Safe to repeat. */
  digestDue(digest: PersonDigestInput & DigestDue): Promise<void>;
}

export function createTicketCalls(
  temporal: Client,
  signals: Client,
  of: (dockingId: string, priorityKey: number, ticketState?: string) => StartOptions,
  startsAtOnce: boolean,
): TicketCalls {
  return {
    async ticketChanged(dockingId, ticketId, told) {
      refuseUnreadable({ dockingId, ticketId, ...told });
      const { urgent, statusType, waiting, ...change } = told;
      const options = {
        ...of(dockingId, urgent ? 1 : 3, statusType),
        workflowId: ticketNotificationId(dockingId, ticketId),
        staticSummary: `Remind people of ticket ${ticketId}`,
      };
      if (
        !waiting &&
        (await startedFor(temporal, {
          ...options,
          args: [{ dockingId, ticketId, first: change }],
          requestEagerStart: startsAtOnce,
        }))
      )
        return;
      await signals.workflow.signalWithStart(WORKFLOW_TYPES.ticketNotification, {
        ...options,
        signal: ticketChanged,
        signalArgs: [change],
        args: [{ dockingId, ticketId }],
      });
    },
    async cardClicked(dockingId, ticketId, click) {
      await signals.workflow.signalWithStart(WORKFLOW_TYPES.ticketNotification, {
        ...of(dockingId, 1),
        workflowId: ticketNotificationId(dockingId, ticketId),
        staticSummary: `Carry out a click on a card of ticket ${ticketId}`,
        signal: cardClicked,
        signalArgs: [click],
        args: [{ dockingId, ticketId }],
      });
    },
    ticketWhy: (dockingId, ticketId) => {
      const workflowId = ticketNotificationId(dockingId, ticketId);
      return speaking(workflowId, () => temporal.workflow.getHandle(workflowId).query(why));
    },
    async digestDue({ replay, ...digest }) {
      await signals.workflow.signalWithStart(WORKFLOW_TYPES.personDigest, {
        ...of(digest.dockingId, 3),
        workflowId: personDigestId(digest.dockingId, digest.digestId),
        staticSummary: 'All reminders that one person gets at one moment, in one card',
        signal: digestDue,
        signalArgs: [replay === undefined ? {} : { replay }],
        args: [digest],
      });
    },
  };
}

/** The workflow drops what it cannot read, since a handler that throws would stop the ticket for good; so it is said here. */
function refuseUnreadable(told: TicketChange & { dockingId: string; ticketId: string }): void {
  for (const field of ['dockingId', 'ticketId', 'eventId'] as const) {
    if (!isId(told[field])) {
      throw new InvalidChange(field, `must be a text of 1 to ${LONGEST_ID} characters`);
    }
  }
  const { deliveryIds, settles, deadlines, rechecks, refreshes, reference } = told;
  if (reference !== undefined && (typeof reference !== 'object' || reference === null)) {
    throw new InvalidChange('reference', 'must be an object');
  }
  if (![deliveryIds, settles, deadlines, rechecks, refreshes, reference].some((one) => one !== undefined)) {
    throw new InvalidChange('reference', 'is missing: nothing is told of the event');
  }
}

/**
 * False when the ticket's workflow runs already. Most events find none: told with the start instead of by a signal, they
 * cost one event less in the history (decision 0014).
 */
async function startedFor(
  temporal: Client,
  options: WorkflowStartOptions & { args: [TicketNotificationInput] },
): Promise<boolean> {
  try {
    await temporal.workflow.start(WORKFLOW_TYPES.ticketNotification, {
      ...options,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
