/** What the notification benchmark needs: a stack with its data on disk, the product's two processes, and the floor's two. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { bringUp, choosePort, superviseProcesses } from '../stack';
import { httpProbe, untilReady } from '../stack/readiness';
import { childEnvironment, stackSettings } from '../stack/settings';
import { openStore, type Store } from '../store';

export interface App {
  appId: string;
  appSecret: string;
}

/** One contestant: where events go in, and what its processes have used so far. */
export interface Contestant {
  name: 'product' | 'floor';
  /** Answers 2xx once the event is durable. */
  send(dockingIndex: number, events: readonly object[]): Promise<void>;
  cpuMs(): Promise<number>;
}

/** CPU that the servers of both contestants have used so far. */
export interface Servers {
  temporalMs: () => Promise<number>;
  databaseMs: () => Promise<number>;
}

export interface Ground {
  store: Store;
  temporal: Client;
  apps: App[];
  simulator: string;
  product: Contestant;
  floor: Contestant;
  servers: Servers;
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  close(): Promise<void>;
}

export const dockingIdOf = (index: number): string => `bench${index}`;

/** A docking and an app per phase, so that one phase never uses up the rate windows of the next. */
export async function prepareGround(phases: number, agents: number): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'docking-bench-'));
  const quiet = { step: async <T>(_: string, work: () => Promise<T>) => work(), note: () => undefined };
  const stack = await bringUp({
    dataDir: folder,
    ports: { api: 0, temporal: 0, temporalUi: 0, mongodb: 0, simulator: 0, ticketSystem: 0 },
    programs: ['simulator'],
    progress: { ...quiet, heading: () => undefined, print: () => undefined },
  });
  const processes = superviseProcesses(join(folder, 'logs-bench'));
  const { simulator = '', mongodb, temporal: address, adminToken } = stack.endpoints;
  const control = controlOf(simulator ?? '');
  const world = await control<{
    apps: App[];
    ticketSystems: { kind: string; baseUrl: string; apiKey?: string }[];
  }>('POST', '/reset', { employees: agents + 40, departments: 10, agents: 0, tickets: 0, apps: phases });
  const settings = await stackSettings(folder);
  const store = await openStore({ uri: mongodb, masterKey: settings.masterKey });
  const desk = world.ticketSystems.find(({ kind }) => kind === 'rest');
  for (const [index, app] of world.apps.entries()) {
    await seatDocking(store, control, { index, app, simulator: simulator ?? '', agents, desk });
  }
  const connection = await Connection.connect({ address });
  const env = { ...childEnvironment(stack.endpoints, settings), LOG_LEVEL: 'warn' };
  const start = startOf(processes);
  const [apiPort, workerPort, doorPort, floorPort] = [
    await choosePort(0),
    await choosePort(0),
    await choosePort(0),
    await choosePort(0),
  ];
  const floorEnv = { ...env, FLOOR_PLATFORM: simulator ?? '', FLOOR_APPS: JSON.stringify(world.apps) };
  await Promise.all([
    start('api', '../api/main.js', [], { ...env, PORT: `${apiPort}` }, apiPort, '/readyz'),
    start(
      'worker',
      '../worker/main.js',
      [],
      { ...env, WORKER_HEALTH_PORT: `${workerPort}` },
      workerPort,
      '/readyz',
    ),
    start('floor-door', 'notification-floor.js', ['door', `${doorPort}`], floorEnv, doorPort, '/cpu'),
    start('floor-worker', 'notification-floor.js', ['worker', `${floorPort}`], floorEnv, floorPort, '/cpu'),
  ]);
  return {
    store,
    temporal: new Client({ connection }),
    apps: world.apps,
    simulator: simulator ?? '',
    control,
    product: {
      name: 'product',
      send: (index, events) =>
        post(
          `http://127.0.0.1:${apiPort}/v1/dockings/${dockingIdOf(index)}/ticket-events`,
          events.length === 1 ? events[0] : { events },
          adminToken,
        ),
      cpuMs: async () => (await metricsCpuMs(apiPort)) + (await metricsCpuMs(workerPort)),
    },
    floor: {
      name: 'floor',
      send: (index, events) => post(`http://127.0.0.1:${doorPort}/${index}`, events, ''),
      cpuMs: async () => (await floorCpuMs(doorPort)) + (await floorCpuMs(floorPort)),
    },
    servers: {
      temporalMs: () => processCpuMs(stack.pidOf('temporal')),
      databaseMs: () => processCpuMs(stack.pidOf('mongodb')),
    },
    close: async () => {
      await processes.stopAll();
      await store.close();
      await connection.close();
      await stack.down();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Seat {
  index: number;
  app: App;
  simulator: string;
  agents: number;
  desk: { baseUrl: string; apiKey?: string } | undefined;
}

export async function seatDocking(store: Store, control: Ground['control'], seat: Seat): Promise<void> {
  const { index, app, simulator, agents, desk } = seat;
  const id = dockingIdOf(index);
  const now = new Date();
  await store.dockings.create(
    {
      id,
      name: 'Bench',
      brand: 'feishu',
      appId: app.appId,
      platformUrl: simulator,
      homepageUrl: 'https://example.com',
      redirectUrl: 'https://example.com',
      state: 'live',
      ticketSystem: { kind: 'rest', baseUrl: desk?.baseUrl ?? simulator },
      createdAt: now,
      updatedAt: now,
      createdBy: 'bench',
    },
    { appSecret: app.appSecret, pushToken: 'bench', ticketSystemKey: desk?.apiKey ?? 'none' },
  );
  const { items } = await control<{
    items: { openId: string; unionId: string; name: string; status: string }[];
  }>('GET', `/people?limit=1000&appId=${app.appId}`);
  const people = items.filter(({ status }) => status === 'active').slice(0, agents);
  if (people.length < agents) throw new Error(`the simulator has only ${people.length} active people`);
  await store.employees.bulkApply(
    id,
    people.map(({ openId, unionId, name }) => ({
      employeeId: openId,
      unionId,
      name,
      state: 'active' as const,
    })),
  );
  await store.agents.replaceAll(
    id,
    people.map((_, at) => ({
      agentId: `a${at}`,
      name: `a${at}`,
      email: `a${at}@desk.example`,
      mobile: null,
      groupIds: ['g1'],
      state: 'active' as const,
    })),
  );
  for (const [at, { openId }] of people.entries()) {
    await store.bindings.bind({
      dockingId: id,
      employeeId: openId,
      agentId: `a${at}`,
      method: 'manual',
      createdBy: 'bench',
    });
  }
}

type Start = (
  name: string,
  file: string,
  args: string[],
  env: Record<string, string>,
  port: number,
  probe: string,
) => Promise<void>;

function startOf(processes: ReturnType<typeof superviseProcesses>): Start {
  return async (name, file, args, env, port, probe) => {
    const child = await processes.start({
      name,
      command: process.execPath,
      // Flags such as --cpu-prof reach every process that is measured.
      args: [...process.execArgv, join(__dirname, file), ...args],
      env,
    });
    await untilReady({
      what: name,
      timeoutMs: 60_000,
      child,
      probe: () => httpProbe(`http://127.0.0.1:${port}${probe}`),
    });
  };
}

export function controlOf(simulator: string): Ground['control'] {
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${simulator}/_control${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
}

async function post(url: string, body: unknown, token: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text.slice(0, 300)}`);
}

async function metricsCpuMs(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const seconds = /^process_cpu_seconds_total (\S+)/m.exec(text)?.[1];
  return Number(seconds) * 1000;
}

async function floorCpuMs(port: number): Promise<number> {
  const { user, system } = (await (await fetch(`http://127.0.0.1:${port}/cpu`)).json()) as NodeJS.CpuUsage;
  return (user + system) / 1000;
}

/** Whole hundredths of a second; NaN where the system has no /proc or the server runs elsewhere. */
async function processCpuMs(pid: number | null): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
