/**
 * The servers that one jest run shares, started when the first test file asks and not before. The door is an HTTP
 * server in jest's main process, so that it works for every worker process and in-band alike.
 */
import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choosePort, resolveMongo, startMongo, superviseProcesses, type Processes } from '../../stack';

/** Where test files find the door. */
export const DOOR_VARIABLE = 'DOCKING_TEST_SERVERS';

export interface SharedServers {
  stop(): Promise<void>;
}

export async function openSharedServers(): Promise<SharedServers> {
  const folder = await mkdtemp(join(tmpdir(), 'docking-tests-'));
  let processes: Processes | undefined;
  let mongo: Promise<string> | undefined;
  const answers: Record<string, () => Promise<string>> = {
    '/mongodb': () => (mongo ??= startSharedMongo((processes ??= superviseProcesses(folder)), folder)),
  };
  const door = createServer((request, response) => {
    // A connection kept for the next test file could be closed just when that file asks.
    response.setHeader('connection', 'close');
    const answer =
      answers[request.url ?? ''] ?? (() => Promise.reject(new Error(`No server ${request.url}`)));
    answer().then(
      (uri) => response.end(uri),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
  process.env[DOOR_VARIABLE] = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  return {
    async stop() {
      await close(door);
      await processes?.stopAll();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `MONGODB_URI` when it is set, so that CI can run everything on a real MongoDB; else a server in memory. */
async function startSharedMongo(processes: Processes, folder: string): Promise<string> {
  const { value: server } = await resolveMongo(() => undefined);
  if ('uri' in server) return server.uri;
  const port = await choosePort(0);
  await startMongo({ server, port, dataDir: join(folder, 'mongodb'), inMemory: true }, processes);
  return `mongodb://127.0.0.1:${port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
