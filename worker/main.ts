import { loadClientConnectConfig } from '@temporalio/envconfig';
import { DefaultLogger, NativeConnection, Runtime, type LogLevel } from '@temporalio/worker';
import pino from 'pino';
import { createActivities } from '../activities';
import { connectTemporal, createDockingClient } from '../client';
import { openStore } from '../store';
import { serveHealth } from './health';
import { createPorts } from './ports';
import { readSettings } from './settings';
import { createWorkers } from './workers';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = pino({ level: settings.logLevel, base: { process: 'worker' } });
  // Temporal's own lines go through the same logger; its metadata holds ids, never arguments.
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      log[pinoLevel(level)](meta ?? {}, message);
    }),
    shutdownSignals: ['SIGINT', 'SIGTERM', 'SIGQUIT'],
  });
  const store = await openStore({ uri: settings.mongodbUri, masterKey: settings.masterKey, logger: log });
  const temporal = await connectTemporal();
  const { connectionOptions, namespace } = loadClientConnectConfig();
  const connection = await NativeConnection.connect(connectionOptions);
  const ports = createPorts(store, createDockingClient(temporal.client), log, settings.publicUrl);
  const workers = await createWorkers(connection, namespace ?? 'default', createActivities(ports), settings);
  const health = await serveHealth(settings.healthPort, workers, store);
  try {
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    await health.close();
    await ports.close();
    await connection.close();
    await temporal.close();
    await store.close();
  }
}

function pinoLevel(level: LogLevel): 'trace' | 'debug' | 'info' | 'warn' | 'error' {
  return level.toLowerCase() as 'trace' | 'debug' | 'info' | 'warn' | 'error';
}

main().catch((error: unknown) => {
  pino().fatal({ err: error }, 'the worker did not start');
  // What had been opened by then would keep a process alive that does nothing.
  process.exit(1);
});
