/** Which agent somebody who has just proved who they are may bind by themselves. Nothing is guessed. */
import { emailKey, mobileKey, type AgentRecord, type Binding, type Employee, type Store } from '../store';

/** Numbers that the ticket system keeps without a country are read as Chinese ones. */
const REGION = 'CN';

export type OwnAgent =
  | { state: 'bound'; binding: Binding }
  | { state: 'offered'; agentId: string }
  | { state: 'none'; reason: 'no-match' | 'several-matches' | 'agent-bound-to-other' | 'shared-value' };

/** Looks at our copy of the agents. Offers the one free agent that has their mobile or mailbox, if only they have it. */
export async function ownAgent(store: Store, dockingId: string, employee: Employee): Promise<OwnAgent> {
  const [binding] = await store.bindings.byEmployee(dockingId, [employee.employeeId]);
  if (binding) return { state: 'bound', binding };
  const mine = new Set(
    [emailKey(employee.email), emailKey(employee.enterpriseEmail), mobileKey(employee.mobile, REGION)].filter(
      (key) => key !== null,
    ),
  );
  const agents: AgentRecord[] = [];
  for await (const agent of store.agents.stream(dockingId)) {
    if (agent.state !== 'disabled' && keysOf(agent).some((key) => mine.has(key))) agents.push(agent);
  }
  const [agent] = agents;
  if (!agent) return { state: 'none', reason: 'no-match' };
  if (agents.length > 1) return { state: 'none', reason: 'several-matches' };
  const [taken] = await store.bindings.byAgent(dockingId, [agent.agentId]);
  if (taken) return { state: 'none', reason: 'agent-bound-to-other' };
  if (await sharedWithOthers(store, dockingId, employee, agent))
    return { state: 'none', reason: 'shared-value' };
  return { state: 'offered', agentId: agent.agentId };
}

/** Two people with one number: only an admin can tell whose agent it is. */
async function sharedWithOthers(
  store: Store,
  dockingId: string,
  { employeeId }: Employee,
  agent: AgentRecord,
): Promise<boolean> {
  const [email, mobile] = [emailKey(agent.email), mobileKey(agent.mobile, REGION)];
  const people = [
    ...(email === null ? [] : await store.employees.findByEmail(dockingId, [email])),
    ...(mobile === null ? [] : await store.employees.findByMobile(dockingId, [mobile])),
  ];
  return people.some((person) => person.employeeId !== employeeId && person.state !== 'left');
}

const keysOf = (agent: AgentRecord): string[] =>
  [emailKey(agent.email), mobileKey(agent.mobile, REGION)].filter((key) => key !== null);
