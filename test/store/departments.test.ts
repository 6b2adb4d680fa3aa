import type { Store } from '../../store';
import { openTestStore, uniqueId, type TestStore } from './fixture';

let opened: TestStore;
let departments: Store['departments'];
beforeAll(async () => {
  opened = await openTestStore();
  ({ departments } = opened.store);
});
afterAll(() => opened.end());

const SALES = { departmentId: 'od-1', parentId: '0', name: 'Sales', state: 'active' as const };
const CARE = {
  departmentId: 'od-2',
  parentId: 'od-1',
  name: 'Care',
  memberCount: 3,
  state: 'active' as const,
};

test('departments are written once, and again only when their content differs', async () => {
  const dockingId = uniqueId('dk');
  expect(await departments.bulkUpsert(dockingId, [SALES, CARE], 'run-1')).toEqual({
    written: 2,
    unchanged: 0,
  });
  const renamed = { ...CARE, name: 'Customer care' };
  expect(await departments.bulkUpsert(dockingId, [SALES, renamed], 'run-2')).toEqual({
    written: 1,
    unchanged: 1,
  });
  expect(await departments.get(dockingId, 'od-2')).toEqual({ dockingId, ...renamed });
  expect((await departments.list(dockingId, {})).items).toEqual([
    { dockingId, ...SALES },
    { dockingId, ...renamed },
  ]);
  expect((await departments.getMany(dockingId, ['od-2', 'od-9'])).map(({ name }) => name)).toEqual([
    'Customer care',
  ]);
});

test('departments that a complete pull did not see are deleted, and live again when they are seen', async () => {
  const dockingId = uniqueId('dk');
  await departments.bulkUpsert(dockingId, [SALES, CARE], 'run-1');
  expect(await departments.markMissing(dockingId, ['od-1'])).toBe(1);
  expect(await departments.markMissing(dockingId, new Set(['od-1']))).toBe(0);
  expect(await departments.ids(dockingId)).toEqual(['od-1']);
  expect((await departments.list(dockingId, { state: 'deleted' })).items.map(({ name }) => name)).toEqual([
    'Care',
  ]);
  expect(await departments.bulkUpsert(dockingId, [CARE], 'run-3')).toEqual({ written: 1, unchanged: 0 });
  expect((await departments.ids(dockingId)).sort()).toEqual(['od-1', 'od-2']);
});
