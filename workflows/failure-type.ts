import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';

/** The catalogued type of what ended an activity; `timeout` when the server gave up, `unknown` for a bug. */
export function failureType(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? (cause.type ?? 'unknown') : 'timeout';
}
