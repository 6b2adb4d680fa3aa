import pino from 'pino';
import { connectTemporal, createDockingClient, createDockingSchedules } from '../client';
import { createFeishu } from '../feishu';
import { createIntake } from '../intake';
import { openStore } from '../store';
import { keepLongConnections } from './long-connections';
import type { ApiPorts } from './ports';
import { createApi } from './server';
import { readSettings } from './settings';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = pino({ level: settings.logLevel, base: { process: 'api' } });
  const now = (): Date => new Date();
  const store = await openStore({ uri: settings.mongodbUri, masterKey: settings.masterKey, logger: log });
  const temporal = await connectTemporal();
  const schedules = createDockingSchedules(temporal.client);
  const client = createDockingClient(temporal.client);
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
}

main().catch((error: unknown) => {
  pino().fatal({ err: error }, 'the API did not start');
  // What had been opened by then would keep a process alive that does nothing.
  process.exit(1);
});
