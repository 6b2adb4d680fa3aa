/** Parts that are started again when they die, because what they knew is on disk or elsewhere. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Child, ChildExit } from './processes';
import { EndedBeforeReady } from './readiness';

/** A part that is started again when it dies. */
export interface Kept {
  /** Of the process that runs at this moment. */
  pid(): number | null;
  /** SIGKILL, as a crash would; it is started again. */
  crash(): Promise<void>;
  /** SIGKILL, and it stays down until `start`. */
  kill(): Promise<void>;
  /** Resolves when it is ready. Nothing happens while it runs. */
  start(): Promise<void>;
}

export interface Keeping {
  name: string;
  start: () => Promise<Child>;
  /** True once the stack goes down: nothing is started any more. */
  ending: () => boolean;
  note: (line: string) => void;
  /** Told once, when it is given up. */
  giveUp: (sentence: string) => void;
}

const FAULTS_ALLOWED = 5;
const FAULTS_WITHIN_MS = 60_000;
/** Longer with each fault: what it needs, a database say, may be on its way up itself. */
const PAUSES_MS = [0, 500, 1_500, 4_000];

/**
 * Rejects when the first start does. Afterwards it is given up only when it ends by itself, or does not come up, for the
 * fifth time within a minute. Being killed is no fault of its own, however often and whenever it happens.
 */
export async function keepRunning({ name, start, ending, note, giveUp }: Keeping): Promise<Kept> {
  let child: Child | undefined;
  let wanted = true;
  let faults: number[] = [];

  const run = async (): Promise<void> => {
    const started = await start();
    child = started;
    void started.exited.then((exit) => again(exit, sentenceOf(started, exit)));
  };

  const again = async (exit: ChildExit | undefined, sentence: string): Promise<void> => {
    if (ending() || !wanted) return;
    const now = Date.now();
    faults = faults.filter((at) => at > now - FAULTS_WITHIN_MS);
    if (!exit?.signal) faults.push(now);
    if (faults.length >= FAULTS_ALLOWED) return giveUp(sentence);
    note(`${name} ${exit ? `ended with ${howItEnded(exit)}` : 'did not come up'}; it is started again`);
    await pause(PAUSES_MS[Math.max(0, faults.length - 1)] ?? 0);
    if (ending() || !wanted) return;
    try {
      await run();
    } catch (error) {
      const { message } = error as Error;
      await again(error instanceof EndedBeforeReady ? error.exit : undefined, message);
    }
  };

  await run();
  return {
    pid: () => child?.pid ?? null,
    async crash() {
      await child?.kill();
    },
    async kill() {
      wanted = false;
      await child?.kill();
    },
    async start() {
      if (wanted) return;
      wanted = true;
      await run();
    },
  };
}

/** How a part ended, with its last words. */
export function sentenceOf(child: Child, exit: ChildExit): string {
  const lines = child.lastLines().slice(-5).join('\n  ');
  return `${child.name} ended with ${howItEnded(exit)}; its last lines:\n  ${lines}`;
}

const howItEnded = ({ code, signal }: ChildExit): string => signal ?? `code ${code}`;
