import { memorySharedState, memoryTokenStore, type TicketSystemWarning } from '../../tickets';
import { allAgents, startCompany, type Company } from './company';

let company: Company;
beforeAll(async () => {
  company = await startCompany();
});
afterAll(() => company.close());
beforeEach(() => company.reset());

async function tokenCalls(): Promise<number> {
  const { routes } = await company.control<{ routes: { route: string; count: number }[] }>('GET', '/calls');
  return routes.find((route) => route.route === '/api/get_token')?.count ?? 0;
}

test('workers that share a store share one token', async () => {
  const tokenStore = memoryTokenStore(company.clock);
  const workers = [1, 2, 3, 4].map(() => company.sobotSystem({}, { tokenStore }));
  await Promise.all(workers.map((worker) => worker.listStatuses()));
  expect(await tokenCalls()).toBe(1);
});

test('a token is renewed before it ends', async () => {
  const system = company.sobotSystem();
  await system.listStatuses();
  company.simulator.world.clock.advance(86_400 - 299);
  await system.listStatuses();
  expect(await tokenCalls()).toBe(2);
  const { routes } = await company.control<{ routes: { codes: Record<string, number> }[] }>('GET', '/calls');
  expect(routes.some((route) => '900002' in route.codes)).toBe(false);
});

test('a token that another worker replaced is taken from the store, not fetched again', async () => {
  const tokenStore = memoryTokenStore(company.clock);
  const [one, two] = [company.sobotSystem({}, { tokenStore }), company.sobotSystem({}, { tokenStore })];
  await one.listStatuses();
  await two.listStatuses();
  company.simulator.world.systems.get('sobot')!.tokens = [];
  await one.listStatuses();
  await two.listStatuses();
  expect(await tokenCalls()).toBe(2);
});

test('a foreign program with the same appid is survived and reported', async () => {
  const warnings: TicketSystemWarning[] = [];
  const system = company.sobotSystem({}, { onWarning: (warning) => warnings.push(warning) });
  const stranger = company.sobotSystem();
  await system.listStatuses();
  for (let i = 0; i < 3; i++) {
    await stranger.listStatuses();
    await system.listStatuses();
  }
  expect(warnings).toEqual(['appid-shared']);
});

test('tokens that die early are counted over all workers, each of which sees only some', async () => {
  const warnings: TicketSystemWarning[] = [];
  const ports = { tokenStore: memoryTokenStore(company.clock), sharedState: memorySharedState() };
  const worker = () => company.sobotSystem({}, { ...ports, onWarning: (warning) => warnings.push(warning) });
  const workers = [worker(), worker(), worker()];
  const stranger = company.sobotSystem();
  for (const system of workers) {
    await system.listStatuses();
    expect(warnings).toEqual([]);
    await stranger.capabilities();
  }
  await workers[0]?.listStatuses();
  expect(warnings).toEqual(['appid-shared']);
});

test.each([
  ['a wrong app_key', { appKey: 'wrong' }, 'credentials-refused', '900003'],
  ['an unknown appid', { appid: 'unknown' }, 'credentials-refused', '900004'],
])('%s is final and says which code', async (_what, config, code, platformCode) => {
  const failure: unknown = await company
    .sobotSystem(config)
    .capabilities()
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ code, platformCode, retryClass: 'never' });
  expect(String(failure)).not.toContain(company.sobot.appKey);
});

test('an edition without API is final', async () => {
  const system = company.sobotSystem();
  await company.control('PATCH', '/switches', { editionWithoutApi: true });
  await expect(system.capabilities()).rejects.toMatchObject({
    code: 'edition-without-api',
    retryClass: 'never',
  });
});

test('reads survive a proxy page, a burst of unknown errors and a reset connection', async () => {
  for (const effect of ['html-502', 'code', 'reset']) {
    const fault = { path: '*/query_agents', effect, times: 1, ...(effect === 'code' && { code: '999999' }) };
    await company.control('POST', '/faults', fault);
    expect(await allAgents(company.sobotSystem())).not.toHaveLength(0);
  }
});

test('too many requests tell when to come back', async () => {
  await company.control('POST', '/faults', { path: '*/query_agents', effect: 'rate-limit', resetSeconds: 7 });
  await expect(allAgents(company.sobotSystem())).rejects.toMatchObject({
    code: 'rate-limited',
    retryClass: 'after',
    retryAfterMs: 7000,
  });
});

test('an address without a server is unreachable and worth another try', async () => {
  const system = company.sobotSystem({ baseUrl: 'http://127.0.0.1:1' });
  await expect(system.capabilities()).rejects.toMatchObject({ code: 'unreachable', retryClass: 'normal' });
});

test('a silent server is given up on in time', async () => {
  await company.control('POST', '/faults', {
    path: '/api/get_token',
    effect: 'delay',
    delayMs: 30_000,
  });
  const system = company.sobotSystem({ timeoutMs: 100 });
  await expect(system.capabilities()).rejects.toMatchObject({ code: 'timeout', retryClass: 'normal' });
});
