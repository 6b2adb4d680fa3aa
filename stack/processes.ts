/**
 * The child processes of the stack.
 *
 * What is guaranteed: each child leads a process group of its own; `stopAll` sends SIGTERM, waits, then sends SIGKILL
 * to the group; when this process exits in any way that still runs its exit hooks, the groups are killed then; when
 * it is killed with SIGKILL, a guard process (guard.js) notices the broken channel and does the same. If the guard is
 * killed, another is started. What is not: both killed within the same instant.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGuard } from './guarding';
import { openLogs } from './logs';

/** How long a child may take to end in good order before its group is killed. */
const STOP_GRACE_MS = 10_000;
/** Lines kept for the error text of a child that ends before it is ready. */
const KEPT_LINES = 15;

export interface ProcessSpec {
  /** Names the log file and prefixes its lines. */
  name: string;
  command: string;
  args: string[];
  /** Added to the environment of this process. */
  env?: Record<string, string>;
  cwd?: string;
}

export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Child {
  name: string;
  pid: number;
  /** Never rejects. */
  exited: Promise<ChildExit>;
  isRunning(): boolean;
  /** The last lines of its log, for error texts. */
  lastLines(): string[];
  /** SIGTERM, wait, SIGKILL. Resolves when the whole group is gone. */
  stop(graceMs?: number): Promise<void>;
  /** SIGKILL to the group at once. */
  kill(): Promise<void>;
}

export interface Processes {
  start(spec: ProcessSpec): Promise<Child>;
  /** Lives at least as long as any child, also when this process is gone. */
  guardPid: () => number | null;
  /** Stops everybody but those named, then those. Nothing can be started any more. */
  stopAll(lastNames?: string[]): Promise<void>;
  /** Synchronous last resort: SIGKILL to every group. */
  killAll(): void;
}

export function superviseProcesses(logsDir: string): Processes {
  const running = new Map<number, Child>();
  const logs = openLogs(logsDir);
  const guard = createGuard();
  let ending = false;

  const killAll = (): void => {
    for (const pid of running.keys()) signalGroup(pid, 'SIGKILL');
  };
  process.on('exit', killAll);

  return {
    async start(spec) {
      if (ending) throw new Error(`${spec.name} was not started: the stack is stopping`);
      const spawned = spawn(spec.command, spec.args, {
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...spec.env },
        cwd: spec.cwd,
      });
      const pid = spawned.pid;
      if (pid === undefined) {
        const error = await new Promise<Error>((done) => spawned.once('error', done));
        throw new Error(`${spec.name} could not be started: ${error.message}`, { cause: error });
      }
      guard.add(pid);
      const lastLines: string[] = [];
      const write = (line: string): void => {
        logs.write(spec.name, line);
        lastLines.push(line);
        if (lastLines.length > KEPT_LINES) lastLines.shift();
      };
      readLines(spawned.stdout, write);
      readLines(spawned.stderr, write);
      const exited = new Promise<ChildExit>((done) => {
        spawned.once('exit', () => {
          running.delete(pid);
          // What the child started itself must not outlive it, and holds the pipes that close next.
          signalGroup(pid, 'SIGKILL');
          guard.remove(pid);
        });
        spawned.once('close', (code, signal) => {
          write(`ended with ${signal ?? `code ${code}`}`);
          done({ code, signal });
        });
      });
      const kill = async (): Promise<void> => {
        if (running.has(pid)) signalGroup(pid, 'SIGKILL');
        await exited;
      };
      const child: Child = {
        name: spec.name,
        pid,
        exited,
        isRunning: () => running.has(pid),
        lastLines: () => [...lastLines],
        async stop(graceMs = STOP_GRACE_MS) {
          if (!running.has(pid)) return;
          signalGroup(pid, 'SIGTERM');
          const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
          await exited;
          clearTimeout(timer);
        },
        kill,
      };
      running.set(pid, child);
      return child;
    },

    guardPid: guard.pid,

    async stopAll(lastNames = []) {
      ending = true;
      const children = [...running.values()];
      await Promise.all(children.filter((c) => !lastNames.includes(c.name)).map((c) => c.stop()));
      await Promise.all([...running.values()].map((c) => c.stop()));
      process.off('exit', killAll);
      guard.release();
      await logs.close();
    },
    killAll,
  };
}

function readLines(stream: Readable, each: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', each);
}

/** The negative id addresses the group. A group that has ended is what we wanted. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // EPERM is how macOS says that only ended members are left.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
