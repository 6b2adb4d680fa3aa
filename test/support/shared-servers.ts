/**
 * What one jest run shares, made when the first test file asks and not before: the database, and the bundle of the
 * workflow code. The door is an HTTP server in jest's main process, so that it works for every worker process and
 * in-band alike.
 */
import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { choosePort, resolveMongo, startMongo, superviseProcesses, type Processes } from '../../stack';
import { bundleWorkflows } from '../../worker/bundle';

/** Where test files find the door. */
export const DOOR_VARIABLE = 'DOCKING_TEST_SERVERS';

export interface SharedServers {
  stop(): Promise<void>;
}

export async function openSharedServers(): Promise<SharedServers> {
  const folder = await mkdtemp(join(tmpdir(), 'docking-tests-'));
  let processes: Processes | undefined;
  let mongo: Promise<string> | undefined;
  let bundle: Promise<string> | undefined;
  const answers: Record<string, () => Promise<string>> = {
    '/mongodb': () => (mongo ??= startSharedMongo((processes ??= superviseProcesses(folder)), folder)),
    '/workflow-bundle': () => (bundle ??= bundleInto(folder)),
  };
  const door = createServer((request, response) => {
    // A connection kept for the next test file could be closed just when that file asks.
    response.setHeader('connection', 'close');
    const answer =
      answers[request.url ?? ''] ?? (() => Promise.reject(new Error(`Nothing shared at ${request.url}`)));
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

/** The path of the bundle. Made from the sources, so that no test runs what an earlier build left. */
async function bundleInto(folder: string): Promise<string> {
  const { code } = await bundleWorkflows(resolve(__dirname, '../../workflows/index.ts'), 'ERROR');
  const path = join(folder, 'workflow-bundle.js');
  await writeFile(path, code);
  return path;
}

function close(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
