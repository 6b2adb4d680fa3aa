import { createDirectoryActivities } from '../../activities/directory';
import { batchesOf } from '../../activities/directory/list-departments';
import { runActivity } from '../workflows/crew';
import { content, mirrorOf, openCompany, truth, type Company } from '../workflows/company';

let company: Company;
let run: { dockingId: string; runId: string };
let runs = 0;

beforeAll(async () => {
  company = await openCompany({ employees: 400, departments: 30, rootMembers: 8 });
});
afterAll(() => company?.close());
beforeEach(async () => {
  runs += 1;
  run = { dockingId: await company.freshDocking(), runId: `run-${runs}` };
  await company.control('DELETE', '/faults');
  await company.control('DELETE', '/calls');
  await activities().openSyncRun({ ...run, mode: 'apply', startedBy: 'test' });
});

const activities = () => createDirectoryActivities(company.ports);
const pages = 100;
const progress = { departments: 0, employees: 0, percent: 0, etaSeconds: null, ratePerMinute: null };
const USERS = 'GET /open-apis/contact/v3/users/find_by_department';
const CHILDREN = 'GET /open-apis/contact/v3/departments/:department_id/children';

async function list(): Promise<number> {
  await runActivity(() => activities().readContactRange(run));
  let handedOut = 0;
  for (let done = false; !done;) {
    const slice = await runActivity(() => activities().listDepartments({ ...run, handedOut }));
    handedOut = slice.batches.at(-1)?.to ?? handedOut;
    done = slice.done;
  }
  return handedOut;
}
const pull = (to: number): Promise<{ employees: number; done: boolean }> =>
  runActivity(() => activities().pullEmployees({ ...run, from: 0, to, pages, progress }));
async function conclude(): Promise<Awaited<ReturnType<ReturnType<typeof activities>['compareDirectory']>>> {
  await runActivity(() => activities().confirmMissing(run));
  const compared = await runActivity(() => activities().compareDirectory(run));
  await runActivity(() => activities().applyChanges({ ...run, exactly: false }));
  await activities().closeSyncRun({ ...run, state: 'applied', reason: null, by: 'test' });
  return compared;
}
/** Another run of the same docking, from the start to the end. */
async function syncAgain(): Promise<Awaited<ReturnType<typeof conclude>>> {
  runs += 1;
  run = { ...run, runId: `run-${runs}` };
  await activities().openSyncRun({ ...run, mode: 'apply', startedBy: 'test' });
  await pull(await list());
  return conclude();
}
async function expectTruth(): Promise<void> {
  const mirrored = new Map(
    (await mirrorOf(company.store, run.dockingId)).map((one) => [one.employeeId, content(one)]),
  );
  const people = (await company.people()).filter(
    ({ status }) => status !== 'resigned' && status !== 'exited',
  );
  for (const person of people) expect(mirrored.get(person.openId)).toEqual(truth(person));
  const here = new Set(people.map(({ openId }) => openId));
  for (const [id, employee] of mirrored) if (!here.has(id)) expect(employee['state']).toBe('left');
}

test('a pull that dies on some page goes on with that page: no page is read twice', async () => {
  const departments = await list();
  await pull(departments);
  const whole = (await company.calls())[USERS];
  await conclude();

  runs += 1;
  run = { dockingId: await company.freshDocking(), runId: `run-${runs}` };
  await activities().openSyncRun({ ...run, mode: 'apply', startedBy: 'test' });
  const again = await list();
  await company.control('DELETE', '/calls');
  await company.control('POST', '/faults', {
    path: '/open-apis/contact/v3/users/find_by_department',
    effect: 'reset',
    probability: 0.2,
  });
  let deaths = 0;
  for (let done = false; !done;) {
    try {
      ({ done } = await pull(again));
    } catch {
      deaths += 1;
    }
  }
  await company.control('DELETE', '/faults');
  expect(deaths).toBeGreaterThan(0);
  expect((await company.calls())[USERS]).toBe((whole ?? 0) + deaths);
  await conclude();
  await expectTruth();
});

