import { ApplicationFailure } from '@temporalio/common';
import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/client';

/** A running workflow refused a decision; nothing was written. `type` is a code of docs/failures.md. */
export class DecisionRefused extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.name = 'DecisionRefused';
    this.type = type;
  }
}

/** What was to be told cannot be read; nothing was sent. */
export class InvalidChange extends Error {
  readonly type = 'Request.Invalid';
  /** Such as `ticketId` or `reference`. */
  readonly field: string;
  constructor(field: string, message: string) {
    super(`${field} ${message}`);
    this.name = 'InvalidChange';
    this.field = field;
  }
}

/** There is no running workflow to talk to. */
export class NotRunning extends Error {
  constructor(readonly workflowId: string) {
    super(`Nothing runs under ${workflowId}.`);
    this.name = 'NotRunning';
  }
}

/** The one allowed run of its kind is already under way. */
export class AlreadyRunning extends Error {
  constructor(readonly workflowId: string) {
    super(`${workflowId} is already under way.`);
    this.name = 'AlreadyRunning';
  }
}

/** Turns what the Temporal client throws into the three answers a caller can act on; anything else passes. */
export async function speaking<T>(workflowId: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) {
      const cause = error.cause;
      if (cause instanceof ApplicationFailure) {
        throw new DecisionRefused(cause.type ?? 'Refused', cause.message);
      }
    }
    if (error instanceof WorkflowNotFoundError) throw new NotRunning(workflowId);
    if (error instanceof WorkflowExecutionAlreadyStartedError) throw new AlreadyRunning(workflowId);
    throw error;
  }
}
