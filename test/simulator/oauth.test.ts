import { createHash, randomBytes } from 'node:crypto';
import type { PersonCard } from './messaging-support';
import { Bench } from './messaging-support';

interface Token {
  code: number;
  error?: string;
  access_token: string;
  refresh_token?: string;
  scope: string;
  expires_in: number;
  token_type: string;
}

const redirect = 'http://127.0.0.1:9/feishu/oauth';
let bench: Bench;
let anna: PersonCard;

beforeAll(async () => {
  bench = await Bench.start();
});

afterAll(() => bench.close());

beforeEach(async () => {
  await bench.control('POST', '/reset', { seed: 'oauth', employees: 12, departments: 3, apps: 2 });
  const { items } = await bench.control<{ items: [Bench['app'], Bench['app']] }>('GET', '/apps');
  Object.assign(bench, { app: items[0], otherApp: items[1] });
  await bench.patchApp({ redirectUrls: [redirect] });
  anna = await bench.person();
});

const authorize = (query: Record<string, string>): Promise<Response> => {
  const url = new URL(`${bench.url}/open-apis/authen/v1/authorize`);
  url.search = new URLSearchParams({
    client_id: bench.app.appId,
    redirect_uri: redirect,
    response_type: 'code',
    ...query,
  }).toString();
  return fetch(url, { redirect: 'manual' });
};

const codeFor = async (query: Record<string, string> = {}): Promise<string> => {
  const answer = await authorize({ auto_user: anna.userId, ...query });
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
};

const exchange = async (fields: object): Promise<Token> => {
  const answer = await bench.raw('POST', '/open-apis/authen/v2/oauth/token', {
    grant_type: 'authorization_code',
    client_id: bench.app.appId,
    client_secret: bench.app.appSecret,
    redirect_uri: redirect,
    ...fields,
  });
  return answer.body as unknown as Token;
};

const userInfo = async (token: string): Promise<{ code: number; data: Record<string, string> }> =>
  (await bench.raw('GET', '/open-apis/authen/v1/user_info', undefined, { authorization: `Bearer ${token}` }))
    .body as never;

test('the authorize page lets one pick a person and says that it is a simulator', async () => {
  const page = await (await authorize({ state: 'a"b' })).text();
  expect(page).toContain('Simulator');
  expect(page).toContain(anna.name);
  expect(page).toContain(`auto_user=${anna.userId}`);
  expect(page).not.toContain('a"b');
  const filtered = await (await authorize({ search: anna.userId })).text();
  expect(filtered.match(/class="person"/g)).toHaveLength(1);
});

test('picking redirects with code and state, refusing with access_denied', async () => {
  const yes = await authorize({ auto_user: anna.userId, state: 's 1' });
  expect(yes.status).toBe(302);
  const location = new URL(yes.headers.get('location') ?? '');
  expect(location.origin + location.pathname).toBe(redirect);
  expect(location.searchParams.get('state')).toBe('s 1');
  const no = new URL((await authorize({ auto_user: '-', state: 's' })).headers.get('location') ?? '');
  expect(Object.fromEntries(no.searchParams)).toEqual({ error: 'access_denied', state: 's' });
});

test('what the app did not register or was not granted ends on an error page', async () => {
  const refusal = async (query: Record<string, string>): Promise<string> => {
    const answer = await authorize(query);
    expect(answer.status).toBe(400);
    return /<code>(\d+)<\/code>/.exec(await answer.text())?.[1] ?? '';
  };
  expect(await refusal({ redirect_uri: 'https://evil.example.com/' })).toBe('20029');
  expect(await refusal({ scope: 'calendar:calendar' })).toBe('20027');
  expect(await refusal({ client_id: 'cli_0000000000000000' })).toBe('20048');
});

test('a code becomes a token once and within five minutes', async () => {
  const code = await codeFor();
  expect(await exchange({ code })).toMatchObject({
    code: 0,
    access_token: expect.stringMatching(/^u-/) as string,
    expires_in: 7200,
    token_type: 'Bearer',
  });
  expect(await exchange({ code })).toMatchObject({ code: 20065, error: 'invalid_grant' });
  const late = await codeFor();
  await bench.advance(301);
  expect((await exchange({ code: late })).code).toBe(20004);
});

test('a code is bound to client, secret, redirect URL and PKCE verifier', async () => {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const code = await codeFor({ code_challenge: challenge, code_challenge_method: 'S256' });
  expect((await exchange({ code: 'unknown' })).code).toBe(20003);
  expect((await exchange({ code, client_secret: 'wrong' })).code).toBe(20002);
  const other = { client_id: bench.otherApp.appId, client_secret: bench.otherApp.appSecret };
  expect((await exchange({ code, ...other })).code).toBe(20024);
  expect((await exchange({ code, redirect_uri: 'http://127.0.0.1:9/' })).code).toBe(20071);
  expect((await exchange({ code })).code).toBe(20049);
  expect((await exchange({ code, code_verifier: 'wrong' })).code).toBe(20049);
  expect((await exchange({ code, code_verifier: verifier })).code).toBe(0);
  expect((await exchange({ grant_type: 'password' })).error).toBe('invalid_request');
});

test('a person outside the availability gets no token', async () => {
  const code = await codeFor();
  await bench.patchApp({ availability: { all: false } });
  expect((await exchange({ code })).code).toBe(20010);
});

test('a refresh token ends with all tokens of the app', async () => {
  const { refresh_token } = await exchange({ code: await codeFor({ scope: 'offline_access' }) });
  await bench.advance(1);
  await bench.control('DELETE', `/tokens?appId=${bench.app.appId}`);
  expect((await exchange({ grant_type: 'refresh_token', refresh_token })).code).toBe(20064);
});

test('refreshing needs offline_access and rotates', async () => {
  expect(await exchange({ code: await codeFor() })).not.toHaveProperty('refresh_token');
  const first = await exchange({ code: await codeFor({ scope: 'offline_access' }) });
  const refresh = (token: string | undefined): Promise<Token> =>
    exchange({ grant_type: 'refresh_token', refresh_token: token });
  const second = await refresh(first.refresh_token);
  expect(second).toMatchObject({ code: 0, scope: 'offline_access' });
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect((await refresh(first.refresh_token)).code).toBe(20073);
  expect((await refresh('ur-invented')).code).toBe(20026);
  await bench.advance(604_801);
  expect((await refresh(second.refresh_token)).code).toBe(20037);
});

test('user_info shows what the scopes of app and token allow', async () => {
  const scope = 'contact:user.email:readonly';
  const narrow = await exchange({ code: await codeFor({ scope }) });
  const info = await userInfo(narrow.access_token);
  expect(info.data).toMatchObject({
    open_id: anna.openId,
    union_id: anna.unionId,
    tenant_key: bench.app.tenantKey,
    email: anna.email,
  });
  expect(info.data).not.toHaveProperty('mobile');
  expect(info.data).not.toHaveProperty('user_id');
  const wide = await exchange({ code: await codeFor() });
  expect((await userInfo(wide.access_token)).data).toMatchObject({ user_id: anna.userId });
});

test('user_info refuses by code with HTTP 200', async () => {
  const { access_token: token } = await exchange({ code: await codeFor() });
  expect((await userInfo('u-invented')).code).toBe(20005);
  for (const [status, code] of [
    ['frozen', 20022],
    ['not-activated', 20023],
    ['resigned', 20021],
  ] as const) {
    await bench.control('PATCH', `/people/${anna.userId}`, { status });
    expect((await userInfo(token)).code).toBe(code);
  }
  await bench.advance(7201);
  expect((await userInfo(token)).code).toBe(20005);
});