test('a tree that is too large is listed branch by branch, with few calls more', async () => {
  await company.control('PATCH', '/switches', { maxRecursiveDepartments: 10 });
  try {
    expect(await list()).toBe(31);
    expect((await company.calls())[CHILDREN]).toBeLessThan(31);
    await pull(31);
    await conclude();
    await expectTruth();
  } finally {
    await company.control('PATCH', '/switches', { maxRecursiveDepartments: 500 });
  }
});

test('an expired page token starts only that department again', async () => {
  const people = await company.people();
  const crowd = people[0]?.departmentIds[0] ?? '0';
  for (const person of people.slice(0, 120)) {
    await company.control('PATCH', `/people/${person.userId}`, { departmentIds: [crowd] });
  }
  const departments = await list();
  await company.control('POST', '/faults', {
    path: '/open-apis/contact/v3/users/find_by_department',
    effect: 'expire-page-token',
    times: 1,
  });
  await pull(departments);
  await conclude();
  await expectTruth();
});

test('a page token that always expires fails the run instead of turning for ever', async () => {
  const departments = await list();
  await company.control('POST', '/faults', {
    path: '/open-apis/contact/v3/users/find_by_department',
    effect: 'expire-page-token',
  });
  await expect(pull(departments)).rejects.toMatchObject({ nonRetryable: true });
});

test('one record that cannot be read is parked with its reason, and its department loses nobody', async () => {
  await pull(await list());
  await conclude();
  await company.control('POST', '/faults', {
    path: '/open-apis/contact/v3/users/find_by_department',
    effect: 'status',
    status: 200,
    body: { code: 0, msg: 'success', data: { has_more: false, items: [{ name: 'nobody' }] } },
    times: 1,
  });
  const compared = await syncAgain();
  expect(compared.counts).toMatchObject({ parked: 1, left: 0 });
  const { items } = await company.store.syncChanges.listParked({ runId: run.runId });
  expect(items).toMatchObject([{ kind: 'employee', reason: '1 without an open_id' }]);
  await expectTruth();
});

test('a field whose permission was taken away keeps its last known value', async () => {
  await pull(await list());
  await conclude();
  const before = await mirrorOf(company.store, run.dockingId);
  const app = await company.control<{ scopes: { requested: string[]; granted: string[] } }>(
    'GET',
    `/apps/${company.appId}`,
  );
  const lost = new Set(['contact:user.phone:readonly', 'contact:user.employee:readonly']);
  await company.control('PATCH', `/apps/${company.appId}`, {
    scopes: { ...app.scopes, granted: app.scopes.granted.filter((scope) => !lost.has(scope)) },
  });
  try {
    const compared = await syncAgain();
    expect(compared.counts).toMatchObject({ changed: 0, moved: 0, left: 0 });
    const after = new Map((await mirrorOf(company.store, run.dockingId)).map((one) => [one.employeeId, one]));
    for (const employee of before) expect(after.get(employee.employeeId)).toEqual(employee);
  } finally {
    await company.control('PATCH', `/apps/${company.appId}`, { scopes: app.scopes });
  }
});

test('a second run over an unchanged company changes no record', async () => {
  await pull(await list());
  await conclude();
  const before = await mirrorOf(company.store, run.dockingId);
  const compared = await syncAgain();
  expect(compared.counts).toMatchObject({ joined: 0, changed: 0, moved: 0, left: 0, returned: 0 });
  expect(compared.counts.unchanged).toBeGreaterThan(390);
  expect(await mirrorOf(company.store, run.dockingId)).toEqual(before);
});

test('only granted departments, single people and group members are seen when the range is partial', async () => {
  const people = await company.people();
  const { items: departments } = await company.control<{
    items: { openDepartmentId: string; parentId: string }[];
  }>('GET', '/departments');
  const granted = departments.find(({ parentId }) => parentId === '0')?.openDepartmentId ?? '';
  const inside = new Set([granted]);
  for (const { openDepartmentId, parentId } of departments)
    if (inside.has(parentId)) inside.add(openDepartmentId);
  const single = people.find(
    ({ departmentIds, status }) => status === 'active' && !departmentIds.some((id) => inside.has(id)),
  );
  await company.control('PATCH', `/apps/${company.appId}`, {
    contactRange: { type: 'some', userIds: [single?.userId], departmentIds: [granted], groupIds: [] },
  });
  try {
    const range = await runActivity(() => activities().readContactRange(run));
    expect(range).toEqual({ root: false, singles: true });
    await pull(await list());
    await runActivity(() => activities().pullSingleEmployees(run));
    await conclude();
    const seen = (await mirrorOf(company.store, run.dockingId)).map(({ employeeId }) => employeeId).sort();
    const expected = people
      .filter(({ status }) => status !== 'resigned' && status !== 'exited')
      .filter((person) => person === single || person.departmentIds.some((id) => inside.has(id)))
      .map(({ openId }) => openId)
      .sort();
    expect(seen).toEqual(expected);
  } finally {
    await company.control('PATCH', `/apps/${company.appId}`, {
      contactRange: { type: 'all', userIds: [], departmentIds: [], groupIds: [] },
    });
  }
});

