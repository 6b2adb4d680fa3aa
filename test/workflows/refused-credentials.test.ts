import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ChecklistItem } from '../../store';
import { LATIN_SENTENCE } from '../support/latin-sentence';
import { startTimeSkipping } from '../support/servers';
import { quietRuntime } from './crew';
import { GRANTED, openSetUp, type SetUp } from './set-up';

let environment: TestWorkflowEnvironment;
let setUp: SetUp;
let stopWorking: () => Promise<void>;

beforeAll(async () => {
  quietRuntime();
  environment = await startTimeSkipping();
  setUp = await openSetUp(environment);
  stopWorking = await setUp.startWorking();
});
beforeEach(() => setUp.mend());
afterAll(async () => {
  await stopWorking?.();
  await setUp?.close();
  await environment?.teardown();
});

const CONSOLE = 'https://open.feishu.cn/app';

/** R34: what the platform can tell apart gets its own words; where it cannot, both causes are named. */
const REFUSALS = [
  {
    what: 'an App ID that nobody knows',
    docking: { appId: 'cli_00000000000000aa' },
    reason: 'app-id-unknown',
    says: [/no app with the App ID cli_00000000000000aa/, /mistyped/, /Lark/],
    link: CONSOLE,
  },
  {
    what: 'a malformed App ID',
    docking: { appId: 'cli_short' },
    reason: 'app-id-malformed',
    says: [/malformed/, /Credentials & Basic Info/],
    link: CONSOLE,
  },
  {
    what: 'a wrong App Secret',
    app: { appSecret: 'another-secret' },
    reason: 'secret-wrong',
    says: [/App Secret does not fit/, /or the app belongs to the other brand, Lark/],
    link: /\/baseinfo$/,
  },
  {
    what: 'the wrong brand',
    app: { brand: 'lark' },
    reason: 'app-id-unknown',
    says: [/mistyped/, /or the app belongs to the other brand, Lark/],
    link: CONSOLE,
  },
  {
    what: 'a disabled app',
    app: { status: 'disabled' },
    reason: 'app-disabled',
    says: [/disabled/, /company admin enables it/],
    link: /admin\/appCenter\/manage/,
  },
  {
    what: 'an app that was never released',
    app: { status: 'not-enabled', versions: [] },
    reason: 'app-not-in-use',
    says: [/not in use/, /disabled, or no version of it is released and approved/],
    link: /\/version$/,
  },
  {
    what: 'an IP address that is not on the list',
    app: { ipAllowList: ['203.0.113.7'] },
    reason: 'ip-denied',
    says: [/this server's \(127\.0\.0\.1\) is not on the list/, /Security settings/, /at once/],
    link: /\/safe$/,
  },
];

test.each(REFUSALS)(
  '$what gets its own message, next step and link',
  async ({ docking, app, reason, says, link }) => {
    if (app) await setUp.app(app);
    const items = await setUp.check(await setUp.dock(docking));
    const credentials = items.get('credentials');
    expect(credentials).toMatchObject({ state: 'failed', owner: 'ticket-admin', detail: { reason } });
    for (const words of says) expect(credentials?.message).toMatch(words);
    expect(credentials?.chinese?.message).toMatch(/[\u4e00-\u9fff]/);
    expect(credentials?.chinese?.message).not.toMatch(LATIN_SENTENCE);
    expect(credentials?.link).toMatch(link);
    const others = [...items.values()].filter(({ id }) => id !== 'credentials');
    expect(others.map(({ state }) => state)).toEqual(others.map(() => 'unknown'));
    expect(others[0]?.message).toMatch(/Not looked at/);
    expect(others[0]?.chinese?.message).toMatch(/^未检查/);
  },
);

test('a platform that is down leaves everything unknown, says so, and blames nothing', async () => {
  await setUp.company.control('POST', '/faults', { path: '*', effect: 'html-502', times: 1000 });
  const items = [...(await setUp.check(await setUp.dock())).values()];
  expect(items.map(({ state }) => state)).toEqual(items.map(() => 'unknown'));
  for (const { message } of items) {
    expect(message).toMatch(/down\. Nothing is known to be wrong with the set-up/);
  }
});

test('a platform that fails for one proof only hides none of the others', async () => {
  await setUp.company.control('POST', '/faults', {
    path: '/open-apis/tenant/v2/tenant/query',
    effect: 'html-502',
    times: 1000,
  });
  const items = [...(await setUp.check(await setUp.dock())).values()];
  const notPassed = items.filter(({ state }) => state !== 'passed').map(({ id, state }) => ({ id, state }));
  expect(notPassed).toEqual([{ id: 'tenant', state: 'unknown' }]);
});

test('credentials of another company than before are found out', async () => {
  const items = await setUp.check(await setUp.dock({ tenantKey: 'another-company' }));
  expect(items.get('tenant')).toMatchObject({ state: 'failed', expected: 'another-company' });
});

describe('a permission', () => {
  it('of an older app that does the same counts as granted, and says through what', async () => {
    const scopes = [
      ...GRANTED.filter((scope) => scope !== 'contact:user.base:readonly'),
      'contact:contact:readonly_as_app',
    ];
    await setUp.app({ scopes: { requested: scopes, granted: scopes } });
    const items = await setUp.check(await setUp.dock());
    expect(items.get('permission:contact:user.base:readonly')).toMatchObject({
      state: 'passed',
      found: 'contact:contact:readonly_as_app',
    });
  });

  it('that Lark does not have is not asked for there', async () => {
    await setUp.company.control('PATCH', '/switches', { servesBrand: 'lark' });
    await setUp.app({ brand: 'lark' });
    const items = await setUp.check(await setUp.dock({ brand: 'lark' }));
    expect(items.has('permission:contact:group:readonly')).toBe(false);
    expect([...items.values()].filter(({ state }) => state !== 'passed')).toEqual([]);
    expect(items.size).toBe(28);
  });

  it('whose key no page tells can be settled by the docking', async () => {
    const key = 'ehr:employee.phone:readonly';
    const items = await setUp.check(await setUp.dock({ employeePhoneScope: key }));
    // Another candidate that is granted still stands in for it, and it never blocks.
    expect(items.get(`permission:${key}`)).toMatchObject({ state: 'passed', blocking: false });
  });

  it('is found missing from the data when its field never comes, whatever the list says', async () => {
    const dockingId = await setUp.dock();
    const people = (await setUp.company.people()).slice(0, 10);
    await setUp.company.store.employees.bulkApply(
      dockingId,
      people.map(({ openId }) => ({ employeeId: openId, state: 'active' as const })),
    );
    const items = await setUp.check(dockingId);
    expect(items.get('permission:contact:user.phone:readonly')?.state).toBe('passed');
    await setUp.company.control('POST', '/faults', {
      path: '/open-apis/contact/v3/users/batch',
      effect: 'status',
      status: 200,
      body: {
        code: 0,
        msg: 'success',
        data: {
          items: people.map(({ openId, unionId, userId, name, email, departmentIds, jobTitle }) => ({
            open_id: openId,
            union_id: unionId,
            user_id: userId,
            name,
            email,
            department_ids: departmentIds,
            job_title: jobTitle,
          })),
        },
      },
    });
    const without = await setUp.check(dockingId);
    expect(without.get('permission:contact:user.phone:readonly')).toMatchObject({
      state: 'failed',
      found: 'granted by the list, but its fields never come',
      detail: { grant: 'granted-without-data' },
    });
    expect(
      [...without.values()].filter(({ state }) => state !== 'passed').map(({ id }: ChecklistItem) => id),
    ).toEqual(['permission:contact:user.phone:readonly']);
  });
});
