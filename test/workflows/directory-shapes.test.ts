import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createDirectoryActivities } from '../../activities/directory';
import type { ResetOptions } from '../../simulator';
import type { DirectorySyncInput, DirectorySyncResult } from '../../workflows/messages';
import { directorySyncId, TASK_QUEUES } from '../../workflows/names';
import { startTimeSkipping } from '../support/servers';
import { content, mirrorOf, openCompany, truth, type Company, type SimulatedPerson } from './company';
import { quietRuntime, withWorkers } from './crew';

let environment: TestWorkflowEnvironment;
let company: Company | undefined;

beforeAll(async () => {
  quietRuntime();
  environment = await startTimeSkipping();
});
afterEach(() => company?.close());
afterAll(() => environment?.teardown());

interface SimulatedDepartment {
  openDepartmentId: string;
  parentId: string;
}

const gone = ({ status }: SimulatedPerson): boolean => status === 'resigned' || status === 'exited';

async function sync({ ports }: Company, dockingId: string): Promise<DirectorySyncResult> {
  return withWorkers(environment, createDirectoryActivities(ports), () =>
    environment.client.workflow.execute<(input: DirectorySyncInput) => Promise<DirectorySyncResult>>(
      'directorySync',
      {
        workflowId: directorySyncId(dockingId),
        taskQueue: TASK_QUEUES.docking,
        args: [{ dockingId, runId: `run-${dockingId}`, mode: 'apply', startedBy: 'test' }],
      },
    ),
  );
}

/** Everybody whom the app may see, and nobody else, field by field. */
async function expectMirrorOf(
  mirrored: Company,
  dockingId: string,
  visible: (person: SimulatedPerson) => boolean,
): Promise<void> {
  const mirror = new Map(
    (await mirrorOf(mirrored.store, dockingId)).map((one) => [one.employeeId, content(one)]),
  );
  const there = (await mirrored.people()).filter((person) => !gone(person) && visible(person));
  expect([...mirror.keys()].sort()).toEqual(there.map(({ openId }) => openId).sort());
  for (const person of there) expect(mirror.get(person.openId)).toEqual(truth(person));
}

const opened = async (plan: ResetOptions): Promise<Company> => {
  company = await openCompany({ agents: 0, ...plan });
  return company;
};

test('one department that holds nearly everybody is read page by page', async () => {
  const crowd = await opened({ employees: 1_200, departments: 1, rootMembers: 3 });
  const result = await sync(crowd, crowd.dockingId);
  await expectMirrorOf(crowd, crowd.dockingId, () => true);
  expect(result).toMatchObject({ state: 'applied', employees: 1_200, departments: 1 });
  // 24 pages of the crowd, 1 of the root.
  expect((await crowd.calls())['GET /open-apis/contact/v3/users/find_by_department']).toBe(25);
});

test('six levels, half without e-mail and a tenth of doubles are mirrored one row per person', async () => {
  const deep = await opened({ employees: 400, departments: 60, levels: 6, withoutEmail: 50, duplicates: 10 });
  await sync(deep, deep.dockingId);
  await expectMirrorOf(deep, deep.dockingId, () => true);
  const { store, dockingId } = deep;
  const { items } = await deep.control<{ items: SimulatedDepartment[] }>('GET', '/departments?limit=1000');
  expect((await store.departments.ids(dockingId)).sort()).toEqual(
    items.map(({ openDepartmentId }) => openDepartmentId).sort(),
  );
});

test('a contact range without whole subtrees mirrors what is inside, single people of the outside included', async () => {
  const partly = await opened({ employees: 300, departments: 30, rootMembers: 6 });
  const { items } = await partly.control<{ items: SimulatedDepartment[] }>('GET', '/departments?limit=1000');
  const top = items
    .filter(({ parentId }) => parentId === '0')
    .map(({ openDepartmentId }) => openDepartmentId);
  const granted = top.filter((_, index) => index % 2 === 0);
  const inside = new Set(granted);
  for (let before = 0; before < inside.size;) {
    before = inside.size;
    for (const one of items) if (inside.has(one.parentId)) inside.add(one.openDepartmentId);
  }
  const within = ({ departmentIds }: SimulatedPerson): boolean => departmentIds.some((id) => inside.has(id));
  const outside = (await partly.people()).filter((person) => !gone(person) && !within(person));
  const singles = new Set(outside.slice(0, 3).map(({ openId }) => openId));
  await partly.control('PATCH', `/apps/${partly.appId}`, {
    contactRange: {
      type: 'some',
      departmentIds: granted,
      userIds: outside.slice(0, 3).map(({ userId }) => userId),
      groupIds: [],
    },
  });
  expect(outside.length).toBeGreaterThan(50);
  await sync(partly, partly.dockingId);
  await expectMirrorOf(partly, partly.dockingId, (person) => within(person) || singles.has(person.openId));
  expect((await partly.store.departments.ids(partly.dockingId)).sort()).toEqual([...inside].sort());
});
