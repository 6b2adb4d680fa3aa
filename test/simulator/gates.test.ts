import { request } from 'node:http';
import { at, startSession, type Session } from './http';

let session: Session;

beforeAll(async () => {
  session = await startSession({ employees: 20, departments: 5 });
});
beforeEach(async () => {
  await session.reset();
});
afterAll(() => session.close());

test('every answer carries a log id and names itself a simulator', async () => {
  for (const path of ['/open-apis/bot/v3/info', '/open-apis/nothing', '/_control/apps', '/nothing']) {
    const { headers } = await session.call('GET', path);
    expect(headers.get('x-tt-logid')).toMatch(/^\d{14}[0-9A-F]+$/);
    expect(headers.get('x-simulator')).toBe('true');
  }
});

test('an unknown route is 99991201 at HTTP 404, a wrong method 99991301', async () => {
  const unknown = await session.api('GET', '/no/such/route');
  expect([unknown.status, at(unknown.body, 'code')]).toEqual([404, 99991201]);
  const method = await session.api('DELETE', '/bot/v3/info');
  expect([method.status, at(method.body, 'code')]).toEqual([405, 99991301]);
});

test('tokens are told apart: none, misshapen, invalid tenant, app and user tokens', async () => {
  const codes: unknown[] = [];
  for (const token of ['', 'Bearer nonsense', 'Bearer t-gone', 'Bearer a-gone', 'Bearer u-gone']) {
    const headers: Record<string, string> = token ? { authorization: token } : {};
    codes.push(at((await session.call('GET', '/open-apis/bot/v3/info', undefined, headers)).body, 'code'));
  }
  expect(codes).toEqual([99991661, 99991671, 99991663, 99991664, 99991668]);
});

test('the gates are passed in order: app state, address, rate, scope, fields', async () => {
  const path = '/contact/v3/users/find_by_department';
  const token = await session.token();
  const call = async (): Promise<unknown> =>
    at((await session.call('GET', `/open-apis${path}`, undefined, { authorization: token })).body, 'code');
  await session.set({ status: 'disabled', ipAllowList: ['10.0.0.0/8'], scopes: { granted: [] } });
  await session.control('POST', '/faults', { path: '/never' });
  expect(await call()).toBe(99991662);
  await session.set({ status: 'enabled' });
  expect(await call()).toBe(99991401);
  await session.set({ ipAllowList: ['127.0.0.1'] });
  expect(await call()).toBe(99991672);
  await session.set({ scopes: { granted: ['contact:contact.base:readonly'] } });
  expect(await call()).toBe(99992402);
});

test('the refusal by address names the address', async () => {
  await session.set({ ipAllowList: ['10.0.0.1'] });
  const answer = await session.api('GET', '/bot/v3/info');
  expect([at(answer.body, 'code'), at(answer.body, 'msg')]).toEqual([
    99991401,
    'ip 127.0.0.1 is denied by app setting',
  ]);
});

test('a missing scope is named machine readably, any one of the list suffices', async () => {
  await session.set({ scopes: { granted: [] } });
  const answer = await session.api('GET', '/contact/v3/users/find_by_department?department_id=0');
  expect([answer.status, at(answer.body, 'code')]).toEqual([400, 99991672]);
  expect(at(answer.body, 'msg')).toContain(
    'One of the following scopes is required: [contact:contact.base:readonly, contact:department.organize:readonly].',
  );
  expect(at(answer.body, 'error.permission_violations')).toEqual([
    { type: 'action_scope_required', subject: 'contact:contact.base:readonly' },
    { type: 'action_scope_required', subject: 'contact:department.organize:readonly' },
  ]);
  expect(at(answer.body, 'error.helps.0.url')).toContain(session.appId);
  for (const scope of ['contact:department.organize:readonly', 'contact:contact:readonly_as_app']) {
    await session.set({ scopes: { granted: [scope] } });
    const allowed = await session.api('GET', '/contact/v3/users/find_by_department?department_id=0');
    expect(at(allowed.body, 'code')).toBe(0);
  }
});

test('field violations name the fields', async () => {
  const answer = await session.api('GET', '/contact/v3/users/find_by_department?user_id_type=nickname');
  expect([answer.status, at(answer.body, 'code')]).toEqual([400, 99992402]);
  expect(at(answer.body, 'error.field_violations')).toEqual([
    { field: 'user_id_type', description: expect.any(String) as string },
    { field: 'department_id', description: 'department_id is required' },
  ]);
});

test('the 51st call of a second is refused with the two rate headers, other APIs go on', async () => {
  const token = await session.token();
  const headers = { authorization: token };
  const path = '/open-apis/contact/v3/scopes';
  // The window is a real second: a burst that straddles its end is tried again.
  let refused;
  for (let attempt = 0; attempt < 5 && !refused; attempt++) {
    const burst = await Promise.all(
      Array.from({ length: 60 }, () => session.call('GET', path, undefined, headers)),
    );
    refused = burst.find((answer) => answer.status === 429);
  }
  expect(at(refused?.body, 'code')).toBe(99991400);
  expect(at(refused?.body, 'msg')).toBe('request trigger frequency limit');
  expect(refused?.headers.get('x-ogw-ratelimit-limit')).toBe('50');
  expect(Number(refused?.headers.get('x-ogw-ratelimit-reset'))).toBeGreaterThanOrEqual(1);
  expect((await session.call('GET', '/open-apis/bot/v3/info', undefined, headers)).status).toBe(200);
});

test('with the switch, virtual time ends a rate window', async () => {
  await session.control('PATCH', '/switches', { rateLimitClock: 'virtual' });
  const visibility = (): Promise<{ status: number }> =>
    session.api('PATCH', `/application/v6/applications/${session.appId}/visibility`, {});
  let last = 200;
  for (let i = 0; i < 21; i++) last = (await visibility()).status;
  expect(last).toBe(429);
  await session.control('POST', '/clock', { advanceSeconds: 60 });
  expect((await visibility()).status).toBe(200);
});

test('each brand answers under its own prefix', async () => {
  const lark = await session.control('POST', '/tenants', { brand: 'lark', employees: 2, departments: 1 });
  const { appId, appSecret } = at<{ appId: string; appSecret: string }>(lark, 'apps.0');
  const path = '/open-apis/auth/v3/tenant_access_token/internal';
  const ask = async (prefix: string, host?: string): Promise<unknown> =>
    at(
      (
        await session.call(
          'POST',
          prefix + path,
          { app_id: appId, app_secret: appSecret },
          host ? { host } : {},
        )
      ).body,
      'code',
    );
  expect(await ask('')).toBe(10014);
  expect(await ask('/feishu')).toBe(10014);
  expect(await ask('/lark')).toBe(0);
  await session.control('PATCH', '/switches', { servesBrand: 'lark' });
  expect(await ask('')).toBe(0);
});

test('a GET with a JSON body is accepted, as the official Node SDK sends it', async () => {
  const token = await session.token();
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(
      `${session.simulator.url}/open-apis/contact/v3/scopes`,
      {
        method: 'GET',
        headers: { authorization: token, 'content-type': 'application/json', 'content-length': 2 },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      },
    );
    sent.on('error', reject);
    sent.end('{}');
  });
  expect(status).toBe(200);
});
