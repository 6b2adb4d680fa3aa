import { at, startSession, text, type Answer, type Session } from './http';

const PATH = '/open-apis/auth/v3/tenant_access_token/internal';
let session: Session;

beforeAll(async () => {
  session = await startSession({ employees: 3, departments: 1 });
});
beforeEach(async () => {
  await session.reset();
});
afterAll(() => session.close());

function ask(app_id: string, app_secret: string, prefix = ''): Promise<Answer> {
  return session.call('POST', prefix + PATH, { app_id, app_secret });
}

test('the same token comes back with the remaining time while 30 minutes remain, then a new one', async () => {
  const first = await ask(session.appId, session.secret);
  expect(first.body).toEqual({
    code: 0,
    msg: 'ok',
    tenant_access_token: expect.stringMatching(/^t-/) as string,
    expire: 7200,
  });
  await session.control('POST', '/clock', { advanceSeconds: 5300 });
  const second = await ask(session.appId, session.secret);
  expect(at(second.body, 'tenant_access_token')).toBe(at(first.body, 'tenant_access_token'));
  expect(at(second.body, 'expire')).toBeLessThanOrEqual(1900);
  await session.control('POST', '/clock', { advanceSeconds: 200 });
  const third = await ask(session.appId, session.secret);
  expect(at(third.body, 'tenant_access_token')).not.toBe(at(first.body, 'tenant_access_token'));
  expect(at(third.body, 'expire')).toBe(7200);
});

test('an old token lives on to its own end beside the new one', async () => {
  const bot = (token: string): Promise<Answer> =>
    session.call('GET', '/open-apis/bot/v3/info', undefined, { authorization: token });
  const old = await session.token();
  await session.control('POST', '/clock', { advanceSeconds: 5500 });
  const fresh = await session.token();
  expect(at((await bot(old)).body, 'code')).toBe(0);
  expect(at((await bot(fresh)).body, 'code')).toBe(0);
  await session.control('POST', '/clock', { advanceSeconds: 1800 });
  expect(at((await bot(old)).body, 'code')).toBe(99991663);
  expect(at((await bot(fresh)).body, 'code')).toBe(0);
});

test('malformed requests answer 10003 at HTTP 200', async () => {
  for (const body of ['{', '{}', { app_id: '', app_secret: 'x' }, { app_id: 'cli_zz', app_secret: 'x' }]) {
    const answer = await session.call('POST', PATH, body);
    expect([answer.status, at(answer.body, 'code'), at(answer.body, 'msg')]).toEqual([
      200,
      10003,
      'invalid param',
    ]);
  }
});

test('unknown app, wrong secret, other brand and disabled app answer 10014', async () => {
  const unknown = await ask('cli_0123456789abcdef', session.secret);
  expect([unknown.status, at(unknown.body, 'code'), at(unknown.body, 'msg')]).toEqual([
    200,
    10014,
    'app id not exists',
  ]);
  const wrong = await ask(session.appId, 'wrong');
  expect([wrong.status, at(wrong.body, 'code'), at(wrong.body, 'msg')]).toEqual([
    200,
    10014,
    'app secret invalid',
  ]);
  const lark = await ask(session.appId, session.secret, '/lark');
  expect(at(lark.body, 'code')).toBe(10014);
  await session.set({ status: 'disabled' });
  expect(at((await ask(session.appId, session.secret)).body, 'code')).toBe(10014);
});

test('the status of a wrong secret and the code of a disabled app are switches', async () => {
  await session.control('PATCH', '/switches', { wrongSecretStatus: 400, disabledAppTokenCode: 99991673 });
  expect((await ask(session.appId, 'wrong')).status).toBe(400);
  await session.set({ status: 'disabled' });
  expect(at((await ask(session.appId, session.secret)).body, 'code')).toBe(99991673);
});

test('a new secret leaves living tokens alone unless the switch says otherwise', async () => {
  const before = await session.token();
  const bot = (): Promise<Answer> =>
    session.call('GET', '/open-apis/bot/v3/info', undefined, { authorization: before });
  await session.set({ appSecret: 'second-secret' });
  expect(at((await ask(session.appId, session.secret)).body, 'code')).toBe(10014);
  expect(at((await bot()).body, 'code')).toBe(0);
  await session.control('PATCH', '/switches', { secretRotationRevokesTokens: true });
  await session.set({ appSecret: 'third-secret' });
  expect(at((await bot()).body, 'code')).toBe(99991663);
});

test('revoking ends all tokens at once', async () => {
  const before = await session.token();
  expect(await session.control('DELETE', `/tokens?appId=${session.appId}`)).toEqual({ revoked: 1 });
  const answer = await session.call('GET', '/open-apis/bot/v3/info', undefined, { authorization: before });
  expect(at(answer.body, 'code')).toBe(99991663);
  expect(at((await session.api('GET', '/bot/v3/info')).body, 'code')).toBe(0);
});

test('the app token call answers both tokens', async () => {
  const answer = await session.call('POST', '/open-apis/auth/v3/app_access_token/internal', {
    app_id: session.appId,
    app_secret: session.secret,
  });
  expect(at(answer.body, 'app_access_token')).toMatch(/^a-/);
  expect(`Bearer ${text(at(answer.body, 'tenant_access_token'))}`).toBe(await session.token());
});
