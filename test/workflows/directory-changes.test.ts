import { versioned } from '../store/fixture';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createDirectoryActivities } from '../../activities/directory';
import type { DirectoryChange, DirectoryChangesResult } from '../../workflows/messages';
import {
  directoryChangesId,
  directorySyncId,
  nightlyDirectorySyncId,
  TASK_QUEUES,
} from '../../workflows/names';
import { startTimeSkipping } from '../support/servers';
import { content, openCompany, truth, type Company, type SimulatedPerson } from './company';
import { quietRuntime, withWorkers } from './crew';

let environment: TestWorkflowEnvironment;
let company: Company;
let people: SimulatedPerson[];

beforeAll(async () => {
  quietRuntime();
  environment = await startTimeSkipping();
  company = await openCompany({ employees: 120, departments: 8, agents: 4 });
  people = (await company.people()).filter(({ status }) => status === 'active');
});
afterAll(async () => {
  await company?.close();
  await environment?.teardown();
});

const working = <T>(body: () => Promise<T>): Promise<T> =>
  withWorkers(environment, createDirectoryActivities(company.ports), body);
let events = 0;
const tell = (type: string, subjectId?: string): Promise<{ signaledRunId: string }> => {
  events += 1;
  const change: DirectoryChange = { eventId: `event-${events}`, type, ...(subjectId ? { subjectId } : {}) };
  return environment.client.workflow.signalWithStart('directoryChanges', {
    workflowId: directoryChangesId(company.dockingId),
    taskQueue: TASK_QUEUES.docking,
    args: [{ dockingId: company.dockingId }],
    signal: 'directoryChanged',
    signalArgs: [change],
  });
};
/**
 * The first one alone: the time-skipping server refuses some of many starts of one id at the same instant. Gives the runs
 * that were told.
 */
const tellTogether = async (openIds: readonly (string | undefined)[]): Promise<string[]> => {
  const [first, ...rest] = openIds;
  const told = [await tell('contact.user.updated_v3', first)];
  told.push(...(await Promise.all(rest.map((openId) => tell('contact.user.updated_v3', openId)))));
  return told.map(({ signaledRunId }) => signaledRunId);
};
const settled = (): Promise<DirectoryChangesResult> =>
  environment.client.workflow
    .getHandle(directoryChangesId(company.dockingId))
    .result() as Promise<DirectoryChangesResult>;
const mirrored = (openId: string) => company.store.employees.get(company.dockingId, openId);

test('the nightly run starts the full sync under the id of the docking, once', async () => {
  await working(async () => {
    const nightly = (): Promise<{ started: boolean }> =>
      environment.client.workflow.execute('nightlyDirectorySync', {
        workflowId: nightlyDirectorySyncId(company.dockingId),
        taskQueue: TASK_QUEUES.docking,
        args: [{ dockingId: company.dockingId }],
      });
    expect(await nightly()).toEqual({ started: true });
    expect(await nightly()).toEqual({ started: false });
    await environment.client.workflow.getHandle(directorySyncId(company.dockingId)).result();
  });
  expect((await company.mirror()).length).toBeGreaterThan(100);
});

test('a burst of events reads each person and department once', async () => {
  const touched = people.slice(0, 40);
  for (const person of touched.slice(0, 5)) {
    await company.control('PATCH', `/people/${person.userId}`, { jobTitle: 'Changed' });
  }
  await company.control('DELETE', '/calls');
  const result = await working(async () => {
    for (let round = 0; round < 5; round += 1) {
      await tellTogether(touched.map(({ openId }) => openId));
    }
    return settled();
  });
  expect(result).toEqual({ events: 200, employees: 40, departments: 0 });
  expect(await company.calls()).toMatchObject({ 'GET /open-apis/contact/v3/users/batch': 1 });
  expect((await mirrored(touched[0]?.openId ?? ''))?.jobTitle).toBe('Changed');
});

test('five thousand events at once are each heeded once, and nobody is read more than a few times', async () => {
  const touched = people.slice(0, 40);
  await company.control('DELETE', '/calls');
  const runs = new Set<string>();
  const results = await working(async () => {
    for (let sent = 0; sent < 5_000; sent += 100) {
      const openIds = Array.from(
        { length: 100 },
        (_, index) => touched[(sent + index) % touched.length]?.openId,
      );
      for (const run of await tellTogether(openIds)) runs.add(run);
    }
    await settled();
    const id = directoryChangesId(company.dockingId);
    return Promise.all(
      [...runs].map(
        (run) => environment.client.workflow.getHandle(id, run).result() as Promise<DirectoryChangesResult>,
      ),
    );
  });
  // One, unless this machine was so busy that the burst paused for longer than a run waits.
  expect(results.reduce((sum, { events }) => sum + events, 0)).toBe(5_000);
  const batches = (await company.calls())['GET /open-apis/contact/v3/users/batch'] ?? 0;
  expect(batches).toBeLessThanOrEqual(5 * runs.size);
});

test('the order of events does not matter: what is true now is read', async () => {
  const person = people[50];
  if (!person) throw new Error('the company is too small');
  await company.control('PATCH', `/people/${person.userId}`, { departmentIds: ['0'] });
  await working(async () => {
    await tell('contact.user.deleted_v3', person.openId);
    await tell('contact.user.created_v3', person.openId);
    await settled();
  });
  const now = (await company.people()).find(({ openId }) => openId === person.openId);
  const employee = await mirrored(person.openId);
  expect(employee && content(employee)).toEqual(now && truth(now));
});

test('a deletion suspends the binding at once and lists the open tickets; an old one gives it back', async () => {
  const [leaver, stays] = people.slice(60);
  if (!leaver || !stays) throw new Error('the company is too small');
  const { bindings, tickets, audit } = company.store;
  for (const [agentId, { openId }] of [
    ['a1', leaver],
    ['a2', stays],
  ] as const) {
    await bindings.bind({
      dockingId: company.dockingId,
      employeeId: openId,
      agentId,
      method: 'manual',
      createdBy: 'test',
    });
  }
  await tickets.upsertIfNewer({
    dockingId: company.dockingId,
    ticketId: 'ticket-1',
    order: versioned(1),
    snapshot: { assigneeId: 'a1', statusType: 'in_progress' },
    raw: null,
    updatedAt: new Date(),
  });
  await company.control('PATCH', `/people/${leaver.userId}`, { status: 'resigned' });
  await working(async () => {
    await tell('contact.user.deleted_v3', leaver.openId);
    await tell('contact.user.deleted_v3', stays.openId);
    await settled();
  });
  expect((await mirrored(leaver.openId))?.state).toBe('left');
  expect(await bindings.byAgent(company.dockingId, ['a1'])).toMatchObject([
    { state: 'suspended', suspendedReason: 'employee-left' },
  ]);
  expect(await bindings.byAgent(company.dockingId, ['a2'])).toMatchObject([{ state: 'active' }]);
  const { items } = await audit.list({ dockingId: company.dockingId });
  expect(
    items.find(({ action, detail }) => action === 'binding.suspended' && detail['agentId'] === 'a1')?.detail,
  ).toMatchObject({
    openTicketIds: ['ticket-1'],
  });
});

test('a changed contact range starts a full sync', async () => {
  await working(async () => {
    await tell('contact.scope.updated_v3');
    await settled();
    await environment.client.workflow.getHandle(directorySyncId(company.dockingId)).result();
  });
  expect(await company.store.syncRuns.latest(company.dockingId)).toMatchObject({
    startedBy: 'contact-range-changed',
    state: 'applied',
  });
});
