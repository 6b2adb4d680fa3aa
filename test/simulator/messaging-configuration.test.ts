import { Bench, eventually, Receiver } from './messaging-support';

interface AppState {
  bot: boolean;
  redirectUrls: string[];
  eventUrl: string;
  callbackUrl: string;
  encryptKey: string;
  webApp: { pcUrl: string };
  scopes: { requested: string[]; granted: string[] };
  versions: { versionId: string; status: number }[];
}

let bench: Bench;
let receiver: Receiver;

beforeAll(async () => {
  [bench, receiver] = await Promise.all([Bench.start(), Receiver.start()]);
});

afterAll(() => Promise.all([bench.close(), receiver.close()]));

const base = '/application/v7/applications/me';
const state = (): Promise<AppState> => bench.control('GET', `/apps/${bench.app.appId}`);

test('addresses take effect at once after the challenge, scopes and abilities after approval', async () => {
  receiver.answer = ({ raw }) => ({ body: raw });
  const config = await bench.call('PATCH', `${base}/config`, {
    scope: { add_scopes: [{ scope_name: 'im:chat:readonly', token_type: 'tenant' }] },
    security: { add: { redirect_urls: ['https://desk.example.com/oauth'] } },
    event: { subscription_type: 'webhook', request_url: receiver.url, add_events: ['im.chat.updated_v1'] },
    callback: { callback_type: 'webhook', request_url: receiver.url },
  });
  expect(config.body).toMatchObject({ code: 0 });
  await bench.call('PATCH', `${base}/ability`, {
    web_app: { enable: true, pc_url: 'https://desk.example.com' },
  });
  expect(await state()).toMatchObject({
    redirectUrls: expect.arrayContaining(['https://desk.example.com/oauth']) as string[],
    eventUrl: receiver.url,
    callbackUrl: receiver.url,
    scopes: { granted: expect.not.arrayContaining(['im:chat:readonly']) as string[] },
  });

  const published = await bench.call('POST', `${base}/publish`, {
    remark: 'r',
    changelog: 'c',
    version: '2.0.0',
  });
  expect(published.body.data).toMatchObject({ version: '2.0.0' });
  await eventually(() =>
    receiver.events('application.application.app_version.publish_apply_v6').length > 0 ? true : undefined,
  );
  expect((await bench.call('PATCH', `${base}/ability`, { bot: { enable: false } })).body.code).toBe(211002);

  await bench.patchApp({ approveVersion: true });
  expect(await state()).toMatchObject({
    scopes: { granted: expect.arrayContaining(['im:chat:readonly']) as string[] },
    webApp: { pcUrl: 'https://desk.example.com' },
  });
});

test('a request URL that does not return the challenge changes nothing', async () => {
  receiver.answer = () => ({ body: '{}' });
  const before = await state();
  const { body } = await bench.call('PATCH', `${base}/config`, {
    security: { add: { redirect_urls: ['https://never.example.com'] } },
    event: { subscription_type: 'webhook', request_url: receiver.url },
  });
  expect(body.code).toBe(211003);
  expect(await state()).toEqual(before);
});

test('an edition without self-configuration refuses', async () => {
  await bench.control('PATCH', '/switches', { selfConfiguration: false });
  expect((await bench.call('PATCH', `${base}/base`, { avatar_url: 'x' })).body.code).toBe(211001);
  const other = `/application/v7/applications/${bench.otherApp.appId}/base`;
  expect((await bench.call('PATCH', other, {})).body.code).toBe(210508);
});

test('an app is created by device flow once somebody confirms', async () => {
  const post = async (fields: Record<string, string>): Promise<Record<string, string>> => {
    const answer = await fetch(`${bench.url}/oauth/v1/app/registration`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
    return (await answer.json()) as Record<string, string>;
  };
  const begun = await post({ action: 'begin', archetype: 'PersonalAgent', auth_method: 'client_secret' });
  const poll = (): Promise<Record<string, string>> =>
    post({ action: 'poll', device_code: begun['device_code'] ?? '' });
  expect(await poll()).toMatchObject({ error: 'authorization_pending' });
  const page = await (await fetch(begun['verification_uri_complete'] ?? '')).text();
  expect(page).toContain(begun['user_code']);
  await bench.control('POST', `/registrations/${begun['user_code']}`, {});
  const made = await poll();
  const token = await bench.raw('POST', '/open-apis/auth/v3/tenant_access_token/internal', {
    app_id: made['client_id'],
    app_secret: made['client_secret'],
  });
  expect(token.body.code).toBe(0);
  const refused = await post({ action: 'begin' });
  await bench.control('POST', `/registrations/${refused['user_code']}`, { approve: false });
  expect(await post({ action: 'poll', device_code: refused['device_code'] ?? '' })).toMatchObject({
    error: 'access_denied',
  });
});
