import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createBindingActivities } from '../../activities/binding';
import { createDirectoryActivities } from '../../activities/directory';
import {
  applyChangeSet,
  discardChangeSet,
  pause,
  progress,
  resume,
  type DirectorySyncInput,
  type DirectorySyncResult,
  type SyncProgress,
} from '../../workflows/messages';
import { directorySyncId, TASK_QUEUES } from '../../workflows/names';
import { startTimeSkipping } from '../support/servers';
import { content, mirrorOf, openCompany, truth, type Company, type SimulatedPerson } from './company';
import { quietRuntime, runActivity, withWorkers } from './crew';

type Sync = (input: DirectorySyncInput) => Promise<DirectorySyncResult>;
type Handle = WorkflowHandleWithFirstExecutionRunId<Sync>;

let environment: TestWorkflowEnvironment;
let company: Company;
let dockingId: string;
let runs = 0;

beforeAll(async () => {
  quietRuntime();
  environment = await startTimeSkipping();
  company = await openCompany({ employees: 1_000, departments: 40, rootMembers: 20, agents: 24 });
});
afterAll(async () => {
  await company?.close();
  await environment?.teardown();
});
beforeEach(async () => {
  dockingId = await company.freshDocking();
  await company.control('DELETE', '/faults');
});

const working = <T>(body: () => Promise<T>, own: object = {}): Promise<T> =>
  withWorkers(
    environment,
    { ...createDirectoryActivities(company.ports), ...createBindingActivities(company.ports), ...own },
    body,
  );
