/** Which employee an agent is, decided from facts alone. Whatever leaves room for a guess is left to a person. */
import type { AgentRecord, BindOutcome, EmployeeState } from '../../store';

export type Criterion = 'mobile' | 'email';

/** An employee that a criterion led to. */
export interface Candidate {
  employeeId: string;
  state: EmployeeState;
  /** The agent this employee is bound to already; null = free. */
  boundTo: string | null;
  /** Agents that can work, are free, and that the employee's own mobile or mailboxes lead to. */
  agentIds: readonly string[];
}

export interface MatchQuestion {
  agent: Pick<AgentRecord, 'agentId' | 'state'>;
  /** The employee this agent is bound to already; null = free. */
  boundTo: string | null;
  /** In the order that the admin chose; a criterion that the agent has no value for is absent. */
  found: readonly { by: Criterion; candidates: readonly Candidate[] }[];
}

export interface MatchVerdict {
  outcome: BindOutcome;
  /** Code for people and filters, e.g. `by-mobile`, `several-employees-by-email`. */
  reason: string;
  /** Whom it is about; several where a person must choose. */
  employeeIds: string[];
}

/** One verdict per agent. `bound` = may be bound: exactly one employee, exactly one agent, both able to work. */
export function decideMatch({ agent, boundTo, found }: MatchQuestion): MatchVerdict {
  if (boundTo !== null) return verdict('already-bound', 'bound-before', [boundTo]);
  if (agent.state === 'disabled') return verdict('unreachable', 'agent-disabled', []);
  if (found.length === 0) return verdict('no-match', 'agent-has-no-usable-value', []);

  const present = found.map(({ by, candidates }) => ({
    by,
    people: candidates.filter((one) => one.state !== 'left'),
  }));
  const hits = present.filter(({ people }) => people.length > 0);
  if (hits.length === 0) {
    const leavers = [...new Set(found.flatMap(({ candidates }) => candidates.map((one) => one.employeeId)))];
    return leavers.length > 0
      ? verdict('unreachable', 'employee-left', leavers)
      : verdict('no-match', 'nobody-has-this-value', []);
  }
  const everybody = [...new Set(hits.flatMap(({ people }) => people.map((one) => one.employeeId)))];
  const crowded = hits.find(({ people }) => people.length > 1);
  if (crowded) return verdict('several-matches', `several-employees-by-${crowded.by}`, everybody);
  if (everybody.length > 1) {
    return verdict(
      'cross-match',
      `${hits.map(({ by }) => by).join('-and-')}-name-different-people`,
      everybody,
    );
  }

  const employee = hits[0]?.people[0];
  if (!employee) throw new Error('a hit without people was filtered out above');
  if (employee.boundTo !== null) return verdict('already-bound', 'employee-bound-to-other-agent', everybody);
  if (employee.agentIds.some((id) => id !== agent.agentId)) {
    return verdict('several-matches', 'several-agents-of-one-employee', everybody);
  }
  if (employee.state === 'frozen' || employee.state === 'not-activated') {
    return verdict('unreachable', `employee-${employee.state}`, everybody);
  }
  return verdict('bound', `by-${hits.map(({ by }) => by).join('-and-')}`, everybody);
}

function verdict(outcome: BindOutcome, reason: string, employeeIds: string[]): MatchVerdict {
  return { outcome, reason, employeeIds };
}
