import { at, startSession, type Answer, type Session } from './http';

let session: Session;
let headers: Record<string, string>;

beforeAll(async () => {
  session = await startSession({ seed: 'faults', employees: 40, departments: 6 });
});
beforeEach(async () => {
  await session.reset();
  await session.control('PATCH', '/switches', { rateLimits: 'off' });
  headers = { authorization: await session.token() };
});
afterAll(() => session.close());

const bot = (): Promise<Answer> => session.call('GET', '/open-apis/bot/v3/info', undefined, headers);
const fault = (rule: object): Promise<unknown> => session.control('POST', '/faults', rule);

test('a code is answered as often as told, then the call works again', async () => {
  await fault({
    path: '/open-apis/bot/v3/info',
    effect: 'code',
    code: 2200,
    msg: 'Internal Error',
    times: 2,
  });
  const answers = [await bot(), await bot(), await bot()];
  expect(answers.map((answer) => at(answer.body, 'code'))).toEqual([2200, 2200, 0]);
  expect(answers.map((answer) => answer.status)).toEqual([400, 400, 200]);
});

test('method and path choose the calls; parameters and stars stand for parts', async () => {
  const { openId } = at<{ openId: string }>(await session.control('GET', '/people?limit=1'), 'items.0');
  const read = (): Promise<Answer> =>
    session.call('GET', `/open-apis/contact/v3/users/${openId}`, undefined, headers);
  await fault({ method: 'post', path: '*', effect: 'status', status: 500 });
  expect((await read()).status).toBe(200);
  await fault({ method: 'GET', path: '/open-apis/contact/v3/users/:user_id', effect: 'status', status: 503 });
  expect((await read()).status).toBe(503);
  expect((await bot()).status).toBe(200);
  await fault({ path: '/open-apis/bot/*', effect: 'status', status: 504 });
  expect((await bot()).status).toBe(504);
});

test('a rate limit comes with or without its headers', async () => {
  await fault({ path: '*', effect: 'rate-limit', resetSeconds: 7, times: 1 });
  const limited = await bot();
  expect([limited.status, at(limited.body, 'code')]).toEqual([429, 99991400]);
  expect(limited.headers.get('x-ogw-ratelimit-reset')).toBe('7');
  await fault({ path: '*', effect: 'rate-limit', headers: false, times: 1 });
  const bare = await bot();
  expect([bare.status, bare.headers.get('x-ogw-ratelimit-reset')]).toEqual([429, null]);
});

test('a proxy page and broken JSON are possible', async () => {
  await fault({ path: '*', effect: 'html-502', times: 1 });
  const page = await bot();
  expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html']);
  await fault({ path: '*', effect: 'status', status: 200, body: '{"code":0,', times: 1 });
  await expect(bot()).rejects.toThrow(SyntaxError);
});

test('a reset closes the socket before any effect, a dropped answer after it', async () => {
  const path = `/application/v6/applications/${session.appId}/visibility`;
  const hide = (): Promise<Answer> =>
    session.call('PATCH', `/open-apis${path}`, { is_visible_to_all: false }, headers);
  const visible = async (): Promise<unknown> =>
    at(await session.control('GET', `/apps/${session.appId}`), 'availability.all');
  await fault({ path: '*', effect: 'reset', times: 1 });
  await expect(hide()).rejects.toThrow('fetch failed');
  expect(await visible()).toBe(true);
  await fault({ path: '*', effect: 'drop-answer', times: 1 });
  await expect(hide()).rejects.toThrow('fetch failed');
  expect(await visible()).toBe(false);
});

test('a partial page loses nothing', async () => {
  await fault({ path: '/open-apis/contact/v3/departments/:id/children', effect: 'partial-page' });
  const path = '/open-apis/contact/v3/departments/0/children?fetch_child=true&page_size=4';
  const first = await session.call('GET', path, undefined, headers);
  expect(at(first.body, 'data.items.length')).toBe(2);
  const seen = at<unknown[]>(first.body, 'data.items');
  let token = at<string | undefined>(first.body, 'data.page_token');
  while (token) {
    const page = await session.call('GET', `${path}&page_token=${token}`, undefined, headers);
    seen.push(...at<unknown[]>(page.body, 'data.items'));
    token = at(page.body, 'data.page_token');
  }
  expect(new Set(seen.map((one) => at(one, 'open_department_id'))).size).toBe(6);
});

