/** Notation-free mobiles and mailboxes, by which agents and employees are laid beside each other. */
import { emailKey, mobileKey, type AgentRecord, type Employee, type Region } from '../../store';
import type { ActivityPorts } from '../ports';
import type { Criterion } from './match';

/** Numbers without a country code are read as numbers of `region`. */
export function keysOfAgent(
  { mobile, email }: Pick<AgentRecord, 'mobile' | 'email'>,
  region: Region,
): Record<Criterion, string | null> {
  return { mobile: mobileKey(mobile, region), email: emailKey(email) };
}

/** A person has up to two mailboxes, and either may be the one that the ticket system knows. */
export function keysOfEmployee(
  { mobile, email, enterpriseEmail }: Pick<Employee, 'mobile' | 'email' | 'enterpriseEmail'>,
  region: Region,
): Record<Criterion, string[]> {
  const mailboxes = [emailKey(email), emailKey(enterpriseEmail)].flatMap((key) => key ?? []);
  const number = mobileKey(mobile, region);
  return { mobile: number === null ? [] : [number], email: [...new Set(mailboxes)] };
}

export interface AgentIndex {
  /** Employee that each bound agent is bound to. */
  boundTo: ReadonlyMap<string, string>;
  /** Agents that can work and are free, and that these values lead to. */
  freeAgents(by: readonly Criterion[], keys: Record<Criterion, readonly string[]>): string[];
}

export async function indexAgents(
  ports: ActivityPorts,
  dockingId: string,
  agents: readonly AgentRecord[],
  region: Region,
): Promise<AgentIndex> {
  const bindings = await ports.store.bindings.byAgent(
    dockingId,
    agents.map(({ agentId }) => agentId),
  );
  const boundTo = new Map(bindings.map((binding) => [binding.agentId, binding.employeeId]));
  const free: Record<Criterion, Map<string, string[]>> = { mobile: new Map(), email: new Map() };
  for (const agent of agents) {
    if (agent.state === 'disabled' || boundTo.has(agent.agentId)) continue;
    const keys = keysOfAgent(agent, region);
    for (const criterion of ['mobile', 'email'] as const) {
      const key = keys[criterion];
      if (key !== null) free[criterion].set(key, [...(free[criterion].get(key) ?? []), agent.agentId]);
    }
  }
  return {
    boundTo,
    freeAgents: (by, keys) => [
      ...new Set(by.flatMap((criterion) => keys[criterion].flatMap((key) => free[criterion].get(key) ?? []))),
    ],
  };
}
