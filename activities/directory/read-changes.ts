import type { PulledDepartment, PulledEmployee, SyncState } from '../../store';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { chunks } from './batched';
import { beating } from './beat';
import { IDS_PER_CALL } from './contact-range';
import { offerBack, suspendLeavers } from './leavers';
import { callingPlatform, type CountedPlatform } from './platform';
import { pulledDepartment, pulledEmployee } from './pulled';

export interface ChangedSubjects {
  dockingId: string;
  /** People of whom any event told. */
  employeeIds: string[];
  /** Those of them of whom an event says that they left. */
  leftIds: string[];
  departmentIds: string[];
}

/** Runs whose pull may hold an older state of somebody than an event that comes now. */
const OPEN: ReadonlySet<SyncState> = new Set(['running', 'paused', 'awaiting-apply', 'guarded']);
/** Stands for the run in departments that an event and not a run has changed. */
const BY_EVENT = 'event';

/**
 * Reads each person and department once, as they are now, and brings them into the mirror: events of any order and
 * number end in the same state. A leaver's binding is suspended before anything is asked. Repeats safely.
 */
export function readDirectoryChanges(
  ports: ActivityPorts,
  changed: ChangedSubjects,
): Promise<{ employees: number; departments: number }> {
  const { dockingId, employeeIds, departmentIds } = changed;
  return withFailures(() =>
    beating((beat) =>
      callingPlatform(ports, { dockingId, runId: null }, beat.signal, async (platform) => {
        const halted = await haltLeavers(ports, changed);
        for (const ids of chunks(departmentIds, IDS_PER_CALL))
          await readDepartments(ports, platform, dockingId, ids);
        let employees = 0;
        for (const ids of chunks(employeeIds, IDS_PER_CALL)) {
          await readEmployees(ports, platform, dockingId, ids, halted);
          employees += ids.length;
          beat.at({ employees, departments: departmentIds.length });
        }
        return { employees, departments: departmentIds.length };
      }),
    ),
  );
}

/** Suspends at once; gives those who could get messages until now, should the event prove to be an old one. */
async function haltLeavers(
  ports: ActivityPorts,
  { dockingId, leftIds }: ChangedSubjects,
): Promise<Set<string>> {
  const bindings = await ports.store.bindings.byEmployee(dockingId, leftIds);
  await suspendLeavers(ports, dockingId, leftIds);
  return new Set(bindings.filter(({ state }) => state === 'active').map(({ employeeId }) => employeeId));
}

async function readEmployees(
  ports: ActivityPorts,
  platform: CountedPlatform,
  dockingId: string,
  ids: readonly string[],
  halted: ReadonlySet<string>,
): Promise<void> {
  const { bindings, employees, syncStaging } = ports.store;
  const present = (await platform.contact((contact, options) => contact.users(ids, options))).map(
    pulledEmployee,
  );
  const found = new Set(present.map(({ employeeId }) => employeeId));
  const gone = ids.filter((id) => !found.has(id));
  const compared = await employees.compare(dockingId, present);
  await employees.bulkApply(dockingId, present);
  await employees.markLeft(dockingId, gone);

  const here = present.filter(({ state }) => state !== 'left').map(({ employeeId }) => employeeId);
  await suspendLeavers(ports, dockingId, [
    ...gone,
    ...present.filter(({ state }) => state === 'left').map(({ employeeId }) => employeeId),
  ]);
  const returned = new Set(
    compared.filter(({ kind }) => kind === 'returned').map(({ employeeId }) => employeeId),
  );
  await offerBack(ports, dockingId, [...returned]);
  for (const employeeId of here) {
    if (halted.has(employeeId) && !returned.has(employeeId)) await bindings.resume(dockingId, employeeId);
  }
  const open = await openRun(ports, dockingId);
  if (open) {
    const left = gone.map((employeeId): PulledEmployee => ({ employeeId, state: 'left' }));
    await syncStaging.put(open, dockingId, 'employee', [...present, ...left]);
  }
}

async function readDepartments(
  ports: ActivityPorts,
  platform: CountedPlatform,
  dockingId: string,
  ids: readonly string[],
): Promise<void> {
  const present = (await platform.contact((contact, options) => contact.departments(ids, options))).map(
    pulledDepartment,
  );
  const found = new Set(present.map(({ departmentId }) => departmentId));
  const gone = (await ports.store.departments.getMany(dockingId, ids)).filter(
    (one) => !found.has(one.departmentId),
  );
  const deleted = gone.map(({ departmentId }): PulledDepartment => ({ departmentId, state: 'deleted' }));
  await ports.store.departments.bulkUpsert(dockingId, [...present, ...deleted], BY_EVENT);
  const open = await openRun(ports, dockingId);
  if (open) await ports.store.syncDepartments.refresh(open, [...present, ...deleted]);
}

async function openRun(ports: ActivityPorts, dockingId: string): Promise<string | null> {
  const latest = await ports.store.syncRuns.latest(dockingId);
  return latest && OPEN.has(latest.state) ? latest.runId : null;
}
