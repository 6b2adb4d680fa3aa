import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

/** For Node ticket systems: connects with the standard `TEMPORAL_*` variables and profiles that the `temporal` CLI reads too. */
export async function connectTemporal(): Promise<{ client: Client; close(): Promise<void> }> {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  const connection = await Connection.connect(connectionOptions);
  const client = new Client({ connection, ...(namespace ? { namespace } : {}) });
  return { client, close: () => connection.close() };
}
