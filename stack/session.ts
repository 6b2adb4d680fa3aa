/** A stack in the foreground of a terminal: what signals and crashes do to it. */
import type { Stack } from './up';

export interface Session {
  /** Hand to `bringUp`, so that Ctrl-C also works on the way up. */
  signal: AbortSignal;
  /** Resolves with the name of the first signal, or with a sentence when a part of the stack broke. */
  untilEnd(stack: Stack): Promise<{ signal: NodeJS.Signals } | { broken: string }>;
}

/**
 * The first SIGINT, SIGTERM or SIGHUP asks for an orderly end, the second ends at once. A bug that nobody caught is
 * printed and ends at once too. Ending at once still kills every child: processes.ts listens to the exit.
 */
export function terminalSession(): Session {
  const abort = new AbortController();
  const signalled = new Promise<NodeJS.Signals>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (abort.signal.aborted) process.exit(130);
        abort.abort();
        resolve(name);
      });
    }
  });
  const crash = (error: unknown): void => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  // A closed pipe (`| head`) is not a bug of ours; without this it would count as one.
  process.stdout.on('error', () => undefined);
  return {
    signal: abort.signal,
    untilEnd: (stack) =>
      Promise.race([signalled.then((signal) => ({ signal })), stack.broken.then((broken) => ({ broken }))]),
  };
}

/** Runs a command of the stack to its exit code; an error is one red sentence, not a stack trace. */
export function runToExit(main: () => Promise<number>): void {
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
}
