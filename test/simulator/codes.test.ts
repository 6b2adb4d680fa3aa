import { at, startSession, type Session } from './http';

let session: Session;

beforeAll(async () => {
  session = await startSession({ seed: 'codes', employees: 40, departments: 6, apps: 2 });
});
beforeEach(() => session.reset());
afterAll(() => session.close());

const fault = (rule: object): Promise<unknown> => session.control('POST', '/faults', { times: 1, ...rule });
const code = (answer: { body: unknown }): number => at(answer.body, 'code');
const users = '/contact/v3/users';

interface Entry {
  area: string;
  code: number;
  msg: string;
  status: number;
}

test('every code of the catalogue comes with its text, HTTP status and log id when a fault asks for it', async () => {
  const entries = at<Entry[]>(await session.control('GET', '/codes'), 'items').filter((one) =>
    ['gate', 'server', 'application', 'tenant', 'contact', 'message'].includes(one.area),
  );
  expect(entries.length).toBeGreaterThan(90);
  const token = { authorization: await session.token() };
  for (const entry of entries) {
    await fault({ path: '/open-apis/tenant/v2/tenant/query', effect: 'code', code: entry.code });
    const answer = await session.call('GET', '/open-apis/tenant/v2/tenant/query', undefined, token);
    expect([entry.code, answer.status]).toEqual([entry.code, entry.status]);
    expect(code(answer)).toBe(entry.code);
    expect(at(answer.body, 'error.log_id')).toBe(answer.headers.get('x-tt-logid'));
  }
});

test('a fault speaks in the form of the call that it hits', async () => {
  await fault({ path: '*', effect: 'code', code: 10003 });
  const token = await session.call('POST', '/open-apis/auth/v3/tenant_access_token/internal', {});
  expect([token.status, token.body]).toEqual([200, { code: 10003, msg: 'invalid param', data: {} }]);

  await fault({ path: '*', effect: 'code', code: 20050 });
  const oauth = await session.call('POST', '/open-apis/authen/v2/oauth/token', {});
  expect(oauth.body).toMatchObject({ code: 20050, error: 'server_error' });

  await fault({ path: '*', effect: 'code', code: 1000040343 });
  const socket = await session.call('POST', '/callback/ws/endpoint', { AppID: session.appId });
  expect([socket.status, code(socket), at(socket.body, 'data')]).toEqual([200, 1000040343, {}]);

  await session.token();
  await fault({ path: '/open-apis/message/v4/*', effect: 'code', code: 11247 });
  const batch = await session.api('POST', '/message/v4/batch_send/', {});
  expect([batch.status, code(batch)]).toEqual([200, 11247]);
});

test('a fault with a missing scope names the scopes of the call', async () => {
  await session.token();
  await fault({ path: '/open-apis/tenant/*', effect: 'code', code: 99991672 });
  const answer = await session.api('GET', '/tenant/v2/tenant/query');
  expect([answer.status, code(answer)]).toEqual([400, 99991672]);
  expect(at(answer.body, 'error.permission_violations.0.subject')).toBe('tenant:tenant:readonly');
});

test('a fault with a refused card carries the sub-code that it asks for', async () => {
  await session.token();
  await fault({ path: '/open-apis/im/*', effect: 'code', code: 230099, subCode: 200732 });
  const answer = await session.api('POST', '/im/v1/messages?receive_id_type=open_id', {});
  expect(at(answer.body, 'msg')).toContain('ErrCode: 200732;');
});

test('faults with a rate code carry the reset headers unless they are left out', async () => {
  await session.token();
  await fault({ path: '/open-apis/bot/*', effect: 'code', code: 99991400, resetSeconds: 3 });
  const limited = await session.api('GET', '/bot/v3/info');
  expect([limited.status, limited.headers.get('x-ogw-ratelimit-reset')]).toEqual([429, '3']);
});

async function userToken(scope: string): Promise<string> {
  const owner = at<string>(await session.control('GET', '/people?status=active'), 'items.0.userId');
  const redirect = 'https://desk.example.com/back';
  await session.set({ redirectUrls: [redirect] });
  const query = new URLSearchParams({
    client_id: session.appId,
    redirect_uri: redirect,
    scope,
    auto_user: owner,
  });
  const page = await fetch(`${session.simulator.url}/open-apis/authen/v1/authorize?${query.toString()}`, {
    redirect: 'manual',
  });
  const back = new URL(page.headers.get('location') ?? '');
  const answer = await session.call('POST', '/open-apis/authen/v2/oauth/token', {
    grant_type: 'authorization_code',
    client_id: session.appId,
    client_secret: session.secret,
    code: back.searchParams.get('code'),
    redirect_uri: redirect,
  });
  return `Bearer ${at<string>(answer.body, 'access_token')}`;
}

