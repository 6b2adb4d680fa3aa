import { gunzipSync } from 'node:zlib';
import { startSimulator, type Simulator } from '../../simulator';
import { NEW_DOCKING, startApi, type TestApi } from './server';

const PATH = '/v1/app-registrations';
let simulator: Simulator;
let api: TestApi;
beforeAll(async () => {
  simulator = await startSimulator({ employees: 5, departments: 1 });
  api = await startApi({ platformUrl: simulator.url });
});
afterAll(async () => {
  await api?.close();
  await simulator?.close();
});

const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const answer = await fetch(`${simulator.url}/_control${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return answer.json();
};
const planned = async () => {
  const { body } = await api.call('POST', PATH, { brand: 'feishu', platformUrl: simulator.url });
  return body as { id: string; willCreate: { scopes: string[] } };
};
const begun = async () => {
  const { id } = await planned();
  const { body } = await api.call('POST', `${PATH}/${id}:begin`, { confirm: true });
  return { id, ...(body as { userCode: string; confirmUrl: string }) };
};
/** Past the pause that the platform asks for between two looks. */
const asked = async (id: string) => {
  const key = `app-registration:${id}`;
  const kept = await api.store.sealedTokens.read(key);
  const registration = JSON.parse(kept?.token ?? '{}') as { askAt?: number };
  await api.store.sealedTokens.write(
    key,
    JSON.stringify({ ...registration, askAt: 0 }),
    kept?.expiresAt ?? 0,
  );
  return api.call('GET', `${PATH}/${id}`);
};
const { brand: _brand, appId: _appId, appSecret: _secret, platformUrl: _url, ...REST } = NEW_DOCKING;

test('what the app comes with is shown first, and nothing is begun without an explicit word', async () => {
  const { id, willCreate } = await planned();
  expect(willCreate.scopes).toContain('im:message');
  expect(await api.call('GET', `${PATH}/${id}`)).toMatchObject({
    body: { state: 'planned', confirmUrl: null },
  });
  expect(await api.call('POST', `${PATH}/${id}:begin`, {})).toMatchObject({ status: 400 });
  expect(await api.call('GET', `${PATH}/${id}`)).toMatchObject({ body: { state: 'planned' } });
});

test('once somebody confirmed on the platform the docking is created, and its secret was shown to nobody', async () => {
  const { id, userCode, confirmUrl } = await begun();
  const addons = new URL(confirmUrl).searchParams.get('addons') ?? '';
  expect(JSON.parse(gunzipSync(Buffer.from(addons, 'base64url')).toString())).toMatchObject({
    scopes: { tenant: expect.arrayContaining(['im:message']) as unknown },
  });
  expect(await asked(id)).toMatchObject({ body: { state: 'waiting', appId: null } });
  expect(await api.call('POST', `${PATH}/${id}:createDocking`, REST)).toMatchObject({ status: 409 });
  const { appId } = (await control('POST', `/registrations/${userCode}`, {})) as { appId: string };
  const created = await asked(id);
  expect(created).toMatchObject({ body: { state: 'created', appId } });
  const { appSecret } = (await control('GET', `/apps/${appId}`)) as { appSecret: string };
  expect(JSON.stringify(created.body)).not.toContain(appSecret);

  const docking = await api.call('POST', `${PATH}/${id}:createDocking`, REST);
  expect(docking).toMatchObject({ status: 201, body: { appId, state: 'setting-up' } });
  expect(await api.store.dockings.secrets(String(docking.body['id']))).toMatchObject({ appSecret });
  expect(await api.call('GET', `${PATH}/${id}`)).toMatchObject({ status: 404 });
});

test('a no on the platform ends it', async () => {
  const { id, userCode } = await begun();
  await control('POST', `/registrations/${userCode}`, { approve: false });
  expect(await asked(id)).toMatchObject({ body: { state: 'denied' } });
  expect(await api.call('POST', `${PATH}/${id}:begin`, { confirm: true })).toMatchObject({
    status: 409,
    body: { type: 'AppRegistration.WrongState' },
  });
});

test('only an admin may', async () => {
  expect(await api.call('POST', PATH, { brand: 'feishu' }, {})).toMatchObject({ status: 401 });
});

test('a platform that does not answer is told, and what was planned can be begun later', async () => {
  const elsewhere = await startSimulator({ employees: 5, departments: 1 });
  const other = await startApi({ platformUrl: elsewhere.url });
  try {
    const { body } = await other.call('POST', PATH, { brand: 'feishu', platformUrl: elsewhere.url });
    const one = `${PATH}/${String(body['id'])}`;
    await elsewhere.close();
    expect(await other.call('POST', `${one}:begin`, { confirm: true })).toMatchObject({
      status: 503,
      body: { type: 'AppRegistration.Unreachable' },
    });
    expect(await other.call('GET', one)).toMatchObject({ body: { state: 'planned' } });
  } finally {
    await other.close();
  }
});