test('a pause is obeyed with the next page, and the pull goes on where it stopped', async () => {
  const departments = await list();
  await company.store.syncRuns.patch(run.runId, { state: 'paused' });
  await company.control('DELETE', '/calls');
  expect(await pull(departments)).toMatchObject({ employees: 0, done: false });
  expect((await company.calls())[USERS] ?? 0).toBe(0);
  await company.store.syncRuns.patch(run.runId, { state: 'running' });
  expect(await pull(departments)).toMatchObject({ done: true });
  await conclude();
  await expectTruth();
});

test('people of a subtree that the platform stops showing are left as they are', async () => {
  await pull(await list());
  await conclude();
  const before = await mirrorOf(company.store, run.dockingId);
  const { items: departments } = await company.control<{
    items: { openDepartmentId: string; parentId: string }[];
  }>('GET', '/departments');
  const top = departments.find(({ openDepartmentId, parentId }) =>
    parentId === '0' ? departments.some((one) => one.parentId === openDepartmentId) : false,
  );
  if (!top) throw new Error('no department has sub-departments');
  const inside = new Set([top.openDepartmentId]);
  for (const { openDepartmentId, parentId } of departments)
    if (inside.has(parentId)) inside.add(openDepartmentId);
  await company.control('PATCH', '/switches', { maxRecursiveDepartments: 1 });
  await company.control('POST', '/faults', {
    path: `/open-apis/contact/v3/departments/${top.openDepartmentId}/children`,
    effect: 'code',
    code: 40004,
  });
  try {
    runs += 1;
    run = { ...run, runId: `run-${runs}` };
    await activities().openSyncRun({ ...run, mode: 'apply', startedBy: 'test' });
    await pull(await list());
    // Whoever is asked for by id is not shown either.
    await company.control('POST', '/faults', {
      path: '/open-apis/contact/v3/users/batch',
      effect: 'status',
      status: 200,
      body: { code: 0, msg: 'success', data: { items: [] } },
    });
    const compared = await conclude();
    expect(compared.counts.left).toBe(0);
    expect(await mirrorOf(company.store, run.dockingId)).toEqual(before);
    const kept = await company.store.departments.getMany(run.dockingId, [...inside]);
    expect(kept.map(({ state }) => state)).toEqual(kept.map(() => 'active'));
    expect(kept.length).toBe(inside.size);
  } finally {
    await company.control('PATCH', '/switches', { maxRecursiveDepartments: 500 });
  }
});

test('calls are counted on the run, refused ones too', async () => {
  await company.control('POST', '/faults', {
    path: '/open-apis/contact/v3/scopes',
    effect: 'rate-limit',
    times: 1,
  });
  await pull(await list());
  await conclude();
  const made = Object.entries(await company.calls())
    .filter(([route]) => route.includes('/contact/v3/'))
    .reduce((sum, [, count]) => sum + count, 0);
  const counted = await company.store.syncRuns.get(run.runId);
  expect(counted?.calls).toBe(made);
  expect(counted?.callsByApi.reduce((sum, { calls }) => sum + calls, 0)).toBe(made);
});

test('batches hand out every place once, and part of a batch only at the end', () => {
  expect(batchesOf(0, 100, false)).toEqual([{ from: 0, to: 75 }]);
  expect(batchesOf(75, 100, true)).toEqual([{ from: 75, to: 100 }]);
  expect(batchesOf(100, 100, true)).toEqual([]);
});
