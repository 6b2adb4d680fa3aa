import { FeishuError, createFeishuHttp, createTokenManager } from '../../feishu';
import type { Clock, Credentials, FeishuHttp, TokenManager } from '../../feishu';
import { APP_ID, SECRET, startStubPlatform } from './stub-platform';
import type { StubPlatform } from './stub-platform';

const TOKEN_LINE = 'POST /auth/v3/tenant_access_token/internal';
const MINUTE = 60_000;

describe('the token manager', () => {
  let platform: StubPlatform;
  let http: FeishuHttp;
  let time = 0;
  let tokens: TokenManager;
  let credentials: Credentials;
  const clock: Clock = { now: () => time, monotonic: () => time };

  beforeEach(async () => {
    platform = await startStubPlatform();
    http = createFeishuHttp();
    time = 1_000_000;
    tokens = createTokenManager({ http, clock });
    credentials = { appId: APP_ID, appSecret: SECRET, baseUrl: platform.baseUrl };
  });

  afterEach(async () => {
    http.close();
    await platform.close();
  });

  const answerToken = (answer: () => unknown): void =>
    platform.on('POST', '/auth/v3/tenant_access_token/internal', answer);

  it('fetches one token however many callers ask at once', async () => {
    const got = await Promise.all(Array.from({ length: 50 }, () => tokens.get(credentials)));
    expect(new Set(got)).toEqual(new Set(['t-1']));
    expect(platform.count(TOKEN_LINE)).toBe(1);
  });

  it('keeps a token until ten minutes before its end and renews it then', async () => {
    await tokens.get(credentials);
    time += 109 * MINUTE;
    await expect(tokens.get(credentials)).resolves.toBe('t-1');
    time += 2 * MINUTE;
    await expect(tokens.get(credentials)).resolves.toBe('t-2');
  });

  it('goes by the remaining life that Feishu tells, not by two hours', async () => {
    answerToken(() => ({ code: 0, tenant_access_token: 't-old', expire: 31 * 60 }));
    await tokens.get(credentials);
    time += 22 * MINUTE;
    answerToken(() => ({ code: 0, tenant_access_token: 't-new', expire: 7_200 }));
    await expect(tokens.get(credentials)).resolves.toBe('t-new');
  });

  it('lives on the old token while Feishu cannot give a new one, and does not hammer it', async () => {
    await tokens.get(credentials);
    time += 112 * MINUTE;
    answerToken(() => ({ code: 2200, msg: 'Internal Error' }));
    await expect(tokens.get(credentials)).resolves.toBe('t-1');
    await expect(tokens.get(credentials)).resolves.toBe('t-1');
    expect(platform.count(TOKEN_LINE)).toBe(2);
    time += 8 * MINUTE;
    await expect(tokens.get(credentials)).rejects.toBeInstanceOf(FeishuError);
  });

  it('tests a changed secret instead of living on the token of the old one', async () => {
    await tokens.get(credentials);
    answerToken(() => ({ code: 10014, msg: 'app secret invalid' }));
    await expect(tokens.get({ ...credentials, appSecret: 'another' })).rejects.toMatchObject({ code: 10014 });
    await expect(tokens.get(credentials)).resolves.toBe('t-1');
  });

  it('keeps apps and brands apart', async () => {
    await tokens.get(credentials);
    await expect(tokens.get({ ...credentials, appId: 'cli_fedcba9876543210' })).resolves.toBe('t-2');
  });

  it('drops a refused token once, also when many calls were refused together', async () => {
    await tokens.get(credentials);
    const retried = await Promise.all(
      Array.from({ length: 10 }, () => {
        tokens.drop(credentials, 't-1');
        return tokens.get(credentials);
      }),
    );
    tokens.drop(credentials, 't-1');
    await expect(tokens.get(credentials)).resolves.toBe('t-2');
    expect(new Set(retried)).toEqual(new Set(['t-2']));
    expect(platform.count(TOKEN_LINE)).toBe(2);
  });

  it('asks Feishu anew when credentials are checked', async () => {
    await tokens.get(credentials);
    await expect(tokens.check(credentials)).resolves.toEqual({ expiresInSeconds: 7_200 });
    expect(platform.count(TOKEN_LINE)).toBe(2);
  });

  it('lets one caller leave while the others get their token', async () => {
    const leaving = new AbortController();
    const left = expect(tokens.get(credentials, leaving.signal)).rejects.toThrow('cancelled');
    const stayed = tokens.get(credentials);
    leaving.abort(new Error('cancelled'));
    await left;
    await expect(stayed).resolves.toBe('t-1');
    expect(platform.count(TOKEN_LINE)).toBe(1);
  });

  it('remembers no failure', async () => {
    answerToken(() => ({ code: 2200, msg: 'Internal Error' }));
    await expect(tokens.get(credentials)).rejects.toMatchObject({ errorClass: 'server', outcome: 'refused' });
    answerToken(() => ({ code: 0, tenant_access_token: 't-good', expire: 7_200 }));
    await expect(tokens.get(credentials)).resolves.toBe('t-good');
  });

  it.each([
    [10003, 'malformed'],
    [10014, 'brand'],
    [10015, 'brand'],
    [99991662, 'disabled'],
  ])('explains code %i without showing the secret', async (code, word) => {
    answerToken(() => ({ code, msg: 'app secret invalid', data: {} }));
    const error: unknown = await tokens.check(credentials).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FeishuError);
    expect(error).toMatchObject({ code, errorClass: 'app-state', retry: 'never' });
    expect((error as FeishuError).message).toContain(word);
    expect((error as FeishuError).message).not.toContain(SECRET);
  });

  it('takes an answer without a token for a broken server', async () => {
    answerToken(() => ({ code: 0, msg: 'ok' }));
    await expect(tokens.get(credentials)).rejects.toMatchObject({ errorClass: 'server', retry: 'normal' });
  });

  it('forgets the apps not used longest when there are very many', async () => {
    const few = createTokenManager({ http, clock, capacity: 2 });
    for (const appId of ['cli_a', 'cli_b', 'cli_c', 'cli_a']) await few.get({ ...credentials, appId });
    expect(platform.count(TOKEN_LINE)).toBe(4);
  });
});
