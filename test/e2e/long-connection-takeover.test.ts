/** Two API processes, and the one that holds the connection is killed. Needs a build: `npm test` makes one. */
import { once } from 'node:events';
import type { Store } from '../../store';
import type { Simulated } from '../feishu/simulated';
import { eventually } from '../stack/eventually';
import { docking } from '../store/fixture';
import { loneApis, type Ground } from './lone-api';

let company: Simulated;
let store: Store;
let startApi: Ground['startApi'];
loneApis((ground) => ({ company, store, startApi } = ground));
beforeAll(() => company.patchApp({ eventMode: 'websocket' }));

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
  await eventually('the connection', async () => (await holder(made.id)) !== undefined);
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
});