const start = (mode: 'preview' | 'apply'): Promise<Handle> => {
  runs += 1;
  return environment.client.workflow.start<Sync>('directorySync', {
    workflowId: directorySyncId(dockingId),
    taskQueue: TASK_QUEUES.docking,
    args: [{ dockingId, runId: `run-${runs}`, mode, startedBy: 'admin-1' }],
  });
};
const sync = async (): Promise<DirectorySyncResult> => (await start('apply')).result();
async function until(handle: Handle, reached: (seen: SyncProgress) => boolean): Promise<SyncProgress> {
  for (const deadline = Date.now() + 45_000; ;) {
    const seen = await handle.query(progress);
    if (reached(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`the run stays ${seen.state}, ${seen.phase}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
const present = async (): Promise<SimulatedPerson[]> =>
  (await company.people()).filter(({ status }) => status !== 'resigned' && status !== 'exited');
const stateOf = async (openId: string) => (await company.store.employees.get(dockingId, openId))?.state;

test('a first sync mirrors everybody in the contact range, row by row', async () => {
  const result = await working(sync);
  const byId = new Map(
    (await mirrorOf(company.store, dockingId)).map((one) => [one.employeeId, content(one)]),
  );
  const people = await present();
  expect(byId.size).toBe(people.length);
  for (const person of people) expect(byId.get(person.openId)).toEqual(truth(person));
  expect(result).toMatchObject({
    state: 'applied',
    employees: 1_000,
    counts: { joined: people.length, left: 0 },
  });
  expect(await company.store.departments.ids(dockingId)).toHaveLength(40);
});

test('a preview shows joined, changed, moved, left and returned people, and exactly that is applied', async () => {
  await working(async () => {
    await sync();
    const [changed, moved, left, back] = (await present()).filter(({ status }) => status === 'active');
    if (!changed || !moved || !left || !back) throw new Error('the company is too small');
    await company.control('PATCH', `/people/${back.userId}`, { status: 'resigned' });
    await sync();
    expect(await stateOf(back.openId)).toBe('left');

    await company.control('PATCH', `/people/${back.userId}`, { status: 'active' });
    await company.control('PATCH', `/people/${changed.userId}`, { jobTitle: 'Night watch' });
    await company.control('PATCH', `/people/${moved.userId}`, { departmentIds: ['0'] });
    await company.control('PATCH', `/people/${left.userId}`, { status: 'resigned' });
    const joined = await company.control<SimulatedPerson>('POST', '/people', { name: 'New' });

    const handle = await start('preview');
    const shown = await until(handle, ({ state }) => state === 'awaiting-apply');
    expect(shown.counts).toMatchObject({ joined: 1, changed: 1, left: 1, returned: 1 });
    expect(await stateOf(left.openId)).toBe('active');
    expect(await company.store.employees.get(dockingId, joined.openId)).toBeNull();
    const { items } = await company.store.syncChanges.list({ runId: `run-${runs}`, kind: 'changed' });
    expect(items).toMatchObject([
      {
        employeeId: changed.openId,
        fields: [{ field: 'jobTitle', from: changed.jobTitle, to: 'Night watch' }],
      },
    ]);
    await handle.executeUpdate(applyChangeSet, { args: [{ by: 'admin-1', runId: `run-${runs}` }] });
    expect(await handle.result()).toMatchObject({ state: 'applied' });

    expect(await stateOf(left.openId)).toBe('left');
    expect(await stateOf(back.openId)).toBe('active');
    expect(await stateOf(joined.openId)).toBe('active');
    await company.control('PATCH', `/people/${left.userId}`, { status: 'active' });
  });
});

test('a decision for another run, or before there is anything to decide, is refused at once', async () => {
  await working(async () => {
    await sync();
    const handle = await start('preview');
    await until(handle, ({ state }) => state === 'awaiting-apply');
    const decide = (runId: string) =>
      handle.executeUpdate(applyChangeSet, { args: [{ by: 'admin-1', runId }] });
    await expect(decide('another')).rejects.toMatchObject({ cause: { type: 'Directory.OtherRun' } });
    await expect(handle.executeUpdate(pause, { args: [{ by: 'admin-1' }] })).rejects.toMatchObject({
      cause: { type: 'Directory.WrongState' },
    });
    await handle.executeUpdate(discardChangeSet, { args: [{ by: 'admin-1', runId: `run-${runs}` }] });
    expect(await handle.result()).toMatchObject({ state: 'discarded' });
  });
});

test('a change set is refused as a whole when the mirror has moved on since it was shown', async () => {
  await working(async () => {
    await sync();
    const [one, other] = (await present()).filter(({ status }) => status === 'active');
    if (!one || !other) throw new Error('the company is too small');
    await company.control('PATCH', `/people/${one.userId}`, { jobTitle: 'First' });
    await company.control('PATCH', `/people/${other.userId}`, { jobTitle: 'Second' });
    const handle = await start('preview');
    await until(handle, ({ state }) => state === 'awaiting-apply');
    await company.control('PATCH', `/people/${one.userId}`, { jobTitle: 'Third' });
    await readByEvent(one.openId);
    await expect(
      handle.executeUpdate(applyChangeSet, { args: [{ by: 'admin-1', runId: `run-${runs}` }] }),
    ).rejects.toMatchObject({ cause: { type: 'Directory.MirrorMovedOn' } });
    expect(await handle.result()).toMatchObject({ state: 'discarded' });
    expect((await company.store.employees.get(dockingId, other.openId))?.jobTitle).toBe(other.jobTitle);
    expect((await company.store.employees.get(dockingId, one.openId))?.jobTitle).toBe('Third');
  });
});

/** What an event about this person brings into the mirror, without unlocking the clock of the server. */
async function readByEvent(employeeId: string): Promise<void> {
  const { readDirectoryChanges } = createDirectoryActivities(company.ports);
  const changed = { dockingId, employeeIds: [employeeId], leftIds: [], departmentIds: [] };
  await runActivity(() => readDirectoryChanges(changed));
}

test('a change set that nobody decides on is discarded after seven days', async () => {
  await working(async () => {
    await sync();
    const handle = await start('preview');
    await until(handle, ({ state }) => state === 'awaiting-apply');
    const before = await environment.currentTimeMs();
    expect(await handle.result()).toMatchObject({ state: 'discarded' });
    expect((await environment.currentTimeMs()) - before).toBeGreaterThan(6.9 * 24 * 3_600_000);
    expect((await company.store.syncRuns.get(`run-${runs}`))?.reason).toBe('nobody decided within 7 days');
  });
});

test('a run after which many people would be gone waits for a person, and can be applied knowingly', async () => {
  await working(async () => {
    await sync();
    const { items } = await company.control<{ items: { openDepartmentId: string }[] }>('GET', '/departments');
    await company.control('PATCH', `/apps/${company.appId}`, {
      contactRange: { type: 'some', userIds: [], departmentIds: [items[0]?.openDepartmentId], groupIds: [] },
    });
    try {
      const handle = await start('apply');
      const seen = await until(handle, ({ state }) => state === 'guarded');
      expect(seen.counts?.left).toBeGreaterThan(100);
      const before = await mirrorOf(company.store, dockingId);
      expect(before.filter(({ state }) => state === 'left')).toHaveLength(0);
      expect((await company.store.syncRuns.get(`run-${runs}`))?.reason).toMatch(/people would leave/);
      await handle.executeUpdate(applyChangeSet, { args: [{ by: 'admin-1', runId: `run-${runs}` }] });
      expect(await handle.result()).toMatchObject({ state: 'applied' });
      const after = await mirrorOf(company.store, dockingId);
      expect(after.filter(({ state }) => state === 'left')).toHaveLength(seen.counts?.left ?? 0);
    } finally {
      await company.control('PATCH', `/apps/${company.appId}`, {
        contactRange: { type: 'all', userIds: [], departmentIds: [], groupIds: [] },
      });
    }
  });
});

test('a leaver gets nothing from the next event on, and who returns is offered back', async () => {
  await working(async () => {
    await sync();
    const person = (await present()).find(({ status }) => status === 'active');
    if (!person) throw new Error('nobody is active');
    const binding = {
      dockingId,
      employeeId: person.openId,
      agentId: 'agent-1',
      method: 'manual',
      createdBy: 'admin-1',
    } as const;
    await company.store.bindings.bind(binding);
    const bound = async () => (await company.store.bindings.byEmployee(dockingId, [person.openId]))[0];

    await company.control('PATCH', `/people/${person.userId}`, { status: 'resigned' });
    await sync();
    expect(await bound()).toMatchObject({
      state: 'suspended',
      suspendedReason: 'employee-left',
      agentId: 'agent-1',
    });

    await company.control('PATCH', `/people/${person.userId}`, { status: 'active' });
    expect(await sync()).toMatchObject({ counts: { returned: 1 } });
    expect(await bound()).toMatchObject({ state: 'suspended', suspendedReason: 'employee-returned' });
  });
});

test('a paused pull asks for nothing more until it is resumed', async () => {
  const listed = (await company.people()).filter(({ status }) => status !== 'resigned');
  await company.control('POST', '/faults', {
    path: '/open-apis/contact/v3/*',
    effect: 'delay',
    delayMs: 100,
  });
  await working(async () => {
    const handle = await start('apply');
    await until(handle, ({ phase, departments }) => phase === 'pull' && departments > 0);
    await handle.executeUpdate(pause, { args: [{ by: 'admin-1' }] });
    expect((await company.store.syncRuns.get(`run-${runs}`))?.state).toBe('paused');
    const { current, ratePerMinute } = await until(handle, (now) => now.current !== null);
    expect(ratePerMinute).toBeGreaterThan(0);
    const { currentDetails } = await handle.query<{
      currentDetails: string;
    }>('__temporal_workflow_metadata');
    expect(currentDetails).toContain(`${ratePerMinute} a minute`);
    expect(currentDetails).toContain(`Last read: department \`${current}\``);
    expect((await company.store.syncRuns.get(`run-${runs}`))?.progress).toMatchObject({
      current: expect.any(String) as string,
    });
    await company.control('DELETE', '/faults');
    await handle.executeUpdate(resume, { args: [{ by: 'admin-1' }] });
    expect(await handle.result()).toMatchObject({ state: 'applied', employees: listed.length });
  });
});

