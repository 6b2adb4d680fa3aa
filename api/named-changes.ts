/** Changes of a directory run with the names that people know: of the person, and of the departments spoken of. */
import type { Store, SyncChange } from '../store';

export interface NamedChanges {
  /** `employeeName`: as the mirror has it, else as it was pulled; null where neither knows one. */
  items: (SyncChange & { employeeName: string | null })[];
  /** By id; departments that the mirror does not know yet are absent. */
  departmentNames: Record<string, string>;
}

export async function named(
  store: Pick<Store, 'employees' | 'departments'>,
  dockingId: string,
  changes: readonly SyncChange[],
): Promise<NamedChanges> {
  const [employees, departments] = await Promise.all([
    store.employees.getMany(
      dockingId,
      changes.map(({ employeeId }) => employeeId),
    ),
    store.departments.getMany(dockingId, [...new Set(changes.flatMap(departmentsOf))]),
  ]);
  const nameOf = new Map(employees.map(({ employeeId, name }) => [employeeId, name]));
  return {
    items: changes.map((change) => ({
      ...change,
      employeeName: nameOf.get(change.employeeId) ?? pulledName(change),
    })),
    departmentNames: Object.fromEntries(
      departments.flatMap(({ departmentId, name }) => (name === undefined ? [] : [[departmentId, name]])),
    ),
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
