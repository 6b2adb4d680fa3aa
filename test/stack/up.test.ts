import { createServer, type AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import mongoose from 'mongoose';
import { bringUp, terminalProgress, type BringUpOptions, type Stack } from '../../stack';
import { canListen } from '../../stack/ports';
import { eventually, isAlive } from './eventually';

const ANY = { api: 0, temporal: 0, temporalUi: 0, mongodb: 0, simulator: 0, ticketSystem: 0 };
const programFile = (): string => join(__dirname, 'stub-program.js');
const environment = { ...process.env };
let dataDir: string;
let lines: string[];
let stacks: Stack[];

beforeEach(async () => {
  // The stack under test finds its own servers, whatever this run uses.
  for (const name of ['MONGODB_URI', 'TEMPORAL_ADDRESS']) delete process.env[name];
  dataDir = await mkdtemp(join(tmpdir(), 'docking-stack-'));
  lines = [];
  stacks = [];
});
afterEach(async () => {
  process.env = { ...environment };
  await Promise.all(stacks.map((stack) => stack.down()));
  await rm(dataDir, { recursive: true, force: true });
});

async function start(options: Partial<BringUpOptions> = {}): Promise<Stack> {
  const progress = terminalProgress((line) => lines.push(line));
  const stack = await bringUp({ dataDir, ports: ANY, programFile, memoryOnly: true, progress, ...options });
  stacks.push(stack);
  return stack;
}

interface StubAnswer {
  pid: number;
  environment: Record<string, string>;
}
const ask = async (url: string): Promise<StubAnswer> => (await (await fetch(url)).json()) as StubAnswer;

describe('the stack', () => {
  it('comes up with everything answering, tells where in endpoints.json, and goes without a trace', async () => {
    const stack = await start();
    const { endpoints } = stack;
    const file = join(dataDir, 'endpoints.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(endpoints);
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const api = await ask(endpoints.api);
    expect(api.environment).toEqual({
      TEMPORAL_ADDRESS: endpoints.temporal,
      TEMPORAL_UI_URL: endpoints.temporalUi,
      MONGODB_URI: endpoints.mongodb,
      DOCKING_MASTER_KEY: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) as string,
      DOCKING_ADMIN_TOKEN: endpoints.adminToken,
      DOCKING_ALLOWED_PLATFORM_URLS: endpoints.simulator,
      DOCKING_PUBLIC_URL: endpoints.api,
      LOG_LEVEL: 'info',
      NODE_ENV: process.env['NODE_ENV'],
    });
    expect((await fetch(endpoints.temporalUi!)).status).toBe(200);
    await ask(endpoints.ticketSystem!);

    await stack.down();
    expect(existsSync(file)).toBe(false);
    expect(isAlive(api.pid)).toBe(false);
    const ports = [
      endpoints.api,
      endpoints.temporalUi!,
      endpoints.simulator!,
      `http://${endpoints.temporal}`,
      endpoints.mongodb,
    ];
    for (const url of ports) expect(await canListen(Number(new URL(url).port), '127.0.0.1')).toBe(true);
  });

  it('kills the worker and starts it again without calling that a fault', async () => {
    const stack = await start({ programs: ['worker'] });
    let fault: string | undefined;
    void stack.broken.then((sentence) => (fault = sentence));
    await stack.killWorker();
    await stack.startWorker();
    expect(await readFile(join(stack.logsDir, 'worker.log'), 'utf8')).toContain('ended with SIGKILL');
    expect(fault).toBeUndefined();
  });

  it('starts the API again when it is killed', async () => {
    const stack = await start({ programs: ['api'] });
    const { pid } = await ask(stack.endpoints.api);
    process.kill(pid, 'SIGKILL');
    await eventually('another API', async () => {
      const again = await ask(stack.endpoints.api).catch(() => null);
      return again !== null && again.pid !== pid;
    });
  });

  it('says which part ended when one ends that cannot be started again', async () => {
    const stack = await start({ programs: ['simulator'] });
    process.kill((await ask(stack.endpoints.simulator ?? '')).pid, 'SIGKILL');
    expect(await stack.broken).toMatch(/^simulator ended with SIGKILL/);
  });

  it('takes another port when the wanted one is taken, and prints it', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const { port } = taken.address() as AddressInfo;
    try {
      const { endpoints } = await start({ programs: ['api'], ports: { ...ANY, api: port } });
      expect(endpoints.api).not.toContain(`:${port}`);
      expect(lines.join('\n')).toContain(
        `port ${port} is taken, the API uses ${new URL(endpoints.api).port}`,
      );
    } finally {
      taken.close();
    }
  });

  it('refuses a data folder that another stack uses', async () => {
    await start({ programs: [] });
    await expect(start({ programs: [] })).rejects.toThrow(/is used by another stack \(process \d+\)/);
  });

  it('ends what it started when a part does not come up, and shows its last lines', async () => {
    const broken = join(__dirname, 'no-such-program.js');
    await expect(start({ programs: ['simulator'], programFile: () => broken })).rejects.toThrow(
      /simulator ended before it was ready; its last lines:[^]*Cannot find module/,
    );
    // The folder is free again.
    await start({ programs: [] });
  });

  it('stops on the way up when it is asked to', async () => {
    const abort = new AbortController();
    const coming = start({ signal: abort.signal });
    abort.abort();
    await expect(coming).rejects.toThrow('stopped before everything was ready');
  });

  it('keeps the data of MongoDB and Temporal, the key and the token between runs', async () => {
    const first = await start({ programs: [], memoryOnly: false });
    expect(first.firstStart).toBe(true);
    const writer = await mongoose.createConnection(first.endpoints.mongodb).asPromise();
    await writer.collection('things').createIndex({ name: 1 }, { unique: true });
    await writer.collection('things').insertOne({ name: 'kept' });
    await writer.close();
    const before = await Connection.connect({ address: first.endpoints.temporal });
    await new Client({ connection: before }).workflow.start('nobodyRunsThis', {
      taskQueue: 'nobody-polls-this',
      workflowId: 'kept',
    });
    await before.close();
    await first.down();

    const second = await start({ programs: [], memoryOnly: false });
    expect(second.firstStart).toBe(false);
    expect(second.endpoints.adminToken).toBe(first.endpoints.adminToken);
    const reader = await mongoose.createConnection(second.endpoints.mongodb).asPromise();
    expect(await reader.collection('things').countDocuments({ name: 'kept' })).toBe(1);
    await expect(reader.collection('things').insertOne({ name: 'kept' })).rejects.toMatchObject({
      code: 11_000,
    });
    await reader.close();
    const after = await Connection.connect({ address: second.endpoints.temporal });
    expect((await new Client({ connection: after }).workflow.getHandle('kept').describe()).status.name).toBe(
      'RUNNING',
    );
    await after.close();
  });
});
