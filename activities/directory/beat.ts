import { Context } from '@temporalio/activity';

/** Where a long activity is; shown beside the pending activity. Never the name of a person. */
export type Position = Record<string, string | number>;

export interface Beat {
  /** Aborts when the workflow cancels or the worker shuts down. */
  readonly signal: AbortSignal;
  /** Tells the operator where we are. */
  at(position: Position): void;
}

/** Well inside the 20 s after which the server gives an activity to another worker. */
const EVERY_MS = 5_000;

/** Runs a long activity body with a steady heartbeat, also while it waits for its turn at the platform. */
export async function beating<T>(body: (beat: Beat) => Promise<T>): Promise<T> {
  const context = Context.current();
  let position: Position = {};
  const timer = setInterval(() => context.heartbeat(position), EVERY_MS);
  try {
    return await body({
      signal: context.cancellationSignal,
      at(next) {
        position = next;
        context.heartbeat(position);
      },
    });
  } finally {
    clearInterval(timer);
  }
}
