/** Changes of a directory run with the names that people know: of the person, and of the departments spoken of. */
import type { Store, SyncChange } from '../store';

export interface NamedChanges {
  /** `employeeName`: as the mirror has it, else as it was pulled; null where neither knows one. */
  items: (SyncChange & { employeeName: string | null })[];
  /** By id: as the run listed them, else as the mirror has them. */
  departmentNames: Record<string, string>;
}

export async function named(
  store: Pick<Store, 'employees' | 'departments' | 'syncDepartments'>,
  { dockingId, runId }: { dockingId: string; runId: string },
  changes: readonly SyncChange[],
): Promise<NamedChanges> {
  const departmentIds = [...new Set(changes.flatMap(departmentsOf))];
  const [employees, departments, listed] = await Promise.all([
    store.employees.getMany(
      dockingId,
      changes.map(({ employeeId }) => employeeId),
    ),
    store.departments.getMany(dockingId, departmentIds),
    store.syncDepartments.names(runId, departmentIds),
  ]);
  const nameOf = new Map(employees.map(({ employeeId, name }) => [employeeId, name]));
  return {
    items: changes.map((change) => ({
      ...change,
      employeeName: nameOf.get(change.employeeId) ?? pulledName(change),
    })),
    departmentNames: {
      ...Object.fromEntries(
        departments.flatMap(({ departmentId, name }) => (name ? [[departmentId, name]] : [])),
      ),
      ...Object.fromEntries(listed),
    },
  };
}

const departmentsOf = ({ fields }: SyncChange): string[] =>
  fields
    .filter(({ field }) => field === 'departmentIds')
    .flatMap(({ from, to }) => [from, to])
    .flat()
    .filter((id): id is string => typeof id === 'string');

function pulledName({ fields }: SyncChange): string | null {
  const name = fields.find(({ field }) => field === 'name')?.to;
  return typeof name === 'string' ? name : null;
}