test('a user token reads people with its own scopes and expires with its own code', async () => {
  const person = at<string>(await session.control('GET', `/people?appId=${session.appId}`), 'items.1.openId');
  const path = `/open-apis${users}/${person}`;
  const allowed = await userToken('contact:contact.base:readonly');
  expect(code(await session.call('GET', path, undefined, { authorization: allowed }))).toBe(0);
  const poor = await userToken('im:message');
  const refused = await session.call('GET', path, undefined, { authorization: poor });
  expect(code(refused)).toBe(99991679);
  expect(at(refused.body, 'error.permission_violations.0.type')).toBe('action_privilege_required');
  await session.control('POST', '/clock', { advanceSeconds: 7201 });
  expect(code(await session.call('GET', path, undefined, { authorization: allowed }))).toBe(99991677);
  const unknown = { authorization: 'Bearer u-nobody' };
  expect(code(await session.call('GET', path, undefined, unknown))).toBe(99991668);
});

test('ids of another app and another tenant have codes of their own', async () => {
  const [, other] = at<{ appId: string }[]>(await session.control('GET', '/apps'), 'items');
  const foreign = at<string>(await session.control('GET', `/people?appId=${other?.appId}`), 'items.0.openId');
  expect(code(await session.api('GET', `${users}/${foreign}`))).toBe(99992361);
  const tenant = await session.control('POST', '/tenants', { employees: 3, departments: 1 });
  const stranger = at<string>(
    await session.control('GET', `/people?tenant=${at<string>(tenant, 'tenantKey')}`),
    'items.0.userId',
  );
  expect(code(await session.api('GET', `${users}/${stranger}?user_id_type=user_id`))).toBe(99992364);
  await session.control('PATCH', '/switches', { foreignIds: 'business' });
  expect(code(await session.api('GET', `${users}/${foreign}`))).toBe(41012);
});

test('the wide scopes of old apps open the directory but not e-mail, mobile and user id', async () => {
  await session.set({ scopes: { granted: ['contact:contact:readonly_as_app'] } });
  const list = await session.api('GET', `${users}/find_by_department?department_id=0`);
  const first = at<object>(list.body, 'data.items.0');
  expect(first).toHaveProperty('name');
  expect(first).toHaveProperty('status');
  for (const field of ['email', 'mobile', 'user_id']) expect(first).not.toHaveProperty(field);
});

async function send(content: object, msgType = 'text', receiver?: object): Promise<number> {
  const person = at<string>(
    await session.control('GET', `/people?appId=${session.appId}&status=active`),
    'items.0.openId',
  );
  const answer = await session.api('POST', '/im/v1/messages?receive_id_type=open_id', {
    receive_id: person,
    msg_type: msgType,
    content: JSON.stringify(content),
    ...receiver,
  });
  return code(answer);
}

test('sensitive words, private chats as cards and unknown pictures are refused', async () => {
  await session.control('PATCH', '/switches', { sensitiveWords: ['casino'] });
  expect(await send({ text: 'the casino opens' })).toBe(230022);
  expect(await send({ text: 'the office opens' })).toBe(0);
  const chat = at<string>(await session.control('GET', '/messages'), 'items.0.chatId');
  expect(await send({ chat_id: chat }, 'share_chat')).toBe(230015);
  expect(await send({ image_key: 'img_v3_nobody' }, 'image')).toBe(230001);
});

test('sending by user_id needs the scope of the user id', async () => {
  const userId = at<string>(await session.control('GET', '/people?status=active'), 'items.0.userId');
  await session.set({ scopes: { granted: ['im:message'] } });
  const body = { receive_id: userId, msg_type: 'text', content: '{"text":"x"}' };
  const refused = await session.api('POST', '/im/v1/messages?receive_id_type=user_id', body);
  expect(code(refused)).toBe(99991672);
  await session.control('PATCH', '/switches', { sendByUserIdNeedsScope: false });
  expect(code(await session.api('POST', '/im/v1/messages?receive_id_type=user_id', body))).toBe(0);
});

test('somebody with 200 unread buzzes gets no more, and SMS ends with its quota', async () => {
  await session.control('PATCH', '/switches', { rateLimits: 'off', urgentQuota: 1 });
  await session.set({ scopes: { granted: ['im:message', 'im:message.urgent', 'im:message.urgent:sms'] } });
  const headers = { authorization: await session.token() };
  const person = at<{ openId: string; userId: string }>(
    await session.control('GET', `/people?appId=${session.appId}&status=active`),
    'items.0',
  );
  const buzz = async (kind: string): Promise<number> => {
    const sent = await session.call(
      'POST',
      '/open-apis/im/v1/messages?receive_id_type=open_id',
      { receive_id: person.openId, msg_type: 'text', content: '{"text":"x"}' },
      headers,
    );
    const path = `/open-apis/im/v1/messages/${at<string>(sent.body, 'data.message_id')}/urgent_${kind}`;
    return code(await session.call('PATCH', path, { user_id_list: [person.openId] }, headers));
  };
  expect([await buzz('sms'), await buzz('sms')]).toEqual([0, 230024]);
  for (let n = 1; n < 200; n++) expect(await buzz('app')).toBe(0);
  expect(await buzz('app')).toBe(230023);
  await session.control('POST', `/people/${person.userId}/enter-chat`, { appId: session.appId });
  expect(await buzz('app')).toBe(0);
});
