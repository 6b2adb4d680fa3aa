/** The whole product on servers of its own, whose parts may die. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bringUp, type Stack } from '../stack';

const QUIET = {
  step: async <T>(_: string, work: () => Promise<T>): Promise<T> => work(),
  note: (): void => undefined,
  heading: (): void => undefined,
  print: (): void => undefined,
};
/** While a part comes back from its death. */
const RETRY_MS = 500;
const RETRIES = 60;

const SHORTEST_HOLD_MS = 3_000;
const LONGEST_HOLD_MS = 15_000;

/** `held`: the server takes connections and says nothing for 3 to 15 s; the others die by SIGKILL. */
export type Blow = 'worker' | 'api' | 'temporal' | 'mongodb' | 'mongodb held' | 'temporal held';
export type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>;

export interface WholeStack {
  stack: Stack;
  folder: string;
  /** The simulator's control surface. */
  control: Call;
  /** The API, below /v1; waits while it is away. */
  product: Call;
  /** Ends when a held server goes on. Nothing happens to a server that is not on this machine. */
  strike(blow: Blow, draw: () => number): Promise<void>;
  close(): Promise<void>;
}

export async function openWholeStack(): Promise<WholeStack> {
  const folder = await mkdtemp(join(tmpdir(), 'docking-bench-'));
  const stack = await bringUp({
    dataDir: folder,
    ports: { api: 0, temporal: 0, temporalUi: 0, mongodb: 0, simulator: 0, ticketSystem: 0 },
    progress: QUIET,
  });
  const { api, simulator, adminToken } = stack.endpoints;
  return {
    stack,
    folder,
    control: (method, path, body) => patiently(`${simulator}/_control${path}`, method, {}, body),
    product: (method, path, body) =>
      patiently(`${api}/v1${path}`, method, { authorization: `Bearer ${adminToken}` }, body),
    async strike(blow, draw) {
      if (blow === 'mongodb held') await hold(stack.pidOf('mongodb'), draw);
      else if (blow === 'temporal held') await hold(stack.pidOf('temporal'), draw);
      else await stack.crash(blow);
    },
    async close() {
      await stack.down();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function hold(pid: number | null, draw: () => number): Promise<void> {
  if (pid === null) return;
  process.kill(pid, 'SIGSTOP');
  try {
    await pause(SHORTEST_HOLD_MS + draw() * (LONGEST_HOLD_MS - SHORTEST_HOLD_MS));
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

/** All items of a list that goes on by cursor. */
export async function allOf<T>(
  page: (cursor: string) => Promise<{ items: T[]; nextCursor: string | null }>,
  first = '',
): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | null = first; cursor !== null;) {
    const answer: { items: T[]; nextCursor: string | null } = await page(cursor);
    all.push(...answer.items);
    cursor = answer.nextCursor;
  }
  return all;
}

async function patiently<T>(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(url, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.ok) return (text === '' ? null : JSON.parse(text)) as T;
      if (response.status < 500 || attempt === RETRIES)
        throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 200)}`);
    } catch (error) {
      // `fetch` fails with a TypeError when nobody listens.
      if (!(error instanceof TypeError) || attempt === RETRIES) throw error;
    }
    await pause(RETRY_MS);
  }
}
