import { randomUUID } from 'node:crypto';
import axios from 'axios';
import { docking } from '../store/fixture';
import { encryptEvent, signEvent } from '../../simulator/feishu/events/encryption';
import { Simulated } from '../feishu/simulated';
import { startApi, type TestApi } from './server';

let company: Simulated;
let api: TestApi;
beforeAll(async () => {
  company = await Simulated.start();
  api = await startApi({ platformUrl: company.credentials.baseUrl });
});
afterAll(async () => {
  await api?.close();
  await company?.close();
});

interface SavedApp {
  urlVerification?: { ok: boolean; reason?: string };
}

/** A docking whose admin entered id and secret, and nothing about events. */
async function dockingWithoutKeys(): Promise<{ id: string; address: string }> {
  const { appId, appSecret, baseUrl } = company.credentials;
  const made = docking({ state: 'live', appId, platformUrl: baseUrl });
  await api.store.dockings.create(made, { appSecret, pushToken: randomUUID() });
  return { id: made.id, address: `${api.url}/feishu/${made.id}/events` };
}

/** The platform waits one second. On a machine that is busy with other tests it is pressed again, as an admin would. */
async function saveApp(changes: object, triesLeft = 5): Promise<SavedApp> {
  const saved: SavedApp = await company.control('PATCH', `/apps/${company.app.appId}`, changes);
  const wasLate = saved.urlVerification?.reason === 'no answer within 1 second';
  return wasLate && triesLeft > 0 ? saveApp(changes, triesLeft - 1) : saved;
}

const forged = (address: string, body: object) =>
  axios.post(address, body, { validateStatus: () => true }).then(({ status }) => status);

test('an event address works as soon as it is entered in the console, with no key copied by hand', async () => {
  const { id, address } = await dockingWithoutKeys();

  expect(await saveApp({ eventUrl: address })).toMatchObject({ urlVerification: { ok: true } });

  const { verificationToken } = await api.store.dockings.secrets(id);
  expect(verificationToken).toBe(company.app.verificationToken);
});

test('an encrypt key that is set, changed or removed in the console is followed', async () => {
  const { id, address } = await dockingWithoutKeys();
  for (const encryptKey of ['first key', 'second key', '']) {
    expect(await saveApp({ eventUrl: address, encryptKey })).toMatchObject({ urlVerification: { ok: true } });
    expect((await api.store.dockings.secrets(id)).encryptKey ?? '').toBe(encryptKey);
  }
});

test('a stranger who does not know the keys is refused, and cannot make the docking call the platform at will', async () => {
  const { address } = await dockingWithoutKeys();
  const appReads = async (): Promise<number> => {
    const { routes } = await company.control<{ routes: { route?: string; path?: string; count: number }[] }>(
      'GET',
      '/calls',
    );
    return routes
      .filter((route) => (route.route ?? route.path ?? '').endsWith('/applications/:app_id'))
      .reduce((sum, { count }) => sum + count, 0);
  };
  const before = await appReads();

  for (let request = 0; request < 20; request += 1) {
    const body = { type: 'url_verification', challenge: 'c', token: `guess-${request}` };
    expect(await forged(address, body)).toBe(401);
  }

  const after = await appReads();
  expect(after).toBeGreaterThan(before);
  expect(after - before).toBeLessThanOrEqual(6);
});

const plainClick = (token: string | undefined): object => ({
  schema: '2.0',
  header: {
    event_id: randomUUID(),
    token,
    event_type: 'card.action.trigger',
    create_time: `${Date.now()}000`,
  },
  event: { operator: { open_id: 'ou_1' }, action: { value: {} }, context: {} },
});

test('from the moment that a key is set in the console, nothing is taken in the clear, whoever comes first', async () => {
  const { id, address } = await dockingWithoutKeys();
  const { verificationToken } = await company.control<{ verificationToken: string }>(
    'PATCH',
    `/apps/${company.app.appId}`,
    { encryptKey: 'set since' },
  );
  await api.store.dockings.setSecrets(id, { verificationToken });
  expect(await forged(address, plainClick(verificationToken))).toBe(401);
  expect(await forged(address, plainClick(verificationToken))).toBe(401);
});

test('a genuine request is let through after a change of the key, whatever strangers send meanwhile', async () => {
  const { address } = await dockingWithoutKeys();
  for (let request = 0; request < 8; request += 1) {
    expect(await forged(address, { type: 'url_verification', challenge: 'c', token: 'guess' })).toBe(401);
  }
  const encryptKey = 'changed meanwhile';
  const { verificationToken } = await company.control<{ verificationToken: string }>(
    'PATCH',
    `/apps/${company.app.appId}`,
    { encryptKey },
  );
  const body = JSON.stringify({
    encrypt: encryptEvent(encryptKey, JSON.stringify(plainClick(verificationToken))),
  });
  const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), 'n1'];
  const { status } = await axios.post(address, body, {
    validateStatus: () => true,
    headers: {
      'content-type': 'application/json',
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': signEvent(timestamp, nonce, encryptKey, body),
    },
  });
  expect(status).toBe(200);
});
