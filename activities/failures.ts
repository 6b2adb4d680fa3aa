/**
 * Maps everything that can go wrong in an activity to one of three answers: never again, again after a while, or
 * again with growing pauses. Workflows see a failure type and a next step, never a request, a secret or a person.
 */
import { ApplicationFailure, ApplicationFailureCategory, CancelledFailure } from '@temporalio/common';
import { FeishuError, PacingRefusal } from '../feishu';
import { TicketSystemError } from '../tickets';

/** Details that every mapped failure carries as its first detail. */
export interface FailureDetails {
  code: string;
  nextStep: string;
  /** False when the other side may have done it although no answer came. */
  refused: boolean;
}

/** Runs an activity body and lets only catalogued failures out; a bug stays a plain error that a deploy can heal. */
export async function withFailures<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    throw asFailure(error);
  }
}

/** The failure that Temporal should see for `error`. */
export function asFailure(error: unknown): unknown {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (error instanceof FeishuError) {
    return failure(`Feishu.${error.errorClass}`, error.message, error.retry, error.retryAfterMs, {
      code: String(error.code),
      nextStep: error.nextStep.en,
      refused: error.outcome === 'refused',
    });
  }
  if (error instanceof TicketSystemError) {
    return failure(`TicketSystem.${error.code}`, error.message, error.retryClass, error.retryAfterMs, {
      code: error.code,
      nextStep: error.nextStep,
      refused: error.code !== 'unknown-outcome' && error.code !== 'timeout',
    });
  }
  if (error instanceof PacingRefusal) {
    return failure('Feishu.paced', error.message, 'after', error.retryAfterMs, {
      code: 'paced',
      nextStep: 'Nothing: it is sent as soon as the platform limits allow.',
      refused: true,
    });
  }
  return error;
}

/** A failure of our own making that no retry can heal. `type` is a code of docs/failures.md. */
export function refuse(type: string, message: string, nextStep: string): ApplicationFailure {
  return failure(type, message, 'never', undefined, { code: type, nextStep, refused: true });
}

function failure(
  type: string,
  message: string,
  retry: 'never' | 'after' | 'normal',
  retryAfterMs: number | undefined,
  details: FailureDetails,
): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message: `${message} Next: ${details.nextStep}`,
    nonRetryable: retry === 'never',
    details: [details],
    ...(retry === 'after' ? { nextRetryDelay: retryAfterMs ?? 1000 } : {}),
    // Rate limits are weather, not faults: no failure metric, no alarm.
    ...(retry === 'after' ? { category: ApplicationFailureCategory.BENIGN } : {}),
  });
}
