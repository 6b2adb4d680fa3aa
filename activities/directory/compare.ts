import { DEFAULT_DIRECTORY_GUARD, type Employee, type SyncChange, type SyncCounts } from '../../store';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { batched } from './batched';
import { beating } from './beat';
import { notStaged } from './confirm-missing';
import { guardReason } from './guard';
import { unseenDepartments } from './unseen-departments';

export interface ComparedDirectory {
  counts: SyncCounts;
  departments: number;
  employees: number;
  /** Why a person should look first; null = nothing unusual. */
  guard: string | null;
}

/**
 * Makes the change set of a complete pull: what applying it would do, and nothing else. People of departments that the
 * platform refused to show are left as they are. Repeats safely.
 */
export function compareDirectory(
  ports: ActivityPorts,
  { dockingId, runId }: { dockingId: string; runId: string },
): Promise<ComparedDirectory> {
  const { dockings, employees, syncChanges, syncRuns, syncStaging } = ports.store;
  return withFailures(() =>
    beating(async (beat) => {
      let compared = 0;
      let unchanged = 0;
      for await (const pulled of batched(syncStaging.stream(runId, 'employee'))) {
        const changes: SyncChange[] = [];
        for (const { employeeId, kind, fields } of await employees.compare(dockingId, pulled)) {
          if (kind === 'unchanged') unchanged += 1;
          else changes.push({ runId, employeeId, kind, fields });
        }
        await syncChanges.putMany(changes);
        compared += pulled.length;
        beat.at({ compared });
        beat.signal.throwIfAborted();
      }
      const known = await noteLeavers(ports, { dockingId, runId }, (looked) => beat.at({ compared, looked }));
      const departments = await compareDepartments(ports, { dockingId, runId });
      const made = await syncChanges.counts(runId);
      const counts: SyncCounts = {
        joined: made.joined ?? 0,
        changed: made.changed ?? 0,
        moved: made.moved ?? 0,
        left: made.left ?? 0,
        returned: made.returned ?? 0,
        unchanged,
        parked: await syncChanges.countParked(runId),
      };
      const { directoryGuard = DEFAULT_DIRECTORY_GUARD } = await dockings.require(dockingId);
      const guard = guardReason(
        {
          firstSync: known === 0 && departments.known === 0,
          counts,
          knownEmployees: known,
          knownDepartments: departments.known,
          missingDepartments: departments.missing,
        },
        directoryGuard,
      );
      await syncRuns.patch(runId, {
        counts,
        progress: {
          departments: departments.pulled,
          employees: compared,
          percent: 90,
          etaSeconds: null,
          ratePerMinute: null,
          current: null,
        },
      });
      return { counts, guard, departments: departments.pulled, employees: compared };
    }),
  );
}

/**
 * Everybody who was there and was not seen has left, unless the platform did not show all of their departments: then
 * nothing is known of them. Gives how many were there.
 */
async function noteLeavers(
  ports: ActivityPorts,
  { dockingId, runId }: { dockingId: string; runId: string },
  looked: (people: number) => void,
): Promise<number> {
  const { employees, syncChanges, syncDepartments } = ports.store;
  const complete = (await syncDepartments.unreadableIds(runId)).length === 0;
  let known = 0;
  for await (const ids of batched(employees.activeIds(dockingId))) {
    known += ids.length;
    looked(known);
    const missing = await employees.getMany(dockingId, await notStaged(ports, runId, ids));
    const left = complete ? missing : await readInFull(ports, runId, missing);
    await syncChanges.putMany(
      left.map(({ employeeId, state }) => ({
        runId,
        employeeId,
        kind: 'left',
        fields: [{ field: 'state', from: state, to: 'left' }],
      })),
    );
  }
  return known;
}

/** Those of whom every department was read to its end. */
async function readInFull(
  ports: ActivityPorts,
  runId: string,
  people: readonly Employee[],
): Promise<Employee[]> {
  const wanted = [...new Set(people.flatMap(({ departmentIds = [] }) => departmentIds))];
  const pulled = await ports.store.syncDepartments.pulledAmong(runId, wanted);
  return people.filter(
    ({ departmentIds = [] }) => departmentIds.length > 0 && departmentIds.every((id) => pulled.has(id)),
  );
}

async function compareDepartments(
  ports: ActivityPorts,
  { dockingId, runId }: { dockingId: string; runId: string },
): Promise<{ known: number; missing: number; pulled: number }> {
  const known = await ports.store.departments.ids(dockingId);
  const missing = new Set(known);
  let pulled = 0;
  for await (const { departmentId } of ports.store.syncDepartments.stream(runId)) {
    missing.delete(departmentId);
    pulled += 1;
  }
  for (const departmentId of await unseenDepartments(ports, dockingId, runId)) missing.delete(departmentId);
  return { known: known.length, missing: missing.size, pulled };
}
