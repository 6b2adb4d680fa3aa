import pino from 'pino';
import { createActivities } from '../activities';
import { createDockingClient } from '../client';
import { openStore } from '../store';
import { serveHealth } from './health';
import { createPorts } from './ports';
import { collectProcessMetrics } from './process-metrics';
import { readSettings } from './settings';
import { connectNatively } from './temporal';
import { createWorkers } from './workers';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = pino({ level: settings.logLevel, base: { process: 'worker' } });
  collectProcessMetrics();
  const temporal = await connectNatively(log, ['SIGINT', 'SIGTERM', 'SIGQUIT']);
  const store = await openStore({ uri: settings.mongodbUri, masterKey: settings.masterKey, logger: log });
  const client = createDockingClient(temporal.client, {
    startsAtOnce: true,
    signals: temporal.signals,
  });
  const ports = createPorts(store, client, log, settings.publicUrl);
  const workers = await createWorkers(temporal, createActivities(ports), settings);
  const health = await serveHealth(settings.healthPort, workers, store);
  try {
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    await health.close();
    await ports.close();
    await temporal.close();
    await store.close();
  }
}

main().catch((error: unknown) => {
  pino().fatal({ err: error }, 'the worker did not start');
  // What had been opened by then would keep a process alive that does nothing.
  process.exit(1);
});
