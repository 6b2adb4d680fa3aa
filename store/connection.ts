/** A connection of its own: nothing is shared through mongoose's global default. */
import { createConnection, type Connection } from 'mongoose';
import type { Logger } from 'pino';
import { endWritesWithTheirConnection } from './closed-sockets';
import { StoreUnavailable } from './errors';

/** How long an operation waits for a server before it fails with `StoreUnavailable`. */
const SERVER_SELECTION_MS = 5_000;
/**
 * A server that takes connections and says nothing is looked at this often, and is away once it has not answered for so long: what
 * waits for it fails then, and what comes later after `SERVER_SELECTION_MS`. The driver's own 10 s and 30 s would keep whoever
 * hands an event over waiting for most of a minute. Long work is not bounded: a server that works answers its heartbeat.
 */
const HEARTBEAT_EVERY_MS = 2_000;
const SILENT_AFTER_MS = 5_000;

/** Resolves when the server answers. The URI never gets into an error. */
export async function connect(uri: string, logger: Logger | undefined): Promise<Connection> {
  endWritesWithTheirConnection();
  const connection = createConnection(uri, {
    appName: 'feishu-docking',
    serverSelectionTimeoutMS: SERVER_SELECTION_MS,
    heartbeatFrequencyMS: HEARTBEAT_EVERY_MS,
    connectTimeoutMS: SILENT_AFTER_MS,
    ignoreUndefined: true,
    // What is acknowledged survives a power cut and a change of primary. The URI cannot weaken it; `UNTIL_THE_NEXT` does.
    w: 'majority',
    journal: true,
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
  });
  connection.on('disconnected', () => logger?.warn('the database is away'));
  connection.on('reconnected', () => logger?.info('the database is back'));
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.close();
    const kind = error instanceof Error ? error.name : typeof error;
    throw new StoreUnavailable(`The database of MONGODB_URI cannot be used (${kind}).`);
  }
}
