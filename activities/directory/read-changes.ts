import type { PulledDepartment, PulledEmployee, SyncState } from '../../store';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { chunks } from './batched';
import { beating } from './beat';
import { IDS_PER_CALL } from './contact-range';
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
  const { dockingId, employeeIds, leftIds, departmentIds } = changed;
  return withFailures(() =>
    beating((beat) =>
      callingPlatform(ports, { dockingId, runId: null }, beat.signal, async (platform) => {
        await ports.store.leavers.suspend(dockingId, leftIds);
        for (const ids of chunks(departmentIds, IDS_PER_CALL))
          await readDepartments(ports, platform, dockingId, ids);
        let employees = 0;
        for (const ids of chunks(employeeIds, IDS_PER_CALL)) {
          await readEmployees(ports, platform, dockingId, ids);
          employees += ids.length;
          beat.at({ employees, departments: departmentIds.length });
        }
        return { employees, departments: departmentIds.length };
      }),
    ),
  );
}

async function readEmployees(
  ports: ActivityPorts,
  platform: CountedPlatform,
  dockingId: string,
  ids: readonly string[],
): Promise<void> {
  const { employees, leavers, syncStaging } = ports.store;
  const present = (await platform.contact((contact, options) => contact.users(ids, options))).map(
    pulledEmployee,
  );
  const found = new Set(present.map(({ employeeId }) => employeeId));
  const gone = [
    ...ids.filter((id) => !found.has(id)),
    ...present.filter(({ state }) => state === 'left').map(({ employeeId }) => employeeId),
  ];
  const returned = (await employees.compare(dockingId, present))
    .filter(({ kind }) => kind === 'returned')
    .map(({ employeeId }) => employeeId);
  // Before the mirror says that they are there: a repeated try must still know that they had left.
  await leavers.offerBack(dockingId, returned);
  await employees.bulkApply(dockingId, present);
  await employees.markLeft(dockingId, gone);
  await leavers.suspend(dockingId, gone);
  const here = new Set(found);
  for (const employeeId of [...gone, ...returned]) here.delete(employeeId);
  await leavers.giveBack(dockingId, [...here]);
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