test('a cancelled pull leaves the mirror as it was', async () => {
  await working(async () => {
    await sync();
    const before = await mirrorOf(company.store, dockingId);
    await company.control('POST', '/faults', {
      path: '/open-apis/contact/v3/*',
      effect: 'delay',
      delayMs: 200,
    });
    const handle = await start('apply');
    await until(handle, ({ phase }) => phase === 'pull');
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow();
    expect(await company.store.syncRuns.get(`run-${runs}`)).toMatchObject({
      state: 'discarded',
      reason: 'cancelled',
    });
    expect(await mirrorOf(company.store, dockingId)).toEqual(before);
  });
});

test('a permission that is revoked in the middle fails the run, and nobody has left', async () => {
  await working(async () => {
    await sync();
    const before = await mirrorOf(company.store, dockingId);
    await company.control('POST', '/faults', {
      path: '/open-apis/contact/v3/users/find_by_department',
      effect: 'code',
      code: 99991672,
      probability: 0.3,
    });
    const handle = await start('apply');
    await expect(handle.result()).rejects.toThrow();
    const run = await company.store.syncRuns.get(`run-${runs}`);
    expect(run).toMatchObject({ state: 'failed', reason: 'Feishu.scope' });
    expect(await mirrorOf(company.store, dockingId)).toEqual(before);
  });
});
