/** Temporal through the one connection that workers and client of a process share, and one beside it for signals. */
import { Client } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { DefaultLogger, NativeConnection, Runtime, type LogLevel } from '@temporalio/worker';
import type { Logger } from 'pino';
import { signallingClient } from '../client';

export interface Temporal {
  connection: NativeConnection;
  namespace: string;
  client: Client;
  signals: Client;
  close(): Promise<void>;
}

/**
 * Once per process, before anything else of Temporal. Its own lines go through the process's logger: their metadata holds ids, never
 * arguments. `endsOn` = signals on which all workers of the process end by themselves.
 */
export async function connectNatively(log: Logger, endsOn: NodeJS.Signals[]): Promise<Temporal> {
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      log[pinoLevel(level)](meta ?? {}, message);
    }),
    shutdownSignals: endsOn,
  });
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const connection = await NativeConnection.connect(connectionOptions);
  const client = new Client({ connection, namespace });
  const signalling = signallingClient(connectionOptions, namespace);
  return {
    connection,
    namespace,
    client,
    signals: signalling.client,
    async close() {
      await Promise.all([connection.close(), signalling.close()]);
    },
  };
}

function pinoLevel(level: LogLevel): 'trace' | 'debug' | 'info' | 'warn' | 'error' {
  return level.toLowerCase() as 'trace' | 'debug' | 'info' | 'warn' | 'error';
}
