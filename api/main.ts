import pino from 'pino';
import { createDockingClient, createDockingSchedules } from '../client';
import { createFeishu } from '../feishu';
import { createIntake } from '../intake';
import { openStore } from '../store';
import { collectProcessMetrics, connectNatively, startOwnRuns } from '../worker';
import { keepLongConnections } from './long-connections';
import type { ApiPorts } from './ports';
import { createApi } from './server';
import { readSettings } from './settings';

/** Kept in memory where their next event is likely taken in; an evicted run costs a replay of its short history. */
const CACHED_RUNS = 200;

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = pino({ level: settings.logLevel, base: { process: 'api' } });
  collectProcessMetrics();
  const now = (): Date => new Date();
  // Its runs end in their turn, below: not on a signal of their own.
  const temporal = await connectNatively(log, []);
  const store = await openStore({ uri: settings.mongodbUri, masterKey: settings.masterKey, logger: log });
  const schedules = createDockingSchedules(temporal.client);
  const client = createDockingClient(temporal.client, {
    startsAtOnce: true,
    signals: temporal.signals,
  });
  const feishu = createFeishu();
  const ports: ApiPorts = {
    store,
    feishu,
    client,
    schedules,
    intake: createIntake(store, now),
    settings,
    now,
    log,
  };
  const runs = settings.ticketRuns
    ? await startOwnRuns(
        temporal,
        { store, client, log },
        { publicUrl: settings.publicUrl, tasksAtOnce: settings.ticketRuns, cachedWorkflows: CACHED_RUNS },
      )
    : null;
  const app = await createApi(ports);
  await schedules.ensureSweep();
  await app.listen({ port: settings.port, host: settings.host });
  const connections = keepLongConnections(ports);
  log.info({ url: settings.publicUrl }, 'the API is up');

  let stopping = false;
  const stop = async (reason: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'stopping');
    await connections.close();
    await app.close();
    await runs?.close();
    feishu.close();
    await temporal.close();
    await store.close();
  };
  const stopOn = (reason: string) => () => {
    stop(reason).catch((error: unknown) => {
      log.error({ err: error }, 'did not stop cleanly');
      process.exitCode = 1;
    });
  };
  process.once('SIGTERM', stopOn('SIGTERM'));
  process.once('SIGINT', stopOn('SIGINT'));
  // Whoever supervises the process starts it anew: without its runs it would look well and be slow.
  runs?.ended.catch((error: unknown) => {
    log.fatal({ err: error }, 'the runs of this process ended');
    process.exitCode = 1;
    stopOn('runs')();
  });
}

main().catch((error: unknown) => {
  pino().fatal({ err: error }, 'the API did not start');
  // What had been opened by then would keep a process alive that does nothing.
  process.exit(1);
});
