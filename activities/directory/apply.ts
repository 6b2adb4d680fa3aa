import type { PulledEmployee, SyncChange } from '../../store';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { batched } from './batched';
import { beating } from './beat';
import { healBindings } from './heal-bindings';
import { unseenDepartments } from './unseen-departments';

/** Set once the change set was found to fit the mirror: a repeated try must not take its own writes for strange ones. */
const VERIFIED = { departmentId: 'change set verified', pageToken: null, done: true };

export interface ApplyInput {
  dockingId: string;
  runId: string;
  /** A person approved this very set: refuse it when the mirror has moved on. Else newer knowledge wins, person by person. */
  exactly: boolean;
}

/** Writes the change set of a run into the mirror and suspends the bindings of those who left. Repeats safely. */
export function applyChanges(ports: ActivityPorts, input: ApplyInput): Promise<{ applied: boolean }> {
  const { dockingId, runId, exactly } = input;
  const { departments, syncChanges, syncDepartments, syncStaging } = ports.store;
  return withFailures(() =>
    beating(async (beat) => {
      if (exactly && !(await syncStaging.getCursor(runId, VERIFIED.departmentId))) {
        for await (const changes of batched(syncChanges.stream(runId))) {
          beat.at({ verified: changes.at(-1)?.employeeId ?? '' });
          if (!(await fits(ports, input, changes))) return { applied: false };
        }
        await syncStaging.setCursor(runId, VERIFIED);
      }
      let applied = 0;
      for await (const changes of batched(syncChanges.stream(runId))) {
        beat.signal.throwIfAborted();
        await write(ports, input, changes);
        applied += changes.length;
        beat.at({ applied });
      }
      const seen: string[] = [];
      for await (const batch of batched(syncDepartments.stream(runId))) {
        await departments.bulkUpsert(dockingId, batch, runId);
        seen.push(...batch.filter(({ state }) => state === 'active').map(({ departmentId }) => departmentId));
        beat.at({ applied, departments: seen.length });
      }
      const unseen = await unseenDepartments(ports, dockingId, runId);
      await departments.markMissing(dockingId, [...seen, ...unseen]);
      await healBindings(ports, dockingId);
      return { applied: true };
    }),
  );
}

/** True when every change would come out the same if it were made now. */
async function fits(
  ports: ActivityPorts,
  { dockingId, runId }: ApplyInput,
  changes: readonly SyncChange[],
): Promise<boolean> {
  const { staged, unseen } = await split(ports, runId, changes);
  const again = new Map(
    (await ports.store.employees.compare(dockingId, staged)).map((one) => [one.employeeId, one]),
  );
  const present = new Map(
    (await ports.store.employees.getMany(dockingId, unseen)).map((employee) => [
      employee.employeeId,
      employee,
    ]),
  );
  return changes.every((change) => {
    const now = again.get(change.employeeId);
    if (now) return now.kind === change.kind && JSON.stringify(now.fields) === JSON.stringify(change.fields);
    return present.get(change.employeeId)?.state === change.fields[0]?.from;
  });
}

async function write(
  ports: ActivityPorts,
  { dockingId, runId }: ApplyInput,
  changes: readonly SyncChange[],
): Promise<void> {
  const { employees, leavers } = ports.store;
  const { staged, unseen } = await split(ports, runId, changes);
  await employees.bulkApply(dockingId, staged);
  await employees.markLeft(dockingId, unseen);
  const left = new Set([
    ...unseen,
    ...staged.filter(({ state }) => state === 'left').map((one) => one.employeeId),
  ]);
  await leavers.suspend(dockingId, [...left]);
  const returned = changes.filter(({ kind, employeeId }) => kind === 'returned' && !left.has(employeeId));
  await leavers.offerBack(
    dockingId,
    returned.map(({ employeeId }) => employeeId),
  );
}

/** Those whom the pull saw, with what it saw, and those whom it did not see. */
async function split(
  ports: ActivityPorts,
  runId: string,
  changes: readonly SyncChange[],
): Promise<{ staged: PulledEmployee[]; unseen: string[] }> {
  const ids = changes.map(({ employeeId }) => employeeId);
  const staged = await ports.store.syncStaging.getMany(runId, 'employee', ids);
  const seen = new Set(staged.map(({ employeeId }) => employeeId));
  return { staged, unseen: ids.filter((id) => !seen.has(id)) };
}
