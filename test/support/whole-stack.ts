/** The whole product in child processes, on ports of its own, for end-to-end tests. Needs a build: `npm test` makes one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringUp, type Stack } from '../../stack';
import type { StoryContext } from '../../stack/story';

const ANY_PORTS = { api: 0, temporal: 0, temporalUi: 0, mongodb: 0, simulator: 0, ticketSystem: 0 };

export interface WholeStack {
  stack: Stack;
  story: StoryContext;
  stop(): Promise<void>;
}

export async function startWholeStack(): Promise<WholeStack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'docking-e2e-'));
  const quiet: StoryContext['step'] = (_label, work) => work();
  const progress = { step: quiet, note: () => undefined, heading: () => undefined, print: () => undefined };
  const stack = await bringUp({ dataDir, memoryOnly: true, ports: ANY_PORTS, progress });
  return {
    stack,
    story: {
      urls: stack.endpoints,
      adminToken: stack.endpoints.adminToken,
      stack,
      step: quiet,
      note: () => undefined,
      signal: new AbortController().signal,
    },
    async stop() {
      await stack.down();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