test('a page token can be made to expire; calls without one are not hit', async () => {
  await fault({ path: '*', effect: 'expire-page-token', times: 1 });
  const path = '/open-apis/contact/v3/departments/0/children?page_size=1&fetch_child=true';
  const first = await session.call('GET', path, undefined, headers);
  const next = `${path}&page_token=${at<string>(first.body, 'data.page_token')}`;
  expect(at((await session.call('GET', next, undefined, headers)).body, 'code')).toBe(40011);
  expect(at((await session.call('GET', next, undefined, headers)).body, 'code')).toBe(0);
});

test('a skewed clock shifts the date and ends tokens early', async () => {
  await fault({ path: '*', effect: 'clock-skew', skewSeconds: 7300, times: 1 });
  const answer = await bot();
  expect(at(answer.body, 'code')).toBe(99991663);
  expect(Date.parse(answer.headers.get('date') ?? '')).toBeGreaterThan(Date.now() + 7_000_000);
  expect(at((await bot()).body, 'code')).toBe(0);
});

test('a delay holds the call back', async () => {
  await fault({ path: '*', effect: 'delay', delayMs: 120, times: 1 });
  const before = performance.now();
  expect((await bot()).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(115);
});

test('chance repeats with the seed', async () => {
  const run = async (): Promise<string> => {
    const reset = await session.control('POST', '/reset', { seed: 'chance', employees: 1, departments: 1 });
    const { appId, appSecret } = at<{ appId: string; appSecret: string }>(reset, 'apps.0');
    await fault({ path: '*', effect: 'status', status: 500, probability: 0.5 });
    let pattern = '';
    for (let i = 0; i < 40; i++) {
      const path = '/open-apis/auth/v3/tenant_access_token/internal';
      const answer = await session.call('POST', path, { app_id: appId, app_secret: appSecret });
      pattern += answer.status === 500 ? 'x' : '.';
    }
    return pattern;
  };
  const first = await run();
  expect(first).toMatch(/x/);
  expect(first).toMatch(/\./);
  expect(await run()).toBe(first);
});

test('faults are listed with their hits and removed one by one or all', async () => {
  const one = await fault({ path: '/a', effect: 'reset' });
  await fault({ path: '/open-apis/bot/v3/info', effect: 'status', status: 500, times: 1 });
  await bot();
  const list = await session.control('GET', '/faults');
  expect(at<unknown[]>(list, 'items').map((rule) => at(rule, 'hits'))).toEqual([0, 1]);
  expect(await session.control('DELETE', `/faults/${at<string>(one, 'id')}`)).toEqual({ removed: 1 });
  expect(await session.control('DELETE', '/faults')).toEqual({ removed: 1 });
  expect(at(await session.control('GET', '/faults'), 'items')).toEqual([]);
});

test('calls are counted per route, app and code, with peaks, and can be read since a number', async () => {
  await session.control('DELETE', '/calls');
  await bot();
  await bot();
  await session.call('GET', '/open-apis/contact/v3/users/ou_nobody', undefined, headers);
  const log = await session.control('GET', '/calls');
  expect(at(log, 'total')).toBe(3);
  expect(at(log, 'peakPerMinute')).toBe(3);
  const routes = at<unknown[]>(log, 'routes');
  expect(routes).toContainEqual(
    expect.objectContaining({
      method: 'GET',
      route: '/open-apis/bot/v3/info',
      count: 2,
      apps: { [session.appId]: 2 },
      codes: { '0': 2 },
    }),
  );
  expect(routes).toContainEqual(
    expect.objectContaining({ route: '/open-apis/contact/v3/users/:user_id', codes: { '41012': 1 } }),
  );
  const seq = at<number>(log, 'calls.1.seq');
  const since = await session.control('GET', `/calls?since=${seq}`);
  expect(at(since, 'calls')).toMatchObject([{ code: 41012, status: 400, appId: session.appId }]);
});
