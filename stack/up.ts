/** Brings the whole stack up and down. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockDataDir } from './data-lock';
import { prepareGround, type Ground, type GroundOptions } from './ground';
import { startApi, startMongodb, startSimulator, startTemporal, startWorker } from './parts';
import { childEnvironment, stackSettings, type Endpoints, type StackSettings } from './settings';

export interface BringUpOptions extends GroundOptions {
  /** Ends the attempt, and what was started with it. */
  signal?: AbortSignal;
}

export type Part = 'worker' | 'api' | 'temporal' | 'mongodb';

export interface Stack {
  endpoints: Endpoints;
  /** True when this start made the admin token. */
  firstStart: boolean;
  logsDir: string;
  /** Resolves with a sentence when a part ends that should not have. */
  broken: Promise<string>;
  /** SIGKILL, as a crash would. */
  killWorker(): Promise<void>;
  /** SIGKILL of a part that the stack starts again by itself. */
  crash(part: Part): Promise<void>;
  /** Process id of a part that this stack runs; null when it runs elsewhere. */
  pidOf(part: Part): number | null;
  /** Resolves when the worker is ready. */
  startWorker(): Promise<void>;
  /** Orderly: programs first, then Temporal and MongoDB. Leaves no process, no port, no endpoints.json. */
  down(): Promise<void>;
}

/** Resolves when everything answers and endpoints.json is written. On an error everything started is ended. */
export async function bringUp(options: BringUpOptions): Promise<Stack> {
  const settings = await stackSettings(options.dataDir);
  const ground = prepareGround(options);
  let unlock = async (): Promise<void> => undefined;
  try {
    unlock = await lockDataDir(ground.databaseDir, ground.processes.guardPid());
    const { endpoints, worker } = await Promise.race([
      startParts(ground, settings),
      rejectWhenAborted(options.signal),
    ]);
    const removeEndpoints = await writeEndpoints(ground.dataDir, endpoints);
    return {
      endpoints,
      firstStart: settings.firstStart,
      logsDir: ground.logsDir,
      broken: ground.broken,
      crash: (part) => ground.crash(part),
      pidOf: (part) => ground.pidOf(part),
      killWorker: async () => worker?.kill(),
      startWorker: async () => worker?.start(),
      async down() {
        await removeEndpoints();
        await ground.clear();
        await unlock();
      },
    };
  } catch (error) {
    await ground.clear();
    await unlock();
    throw error;
  }
}

async function startParts(ground: Ground, settings: StackSettings) {
  const { step } = ground.progress;
  const [temporal, mongodb, simulator] = await Promise.all([
    step(
      'Temporal',
      () => startTemporal(ground),
      (t) => `${t.temporal} (${t.source})`,
    ),
    step(
      'MongoDB',
      () => startMongodb(ground),
      (m) => `${withoutPassword(m.uri)} (${m.source})`,
    ),
    step(
      'Simulator',
      () => startSimulator(ground),
      (s) => s.simulator ?? 'not wanted',
    ),
  ]);
  const endpoints: Endpoints = {
    api: `http://127.0.0.1:${await ground.port('api', 'the API')}`,
    temporal: temporal.temporal,
    temporalUi: temporal.temporalUi,
    mongodb: mongodb.uri,
    ...simulator,
    adminToken: settings.adminToken,
  };
  const env = childEnvironment(endpoints, settings);
  const [worker] = await Promise.all([
    step(
      'Worker',
      () => startWorker(ground, env),
      () => 'polls its task queues',
    ),
    step(
      'API',
      () => startApi(ground, endpoints.api, env),
      () => endpoints.api,
    ),
  ]);
  return { endpoints, worker };
}

/** Answers how to take the file away again. */
async function writeEndpoints(dataDir: string, endpoints: Endpoints): Promise<() => Promise<void>> {
  const file = join(dataDir, 'endpoints.json');
  const text = `${JSON.stringify(endpoints, null, 2)}\n`;
  // It holds the admin token, so it is as private as the file that keeps it.
  await rm(file, { force: true });
  await writeFile(file, text, { mode: 0o600 });
  return async () => {
    // Another stack with the same data folder may have written its own since.
    const current = await readFile(file, 'utf8').catch(() => undefined);
    if (current === text) await rm(file, { force: true });
  };
}

const withoutPassword = (uri: string): string => uri.replace(/\/\/[^@/]*@/, '//');

function rejectWhenAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(new Error('stopped before everything was ready'));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}
