import { ASSUMED_QUOTA, forecastUsage } from '../../api/usage-forecast';
import { NEW_DOCKING, startApi, type TestApi } from './server';

const question = {
  now: new Date('2026-11-10T12:00:00Z'),
  month: [
    { period: '2026-11', route: 'GET /open-apis/contact/v3/users/find_by_department', calls: 900 },
    { period: '2026-11', route: 'POST /open-apis/im/v1/messages', calls: 100 },
  ],
  lastSync: null,
  mirror: { employees: 100_000, departments: 5_000 },
  quota: undefined,
};

describe('the forecast', () => {
  test('predicts a night from the size of the company while no run has been measured', () => {
    const { nightly } = forecastUsage(question);
    expect(nightly).toMatchObject({ basis: 'mirror', calls: 7_103, seconds: 421 });
    expect(nightly.text).toBe('Nightly full sync ≈ 7103 calls, 8 minutes.');
  });

  test('predicts it from the last run as soon as there is one', () => {
    const lastSync = { runId: 'r1', calls: 110, callsByApi: [{ api: 'GET /x', calls: 90 }] };
    const { nightly, month, warnings } = forecastUsage({ ...question, lastSync });
    expect(nightly).toMatchObject({ basis: 'last-run', runId: 'r1', calls: 110, seconds: 2 });
    // 20 nights to come, and ten sends a day.
    expect(month).toEqual({ period: '2026-11', used: 1_000, predicted: 1_000 + 20 * 120 });
    expect(warnings).toEqual([]);
  });

  test('warns when the month will need more than the plan allows, and when it has', () => {
    expect(forecastUsage(question)).toMatchObject({
      quota: { monthly: ASSUMED_QUOTA, assumed: true },
      warnings: [{ code: 'quota-at-risk' }],
    });
    const codes = (quota: number | null): string[] =>
      forecastUsage({ ...question, quota }).warnings.map(({ code }) => code);
    expect(codes(1_100)).toEqual(['quota-nearly-used', 'quota-at-risk']);
    expect(codes(999)).toEqual(['quota-exceeded']);
    expect(codes(10_000_000)).toEqual([]);
    expect(codes(null)).toEqual([]);
  });
});

describe('GET /usage', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api?.close());

  test('tells calls by API, by run and by month, with the warning against the quota an admin set', async () => {
    const created = await api.call('POST', '/v1/dockings', NEW_DOCKING);
    const path = `/v1/dockings/${String(created.body['id'])}`;
    await api.store.usage.add(String(created.body['id']), 'GET /contact/v3/scopes', 7, new Date());
    const started = await api.call('POST', `${path}/directory/syncs`, { mode: 'apply' });
    const runId = String(started.body['runId']);
    await api.store.syncRuns.addCalls(runId, new Map([['GET /contact/v3/scopes', 2]]));
    await api.store.syncRuns.addCalls(
      runId,
      new Map([
        ['GET /contact/v3/scopes', 3],
        ['GET /a.b', 1],
      ]),
    );
    expect((await api.call('PATCH', path, { monthlyCallQuota: 5 })).body).toMatchObject({
      monthlyCallQuota: 5,
    });
    const usage = await api.call('GET', `${path}/usage`);
    expect(usage.body).toMatchObject({
      months: [{ route: 'GET /contact/v3/scopes', calls: 7 }],
      runs: [
        {
          runId,
          calls: 6,
          callsByApi: [
            { api: 'GET /contact/v3/scopes', calls: 5 },
            { api: 'GET /a.b', calls: 1 },
          ],
        },
      ],
      month: { used: 7 },
      quota: { monthly: 5, assumed: false },
      warnings: [{ code: 'quota-exceeded' }],
    });
  });
});
