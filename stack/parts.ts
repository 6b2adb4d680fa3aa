/** The five parts of a stack, each started until it answers. */
import { join } from 'node:path';
import type { Ground, Program } from './ground';
import type { Kept } from './keeping';
import { pingMongo, resolveMongo, startMongo } from './mongodb';
import type { Child } from './processes';
import { httpProbe, untilReady } from './readiness';
import type { Endpoints } from './settings';
import { checkExternalServer, resolveTemporal, startDevServer } from './temporal';

const READY_TIMEOUT_MS = 60_000;
const MONGO_PING_MS = 10_000;

export interface StartedTemporal extends Pick<Endpoints, 'temporal' | 'temporalUi'> {
  /** Which step of the search answered. */
  source: string;
}

export async function startTemporal(ground: Ground): Promise<StartedTemporal> {
  const { value, source } = await resolveTemporal(ground.progress.note);
  if ('address' in value) {
    await checkExternalServer(ground.progress.note);
    return { temporal: value.address, temporalUi: process.env['TEMPORAL_UI_URL'] ?? null, source };
  }
  const port = await ground.port('temporal', 'Temporal');
  const uiPort = await ground.port('temporalUi', 'the Temporal UI');
  const dataDir = ground.memoryOnly ? null : ground.databaseDir;
  const server = { executable: value.executable, port, uiPort, dataDir };
  await durable(ground, 'temporal', () => startDevServer(server, ground.processes));
  return { temporal: `127.0.0.1:${port}`, temporalUi: `http://127.0.0.1:${uiPort}`, source };
}

export interface StartedMongo {
  uri: string;
  /** Which step of the search answered. */
  source: string;
}

export async function startMongodb(ground: Ground): Promise<StartedMongo> {
  const { value: server, source } = await resolveMongo(ground.progress.note);
  if ('uri' in server) {
    await pingMongo(server.uri, MONGO_PING_MS).catch((error: Error) => {
      throw new Error(`MongoDB: MONGODB_URI is set, but nothing answers there: ${error.message}`, {
        cause: error,
      });
    });
    return { uri: server.uri, source };
  }
  const port = await ground.port('mongodb', 'MongoDB');
  const dataDir = join(ground.databaseDir, 'mongodb');
  const inMemory = ground.memoryOnly;
  await durable(ground, 'mongodb', () => startMongo({ server, port, dataDir, inMemory }, ground.processes));
  return { uri: `mongodb://127.0.0.1:${port}/docking`, source };
}

export async function startSimulator(ground: Ground): Promise<Pick<Endpoints, 'simulator' | 'ticketSystem'>> {
  if (!ground.programs.includes('simulator')) return { simulator: null, ticketSystem: null };
  const port = await ground.port('simulator', 'the simulator');
  const ticketsPort = await ground.port('ticketSystem', 'the simulated ticket system');
  const url = `http://127.0.0.1:${port}`;
  const args = ['--port', `${port}`, '--tickets-port', `${ticketsPort}`];
  ground.watch(await startProgram(ground, 'simulator', args, {}, `${url}/_control/clock`));
  return { simulator: url, ticketSystem: `http://127.0.0.1:${ticketsPort}` };
}

export async function startApi(ground: Ground, url: string, env: Record<string, string>): Promise<void> {
  if (!ground.programs.includes('api')) return;
  const own = { ...env, PORT: new URL(url).port };
  await ground.keep('api', () => startProgram(ground, 'api', [], own, `${url}/readyz`));
}

export async function startWorker(ground: Ground, env: Record<string, string>): Promise<Kept | null> {
  if (!ground.programs.includes('worker')) return null;
  const healthPort = await ground.anyPort();
  const own = { ...env, WORKER_HEALTH_PORT: `${healthPort}` };
  return ground.keep('worker', () =>
    startProgram(ground, 'worker', [], own, `http://127.0.0.1:${healthPort}/readyz`),
  );
}

/** In memory nothing survives a death, so there is nothing to start again. */
async function durable(ground: Ground, name: string, start: () => Promise<Child>): Promise<void> {
  if (ground.memoryOnly) ground.watch(await start());
  else await ground.keep(name, start);
}

async function startProgram(
  ground: Ground,
  name: Program,
  args: string[],
  env: Record<string, string>,
  probe: string,
): Promise<Child> {
  const spec = { name, command: process.execPath, args: [ground.programFile(name), ...args], env };
  const child = await ground.processes.start(spec);
  await untilReady({ what: name, timeoutMs: READY_TIMEOUT_MS, child, probe: () => httpProbe(probe) });
  return child;
}
