import { setTimeout as pause } from 'node:timers/promises';

/** Polls until `probe` answers true; fails after the deadline (default 60 s) naming what was awaited. */
export async function eventually(
  what: string,
  probe: () => boolean | Promise<boolean>,
  ms = 60_000,
): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await probe())) {
    if (Date.now() > deadline) throw new Error(`Not within ${ms / 1000} s: ${what}`);
    await pause(50);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
