/** This process's side of the guard (guard.js), which ends our process groups when we cannot any more. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface Guard {
  /** Lives at least as long as any group, also when this process is gone. Null when it could not be started. */
  pid: () => number | null;
  add(group: number): void;
  remove(group: number): void;
  /** Lets it end. */
  release(): void;
}

/** Starts the guard with the first call of any method, and another one whenever it is killed. */
export function createGuard(): Guard {
  const groups = new Set<number>();
  let current: ChildProcess | undefined;
  let released = false;

  const start = (): ChildProcess => {
    const started = spawn(process.execPath, [join(__dirname, 'guard.js')], {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    started.unref();
    started.channel?.unref();
    started.once('error', () => undefined);
    started.once('exit', () => {
      if (current === started) current = undefined;
      if (!released && groups.size > 0) running();
    });
    for (const group of groups) started.send({ add: group }, () => undefined);
    current = started;
    return started;
  };
  const running = (): ChildProcess => (current?.connected ? current : start());

  return {
    pid: () => running().pid ?? null,
    add(group) {
      // A message lost to a guard that just died is made good by its exit handler.
      groups.add(group);
      running().send({ add: group }, () => undefined);
    },
    remove(group) {
      groups.delete(group);
      if (current?.connected) current.send({ remove: group }, () => undefined);
    },
    release() {
      released = true;
      if (current?.connected) current.disconnect();
    },
  };
}
