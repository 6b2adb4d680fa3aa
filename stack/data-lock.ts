/** One stack per data folder: two Temporal servers on one database file destroy it. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** How long the guard of a stack that was killed may take to end its children, with some room. */
const LEFTOVERS_MS = 8_000;

interface Holder {
  pid: number;
  guardPid: number | null;
}

/** Throws when a living stack uses the folder. Waits for the leftovers of one that was killed. */
export async function lockDataDir(dataDir: string, guardPid: number | null): Promise<() => Promise<void>> {
  const file = join(dataDir, 'stack.lock');
  await mkdir(dataDir, { recursive: true });
  const deadline = Date.now() + LEFTOVERS_MS;
  for (;;) {
    const holder = await readHolder(file);
    if (holder && isAlive(holder.pid)) {
      throw new Error(
        `${dataDir} is used by another stack (process ${holder.pid}). Stop it, or choose another --data-dir.`,
      );
    }
    if (!holder?.guardPid || !isAlive(holder.guardPid) || Date.now() > deadline) break;
    await pause(100);
  }
  await writeFile(file, JSON.stringify({ pid: process.pid, guardPid } satisfies Holder));
  return () => rm(file, { force: true });
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    // No lock, or one that was cut off while being written: nobody holds it.
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
