import { createDirectoryActivities } from '../../activities/directory';
import { guardReason } from '../../activities/directory/guard';
import { DEFAULT_DIRECTORY_GUARD, type DirectoryGuard } from '../../store';
import { openCompany, type Company } from '../workflows/company';
import { runActivity } from '../workflows/crew';

const question = {
  firstSync: false,
  counts: { left: 0 },
  knownEmployees: 400,
  knownDepartments: 30,
  missingDepartments: 0,
};
const asked = (change: Partial<typeof question>, limits: Partial<DirectoryGuard> = {}): boolean =>
  guardReason({ ...question, ...change }, { ...DEFAULT_DIRECTORY_GUARD, ...limits }) !== null;

test.each([
  ['10 % of the people', { counts: { left: 40 } }, {}, false],
  ['one more than 10 %', { counts: { left: 41 } }, {}, true],
  ['50 of many', { counts: { left: 50 }, knownEmployees: 100_000 }, {}, false],
  ['51 of many', { counts: { left: 51 }, knownEmployees: 100_000 }, {}, true],
  ['20 % of the departments', { missingDepartments: 6 }, {}, false],
  ['more than that', { missingDepartments: 7 }, {}, true],
  ['anybody, where nobody may leave unseen', { counts: { left: 1 } }, { leavers: 0 }, true],
  [
    'everybody, where that is allowed',
    { counts: { left: 400 } },
    { leavers: 1_000, leaversPercent: 100 },
    false,
  ],
  ['anything, when the mirror was empty', { firstSync: true, counts: { left: 400 } }, {}, false],
])('when %s would leave', (_what, change, limits, expected) => {
  expect(asked(change, limits)).toBe(expected);
});

describe('the limits of a docking', () => {
  let company: Company;
  beforeAll(async () => {
    company = await openCompany({ employees: 40, departments: 2 });
  });
  afterAll(() => company?.close());

  test('decide whether its change set waits for a person', async () => {
    const { dockingId, store } = company;
    const { openSyncRun, compareDirectory } = createDirectoryActivities(company.ports);
    const gone = ['ou_gone_1', 'ou_gone_2'].map((employeeId) => ({ employeeId, state: 'active' as const }));
    await store.employees.bulkApply(dockingId, [
      ...gone,
      ...Array.from({ length: 38 }, (_, index) => ({ employeeId: `ou_${index}`, state: 'active' as const })),
    ]);
    const guard = async (runId: string): Promise<string | null> => {
      await openSyncRun({ dockingId, runId, mode: 'apply', startedBy: 'test' });
      await store.syncStaging.put(
        runId,
        dockingId,
        'employee',
        Array.from({ length: 38 }, (_, index) => ({ employeeId: `ou_${index}`, state: 'active' as const })),
      );
      return (await runActivity(() => compareDirectory({ dockingId, runId }))).guard;
    };
    expect(await guard('run-1')).toBeNull();
    await store.dockings.patch(dockingId, { directoryGuard: { ...DEFAULT_DIRECTORY_GUARD, leavers: 1 } });
    expect(await guard('run-2')).toBe('2 of 40 people would leave');
  });
});
