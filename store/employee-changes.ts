/** What a pull says about a person, against what is known. `undefined` = unknown: no change, and nothing erased. */
import { given } from './collection';
import type { ChangeKind, Employee, PulledEmployee, SyncChange } from './directory-records';

export interface EmployeeComparison {
  employeeId: string;
  kind: ChangeKind | 'unchanged';
  fields: SyncChange['fields'];
}

/** All content of an employee; the id is identity, not content. */
const FIELDS = [
  'unionId',
  'userId',
  'name',
  'enName',
  'email',
  'enterpriseEmail',
  'mobile',
  'jobTitle',
  'employeeNo',
  'departmentIds',
  'state',
] as const satisfies readonly (keyof PulledEmployee)[];

export type KnownEmployee = Pick<Employee, 'employeeId' | 'state'> & Partial<PulledEmployee>;

/**
 * `returned` and `left` go by the state, `moved` by the departments, `changed` by anything else. A person who is
 * pulled as left and was never known is `unchanged`: there is nothing to mirror.
 */
export function compareEmployee(
  stored: KnownEmployee | undefined,
  pulled: PulledEmployee,
): EmployeeComparison {
  const { employeeId } = pulled;
  if (!stored && pulled.state === 'left') return { employeeId, kind: 'unchanged', fields: [] };
  const learnt = learntFrom(stored, pulled);
  const fields = FIELDS.flatMap((field) => {
    const to = learnt[field];
    const from = stored?.[field] ?? null;
    return to === undefined || same(from, to) ? [] : [{ field, from, to }];
  });
  return { employeeId, kind: kindOf(stored, learnt, fields), fields };
}

/** The content that the pull brings, without what it does not know. */
export function learntFrom(
  stored: KnownEmployee | undefined,
  pulled: PulledEmployee,
): Partial<PulledEmployee> {
  const { state, departmentIds, ...rest } = pulled;
  // A state that was not sent replaces only one that is proved wrong by the person being there.
  const stateKnown = state !== 'unknown' || !stored || stored.state === 'left';
  return given({
    ...rest,
    state: stateKnown ? state : undefined,
    departmentIds: departmentIds === undefined ? undefined : [...departmentIds].sort(),
  });
}

function kindOf(
  stored: KnownEmployee | undefined,
  learnt: Partial<PulledEmployee>,
  fields: SyncChange['fields'],
): EmployeeComparison['kind'] {
  if (!stored) return 'joined';
  if (fields.length === 0) return 'unchanged';
  if (learnt.state === 'left' && stored.state !== 'left') return 'left';
  if (stored.state === 'left' && learnt.state !== 'left') return 'returned';
  return fields.some(({ field }) => field === 'departmentIds') ? 'moved' : 'changed';
}

/** Departments are a set: the platform sends them in no promised order. */
function same(from: unknown, to: unknown): boolean {
  if (!Array.isArray(from) || !Array.isArray(to)) return from === to;
  const before = new Set<unknown>(from);
  return before.size === to.length && to.every((id) => before.has(id));
}
