/** Waiting for a child to be ready, and telling well why it is not. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Child, ChildExit } from './processes';

const POLL_MS = 100;

export interface ReadinessOptions {
  /** What is waited for, as it reads in an error: "Temporal on 127.0.0.1:7233". */
  what: string;
  timeoutMs: number;
  /** Resolves when ready, rejects when not yet. */
  probe: () => Promise<unknown>;
  /** A child whose end makes further waiting pointless. */
  child?: Child;
}

/** The child ended while it was waited for. */
export class EndedBeforeReady extends Error {
  constructor(
    message: string,
    readonly exit: ChildExit,
    options: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Probes until it succeeds. Throws after the time-out, or {@link EndedBeforeReady}, with the child's last lines. */
export async function untilReady({ what, timeoutMs, probe, child }: ReadinessOptions): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      await probe();
      return;
    } catch (error) {
      if (child && !child.isRunning()) {
        const exit = await child.exited;
        throw new EndedBeforeReady(notReady(`${what} ended before it was ready`, child), exit, {
          cause: error,
        });
      }
      if (Date.now() > deadline) {
        const said = error instanceof Error ? error.message : String(error);
        throw new Error(notReady(`${what} was not ready after ${timeoutMs / 1000} s (${said})`, child), {
          cause: error,
        });
      }
    }
    await pause(POLL_MS);
  }
}

/** Succeeds when the URL answers 2xx. */
export async function httpProbe(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
}

function notReady(sentence: string, child?: Child): string {
  const lines = child?.lastLines() ?? [];
  return lines.length === 0 ? sentence : `${sentence}; its last lines:\n  ${lines.join('\n  ')}`;
}
