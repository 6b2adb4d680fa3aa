/** What a directory sync needs around it, each part in a process of its own so that the worker is measured alone. */
import { randomBytes } from 'node:crypto';
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import mongoose from 'mongoose';
import pino from 'pino';
import type { ActivityPorts } from '../activities';
import { createFeishu, createPacer, paced, type RateLimit } from '../feishu';
import {
  choosePort,
  devServerExecutable,
  resolveMongo,
  SEARCH_ATTRIBUTES,
  startMongo,
  superviseProcesses,
} from '../stack';
import { openStore } from '../store';
import { createLimitLedger } from '../worker/limit-ledger';

export interface Ground {
  dockingId: string;
  ports: ActivityPorts;
  temporal: TestWorkflowEnvironment;
  /** The platform's limit of the contact calls, scaled. */
  limit: { perSecond: number; perMinute: number };
  /** Records of people and departments that were written since then, by this run. */
  written(since: Date, runId: string): Promise<number>;
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  close(): Promise<void>;
}

/** `scale` = 1 keeps to the platform's limits and the simulator enforces them; above that nobody enforces any. */
export async function prepareGround(plan: {
  employees: number;
  departments: number;
  scale: number;
}): Promise<Ground> {
  const { employees, departments, scale } = plan;
  const folder = await mkdtemp(join(tmpdir(), 'docking-bench-'));
  const processes = superviseProcesses(join(folder, 'logs'));
  const simulator = await startSimulatorProcess();
  const { value: server } = await resolveMongo(() => undefined);
  let uri = 'uri' in server ? server.uri : '';
  if (!('uri' in server)) {
    const port = await choosePort(0);
    await startMongo({ server, port, dataDir: join(folder, 'db'), inMemory: true, heapMb: 6144 }, processes);
    uri = `mongodb://127.0.0.1:${port}`;
  }
  const store = await openStore({
    uri: `${uri.replace(/\/$/, '')}/bench`,
    masterKey: randomBytes(32).toString('base64'),
  });
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const temporal = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: await devServerExecutable() },
      extraArgs: Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => [
        '--search-attribute',
        `${name}=${type}`,
      ]),
    },
  });

  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${simulator.url}/_control${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return (await response.json()) as T;
  };
  const world = await control<{ apps: { appId: string; appSecret: string }[] }>('POST', '/reset', {
    employees,
    departments,
    agents: 0,
    tickets: 0,
  });
  if (scale !== 1) await control('PATCH', '/switches', { rateLimits: 'off' });
  const app = world.apps[0];
  if (!app) throw new Error('the simulator made no app');
  const scaled = (limit: RateLimit): RateLimit => {
    const { perSecond, perMinute, early } = paced(limit, 'read');
    return {
      ...(early === undefined ? {} : { early }),
      ...(perSecond === undefined ? {} : { perSecond: perSecond * scale }),
      ...(perMinute === undefined ? {} : { perMinute: perMinute * scale }),
    };
  };
  const feishu = createFeishu({
    pacer: createPacer({ ledger: createLimitLedger(store.limits) }),
    pace: scaled,
  });
  const now = new Date();
  const dockingId = 'bench';
  await store.dockings.create(
    {
      id: dockingId,
      name: 'Bench',
      brand: 'feishu',
      appId: app.appId,
      platformUrl: simulator.url,
      homepageUrl: 'https://example.com',
      redirectUrl: 'https://example.com',
      state: 'live',
      ticketSystem: { kind: 'rest', baseUrl: simulator.url },
      createdAt: now,
      updatedAt: now,
      createdBy: 'bench',
    },
    { appSecret: app.appSecret, pushToken: 'bench' },
  );
  const looking = await mongoose.createConnection(`${uri.replace(/\/$/, '')}/bench`).asPromise();
  return {
    dockingId,
    temporal,
    control,
    limit: { perSecond: 50 * scale, perMinute: 1_000 * scale },
    async written(since, run) {
      const people = await looking.collection('employees').countDocuments({ updatedAt: { $gte: since } });
      return people + (await looking.collection('departments').countDocuments({ changedByRun: run }));
    },
    ports: {
      store,
      feishu,
      ticketSystem: () => Promise.reject(new Error('a directory sync asks no ticket system')),
      tellTicket: async () => undefined,
      tellClick: async () => undefined,
      tellDigest: async () => undefined,
      feishuEvents: { directoryChanged: async () => undefined, nudgeOnboarding: async () => undefined },
      wakePull: async () => undefined,
      replayParked: async () => 0,
      checkAgain: async () => undefined,
      raiseAlert: async () => undefined,
      now: () => new Date(),
      log: pino({ level: 'silent' }),
      publicUrl: 'http://127.0.0.1',
    },
    async close() {
      feishu.close();
      await temporal.teardown();
      await looking.close();
      await store.close();
      await processes.stopAll();
      await simulator.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startSimulatorProcess(): Promise<{ url: string; stop(): Promise<void> }> {
  const child = fork(join(__dirname, '../simulator/main.js'), ['--port', '0', '--tickets-port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /platform (\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
