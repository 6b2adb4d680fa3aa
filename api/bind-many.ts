/** Several bindings at once, from a choice or from a pasted list: one outcome per row, nothing guessed. */
import type { Binding, BindOutcome, Store } from '../store';
import type { Found, SubjectFinder } from './binding-subjects';
import { readCsv } from './csv';

export interface WantedBinding {
  /** Line of the pasted list, or place in the list; from 1. */
  line: number;
  /** As given: an id, a mailbox or a mobile. */
  employee: string;
  agent: string;
}

export interface BoundRow extends WantedBinding {
  employeeId: string | null;
  agentId: string | null;
  /** `would` rows of a dry run say `bound` too. */
  outcome: BindOutcome;
  reason: string;
  bindingId: string | null;
}

export interface BindMany {
  dockingId: string;
  replace: boolean;
  dryRun: boolean;
  by: string;
}

const EMPLOYEE_COLUMNS = ['employeeid', 'employee', 'open_id', 'employeeemail', 'employeemobile', 'email'];
const AGENT_COLUMNS = ['agentid', 'agent', 'agentemail', 'agentmobile'];

/**
 * Reads a list: the first column is the employee, the second the agent, unless a first row names columns such as
 * `employeeId` and `agentId`. An exported list can be read back.
 */
export function readBindingList(text: string): WantedBinding[] {
  const rows = readCsv(text);
  const names = (rows[0] ?? []).map((cell) => cell.toLowerCase());
  const column = (known: readonly string[]): number =>
    known.map((name) => names.indexOf(name)).find((at) => at >= 0) ?? -1;
  const [employeeAt, agentAt] = [column(EMPLOYEE_COLUMNS), column(AGENT_COLUMNS)];
  const headed = employeeAt >= 0 && agentAt >= 0;
  return rows.flatMap((cells, index) =>
    headed && index === 0
      ? []
      : [
          {
            line: index + 1,
            employee: cells[headed ? employeeAt : 0] ?? '',
            agent: cells[headed ? agentAt : 1] ?? '',
          },
        ],
  );
}

/** Rows one after the other, so that the first of two that want the same side wins and the other says so. */
export async function bindMany(
  store: Store,
  finder: SubjectFinder,
  wanted: readonly WantedBinding[],
  how: BindMany,
): Promise<BoundRow[]> {
  const rows: BoundRow[] = [];
  const taken = new Set<string>();
  for (const one of wanted) rows.push(await bindRow(store, finder, one, how, taken));
  return rows;
}

async function bindRow(
  store: Store,
  finder: SubjectFinder,
  wanted: WantedBinding,
  { dockingId, replace, dryRun, by }: BindMany,
  taken: Set<string>,
): Promise<BoundRow> {
  const employee = await finder.employee(wanted.employee);
  const agent = finder.agent(wanted.agent);
  const employeeId = 'one' in employee ? employee.one.employeeId : null;
  const agentId = 'one' in agent ? agent.one.agentId : null;
  const row = (outcome: BindOutcome, reason: string, bindingId: string | null = null): BoundRow => ({
    ...wanted,
    employeeId,
    agentId,
    outcome,
    reason,
    bindingId,
  });
  const unclear = notOne('employee', employee) ?? notOne('agent', agent);
  if (unclear) return row(unclear.outcome, unclear.reason);
  if (employeeId === null || agentId === null) throw new Error('both were found above');
  if ('one' in employee && employee.one.state === 'left') return row('unreachable', 'employee-left');
  if ('one' in agent && agent.one.state === 'disabled') return row('unreachable', 'agent-disabled');
  const sides = [`employee ${employeeId}`, `agent ${agentId}`];
  if (sides.some((side) => taken.has(side))) return row('several-matches', 'listed-twice');
  for (const side of sides) taken.add(side);
  if (dryRun) return foresee(store, dockingId, { employeeId, agentId, replace }, row);
  const bound = await store.bindings.bind({
    dockingId,
    employeeId,
    agentId,
    method: 'manual',
    createdBy: by,
    replace,
  });
  if (!bound.ok) return row('already-bound', `${bound.conflict}-bound-to-other`, bound.existing.id);
  return bound.created
    ? row('bound', 'listed', bound.binding.id)
    : row('already-bound', 'bound-before', bound.binding.id);
}

async function foresee(
  store: Store,
  dockingId: string,
  { employeeId, agentId, replace }: { employeeId: string; agentId: string; replace: boolean },
  row: (outcome: BindOutcome, reason: string, bindingId?: string | null) => BoundRow,
): Promise<BoundRow> {
  const [mine] = await store.bindings.byEmployee(dockingId, [employeeId]);
  const [theirs] = await store.bindings.byAgent(dockingId, [agentId]);
  if (mine && mine.agentId === agentId) return row('already-bound', 'bound-before', mine.id);
  const conflict: [string, Binding] | null = mine ? ['employee', mine] : theirs ? ['agent', theirs] : null;
  if (conflict && !replace) return row('already-bound', `${conflict[0]}-bound-to-other`, conflict[1].id);
  return row('bound', conflict ? 'would-replace' : 'listed');
}

function notOne(side: string, found: Found<unknown>): { outcome: BindOutcome; reason: string } | null {
  if ('none' in found) return { outcome: 'no-match', reason: `${side}-unknown` };
  if ('several' in found) return { outcome: 'several-matches', reason: `several-${side}s-have-this-value` };
  return null;
}
