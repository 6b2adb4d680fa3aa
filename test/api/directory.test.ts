import { directorySyncId } from '../../workflows/names';
import { docking } from '../store/fixture';
import { startApi, type TestApi } from './server';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

test('the next sync starts as soon as the one before is told as finished, though its workflow still closes', async () => {
  const made = docking({ state: 'live' });
  await api.store.dockings.create(made, { appSecret: 's', pushToken: 'p' });
  const start = () => api.call('POST', `/v1/dockings/${made.id}/directory/syncs`, { mode: 'preview' });

  const first = await start();
  expect(first.status).toBe(202);
  expect(await start()).toMatchObject({ status: 409, body: { type: 'Run.AlreadyRunning' } });

  await api.store.syncRuns.patch(String(first.body['runId']), { state: 'discarded', finishedAt: new Date() });
  const second = start();
  await api.temporal.workflow.getHandle(directorySyncId(made.id)).terminate('closed, as a worker would');
  expect(await second).toMatchObject({ status: 202 });
});

test('how much may leave before a person is asked is a setting: part by part, with defaults, and validated', async () => {
  const made = docking({ state: 'live' });
  await api.store.dockings.create(made, { appSecret: 's', pushToken: 'p' });
  const path = `/v1/dockings/${made.id}`;
  const defaults = { leavers: 50, leaversPercent: 10, departmentsPercent: 20 };
  expect((await api.call('GET', path)).body['directoryGuard']).toEqual(defaults);

  const set = async (directoryGuard: unknown) => {
    const { status, body } = await api.call('PATCH', path, { directoryGuard });
    return { status, guard: body['directoryGuard'], errors: body['errors'] };
  };
  expect(await set({ leavers: 500 })).toMatchObject({ status: 200, guard: { ...defaults, leavers: 500 } });
  expect(await set({ leaversPercent: 2.5 })).toMatchObject({
    guard: { ...defaults, leavers: 500, leaversPercent: 2.5 },
  });
  for (const [wrong, field] of [
    [{ leavers: -1 }, 'directoryGuard.leavers'],
    [{ leaversPercent: 101 }, 'directoryGuard.leaversPercent'],
    [{ departmentsPercent: 'all' }, 'directoryGuard.departmentsPercent'],
    [{ people: 3 }, 'directoryGuard'],
  ] as const) {
    expect(await set(wrong)).toMatchObject({
      status: 400,
      errors: [{ field: expect.stringContaining(field) as string }],
    });
  }
  expect(await set(null)).toMatchObject({ status: 200, guard: defaults });
});

test('changes name the person and the departments, also those that the mirror does not know yet', async () => {
  const made = docking({ state: 'live' });
  await api.store.dockings.create(made, { appSecret: 's', pushToken: 'p' });
  const started = await api.call('POST', `/v1/dockings/${made.id}/directory/syncs`, { mode: 'preview' });
  const runId = String(started.body['runId']);
  const newTeam = { departmentId: 'od-new', parentId: '0', name: 'New team', state: 'active' as const };
  await api.store.syncDepartments.add(runId, [{ departmentId: 'od-new', record: newTeam }], 'listed');
  await api.store.syncChanges.putMany([
    {
      runId,
      employeeId: 'ou_new',
      kind: 'joined',
      fields: [
        { field: 'name', from: null, to: 'Chen Jing' },
        { field: 'departmentIds', from: null, to: ['od-new', 'od-nobody-knows'] },
      ],
    },
  ]);

  const { body } = await api.call('GET', `/v1/dockings/${made.id}/directory/syncs/${runId}/changes`);
  expect(body).toMatchObject({
    items: [{ employeeId: 'ou_new', employeeName: 'Chen Jing', kind: 'joined' }],
    departmentNames: { 'od-new': 'New team' },
    nextCursor: null,
  });
  expect(body['departmentNames']).not.toHaveProperty('od-nobody-knows');
});
