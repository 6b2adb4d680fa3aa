/** Two API processes, and the one that holds the connection is killed. Needs a build: `npm test` makes one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { openStore, type Store } from '../../store';
import { Simulated } from '../feishu/simulated';
import { eventually } from '../stack/eventually';
import { docking, newMasterKey } from '../store/fixture';
import { startDevServer, startMongo, type TestMongo } from '../support/servers';

let company: Simulated;
let mongo: TestMongo;
let temporal: TestWorkflowEnvironment;
let store: Store;
const masterKey = newMasterKey();
const processes: ChildProcess[] = [];

beforeAll(async () => {
  company = await Simulated.start();
  await company.patchApp({ eventMode: 'websocket' });
  mongo = await startMongo();
  temporal = await startDevServer();
  store = await openStore({ uri: mongo.uri, masterKey });
}, 60_000);
afterAll(async () => {
  for (const one of processes) one.kill('SIGKILL');
  await store?.close();
  await temporal?.teardown();
  await mongo?.stop();
  await company?.close();
});

function startApi(): ChildProcess {
  const api = spawn(process.execPath, [join(__dirname, '../../dist/api/main.js')], {
    env: {
      ...process.env,
      MONGODB_URI: mongo.uri,
      TEMPORAL_ADDRESS: temporal.address,
      DOCKING_MASTER_KEY: masterKey,
      PORT: '0',
      LOG_LEVEL: 'silent',
    },
    stdio: 'ignore',
  });
  processes.push(api);
  return api;
}

const holder = async (id: string): Promise<string | undefined> => {
  const [record] = await store.longConnections.getMany([id]);
  return record?.state === 'connected' ? record.heldBy : undefined;
};
interface Logged {
  state: string;
  attempts: { outcome: string }[];
}
const lastEvent = async (): Promise<Logged | undefined> =>
  (await company.control<{ items: Logged[] }>('GET', '/events?limit=1000')).items.at(-1);

test('another process takes over the connection of one that was killed, and what it missed arrives', async () => {
  const { appId, appSecret, baseUrl } = company.credentials;
  const made = docking({ state: 'live', appId, platformUrl: baseUrl, eventMode: 'long-connection' });
  await store.dockings.create(made, { appSecret, pushToken: 'p' });

  const first = startApi();
  await eventually('the connection', async () => (await holder(made.id)) !== undefined, 30_000);
  const before = await holder(made.id);
  const second = startApi();

  first.kill('SIGKILL');
  await once(first, 'exit');
  await company.control('PATCH', `/people/${company.person(0).userId}`, { jobTitle: 'missed' });
  await eventually('the loss', async () => ((await lastEvent())?.attempts.length ?? 0) > 0);

  await eventually('the takeover', async () => ![undefined, before].includes(await holder(made.id)), 45_000);
  // The first repetition can have come while nobody was there; the next one is 5 minutes later.
  await company.control('POST', '/clock', { advanceSeconds: 15 + 300 });
  await eventually('what was missed', async () => (await lastEvent())?.state === 'delivered');

  second.kill('SIGTERM');
  expect(await once(second, 'exit')).toEqual([0, null]);
  expect(await store.longConnections.getMany([made.id])).toEqual([]);
}, 120_000);
