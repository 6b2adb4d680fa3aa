import { NotFound, type Store } from '../../store';
import { openTestStore, person, uniqueId, type TestStore } from './fixture';

let opened: TestStore;
let store: Store;
beforeAll(async () => {
  opened = await openTestStore();
  ({ store } = opened);
});
afterAll(() => opened.end());

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const seen = [];
  for await (const item of stream) seen.push(item);
  return seen;
}

test('a page that is pulled twice, and a person in two departments, are kept once', async () => {
  const runId = uniqueId('sync');
  const page = { departmentId: 'od-1', pageToken: 'p2', done: false };
  for (let time = 0; time < 2; time += 1) {
    await store.syncStaging.put(runId, 'dk', 'employee', [person('ou-2'), person('ou-1')], page);
  }
  await store.syncStaging.put(runId, 'dk', 'employee', [person('ou-2', { name: 'Newer' })]);
  await store.syncStaging.put(runId, 'dk', 'department', [{ departmentId: 'od-1', state: 'active' }]);
  expect(await store.syncStaging.counts(runId)).toEqual({ departments: 1, employees: 2 });
  expect(await all(store.syncStaging.stream(runId, 'employee'))).toEqual([
    person('ou-1'),
    person('ou-2', { name: 'Newer' }),
  ]);
  expect(await all(store.syncStaging.ids(runId, 'employee'))).toEqual(['ou-1', 'ou-2']);
  expect(await store.syncStaging.getMany(runId, 'employee', ['ou-1', 'ou-9'])).toEqual([person('ou-1')]);
  expect(await all(store.syncStaging.stream(runId, 'department'))).toEqual([
    { departmentId: 'od-1', state: 'active' },
  ]);
});

test('what the platform did not send stays unknown in the staging', async () => {
  const runId = uniqueId('sync');
  await store.syncStaging.put(runId, 'dk', 'employee', [{ employeeId: 'ou-1', state: 'unknown' }]);
  const [staged] = await all(store.syncStaging.stream(runId, 'employee'));
  expect(Object.keys(staged!).sort()).toEqual(['employeeId', 'state']);
});

test('a restarted pull finds the page to go on with', async () => {
  const runId = uniqueId('sync');
  expect(await store.syncStaging.getCursor(runId, 'od-1')).toBeNull();
  await store.syncStaging.put(runId, 'dk', 'employee', [], {
    departmentId: 'od-1',
    pageToken: 'p2',
    done: false,
  });
  await store.syncStaging.setCursor(runId, { departmentId: 'od-2', pageToken: null, done: true });
  expect(await store.syncStaging.getCursor(runId, 'od-1')).toEqual({
    departmentId: 'od-1',
    pageToken: 'p2',
    done: false,
  });
  await store.syncStaging.setCursor(runId, { departmentId: 'od-1', pageToken: null, done: true });
  expect((await store.syncStaging.cursors(runId)).every(({ done }) => done)).toBe(true);
});

test('dropping a run forgets what it pulled, and nothing of another run', async () => {
  const [gone, kept] = [uniqueId('sync'), uniqueId('sync')];
  const cursor = { departmentId: 'od-1', pageToken: null, done: true };
  for (const runId of [gone, kept])
    await store.syncStaging.put(runId, 'dk', 'employee', [person('ou-1')], cursor);
  await store.syncStaging.drop(gone);
  expect(await store.syncStaging.counts(gone)).toEqual({ departments: 0, employees: 0 });
  expect(await store.syncStaging.getCursor(gone, 'od-1')).toBeNull();
  expect(await store.syncStaging.counts(kept)).toEqual({ departments: 0, employees: 1 });
  expect(await store.syncStaging.getCursor(kept, 'od-1')).toEqual(cursor);
});

test('a run is created once, changed by name, and the latest comes first', async () => {
  const dockingId = uniqueId('dk');
  const asked = { dockingId, mode: 'preview', startedBy: 'schedule' } as const;
  const older = { ...asked, runId: uniqueId('sync'), startedAt: new Date('2026-11-01T00:00:00Z') };
  const newer = { ...asked, runId: uniqueId('sync'), startedAt: new Date('2026-11-02T00:00:00Z') };
  const begun = { state: 'running', calls: 0, callsByApi: [], reason: null, finishedAt: null };
  expect(await store.syncRuns.latest(dockingId)).toBeNull();
  for (const one of [older, newer, { ...older, startedBy: 'again' }]) await store.syncRuns.open(one);
  expect(await store.syncRuns.get(older.runId)).toMatchObject({ ...older, ...begun });
  expect(await store.syncRuns.latest(dockingId)).toMatchObject({ ...newer, ...begun });
  const finishedAt = new Date('2026-11-01T00:05:00Z');
  await store.syncRuns.patch(older.runId, { state: 'applied', finishedAt });
  expect((await store.syncRuns.list(dockingId, {})).items).toMatchObject([
    newer,
    { ...older, state: 'applied', finishedAt },
  ]);
  await expect(store.syncRuns.patch('nowhere', { reason: 'x' })).rejects.toBeInstanceOf(NotFound);
});

test('a change set is listed by kind, counted, streamed and dropped', async () => {
  const runId = uniqueId('sync');
  const moved = {
    runId,
    employeeId: 'ou-1',
    kind: 'moved' as const,
    fields: [{ field: 'departmentIds', from: ['a'], to: ['b'] }],
  };
  const joined = {
    runId,
    employeeId: 'ou-2',
    kind: 'joined' as const,
    fields: [{ field: 'name', from: null, to: 'N' }],
  };
  await store.syncChanges.putMany([moved, joined]);
  await store.syncChanges.putMany([joined]);
  await store.syncChanges.putParked([{ runId, kind: 'employee', recordId: 'ou-3', reason: 'no id' }]);
  expect((await store.syncChanges.list({ runId })).items).toEqual([moved, joined]);
  expect((await store.syncChanges.list({ runId, kind: 'joined' })).items).toEqual([joined]);
  expect(await all(store.syncChanges.stream(runId))).toEqual([moved, joined]);
  expect(await all(store.syncChanges.stream(runId, 'moved'))).toEqual([moved]);
  expect(await store.syncChanges.counts(runId)).toEqual({ moved: 1, joined: 1 });
  expect((await store.syncChanges.listParked({ runId })).items).toEqual([
    { runId, kind: 'employee', recordId: 'ou-3', reason: 'no id' },
  ]);
  expect(await store.syncChanges.countParked(runId)).toBe(1);
  await store.syncChanges.drop(runId);
  expect(await store.syncChanges.counts(runId)).toEqual({});
  expect(await store.syncChanges.countParked(runId)).toBe(0);
});
