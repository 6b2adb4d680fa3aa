/** Chapters 4 and 5: the mirrored directory, and who is bound to whom. */
import { all, until, type Http } from './http';

interface SyncRun {
  state: string;
  reason: string | null;
  progress: { departments: number; employees: number };
  counts: { joined: number; parked: number };
  calls: number;
}

export async function mirrorDirectory(api: Http, dockingId: string): Promise<SyncRun> {
  const path = `/v1/dockings/${dockingId}/directory/syncs`;
  const { runId } = await api.post<{ runId: string }>(path, { mode: 'apply' });
  const run = await until(
    'the directory to be mirrored',
    180,
    () => api.get<SyncRun>(`${path}/${runId}`),
    ({ state }) => !['running', 'paused'].includes(state),
  );
  if (run.state !== 'applied') throw new Error(`the directory sync ended ${run.state}: ${run.reason ?? ''}`);
  return run;
}

interface BindingRun {
  state: string;
  results: { employeeId: string | null; agentId: string | null; outcome: string }[];
}

export async function bindAutomatically(api: Http, dockingId: string): Promise<Record<string, number>> {
  const path = `/v1/dockings/${dockingId}/bindings`;
  const { runId } = await api.post<{ runId: string }>(`${path}:auto`, {
    by: ['mobile', 'email'],
    dryRun: false,
  });
  const run = await until(
    'the automatic binding to end',
    120,
    () => api.get<BindingRun>(`${path}/runs/${runId}`),
    ({ state }) => state === 'done' || state === 'failed',
  );
  if (run.state !== 'done') throw new Error('the automatic binding failed');
  const outcomes: Record<string, number> = {};
  for (const { outcome } of run.results) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return outcomes;
}

export interface BoundAgent {
  agentId: string;
  employeeId: string;
  method: string;
  state: string;
  createdBy: string;
  createdAt: string;
  deliverability: { ok: boolean; reasons: string[] };
}

/** One agent that the machine did not dare to bind is bound by a person. */
export async function bindOneByHand(api: Http, dockingId: string): Promise<BoundAgent> {
  const path = `/v1/dockings/${dockingId}`;
  const [bindings, agents, employees] = await Promise.all([
    bindingsOf(api, dockingId),
    all<{ agentId: string; state: string }>(api, `${path}/agents?limit=200`),
    all<{ employeeId: string; state: string }>(api, `${path}/employees?limit=200&state=active`),
  ]);
  const boundAgents = new Set(bindings.map((binding) => binding.agentId));
  const boundEmployees = new Set(bindings.map((binding) => binding.employeeId));
  const agent = agents.find(({ agentId, state }) => state === 'active' && !boundAgents.has(agentId));
  const employee = employees.find(({ employeeId }) => !boundEmployees.has(employeeId));
  if (!agent || !employee) throw new Error('there is nobody left to bind by hand');
  return api.post<BoundAgent>(`${path}/bindings`, {
    agentId: agent.agentId,
    employeeId: employee.employeeId,
  });
}

export const bindingsOf = (api: Http, dockingId: string): Promise<BoundAgent[]> =>
  all<BoundAgent>(api, `/v1/dockings/${dockingId}/bindings?limit=200`);

interface Person {
  openIds: Record<string, string>;
  mobile: string | null;
  email: string | null;
  enterpriseEmail: string | null;
}

/** Compares each automatic binding with the simulator's own data: it must share the mobile or an email. */
export async function wronglyBound(
  simulator: Http,
  tickets: Http,
  appId: string,
  bindings: readonly BoundAgent[],
): Promise<string[]> {
  const [people, agents] = await Promise.all([
    all<Person>(simulator, '/_control/people?limit=1000'),
    all<{ agentId: string; email: string | null; mobile: string | null }>(
      tickets,
      '/_control/agents?system=sobot',
    ),
  ]);
  const personOf = new Map(people.map((person) => [person.openIds[appId], person]));
  const agentOf = new Map(agents.map((agent) => [agent.agentId, agent]));
  return bindings
    .filter((binding) => binding.method === 'automatic')
    .filter((binding) => {
      const person = personOf.get(binding.employeeId);
      const agent = agentOf.get(binding.agentId);
      if (!person || !agent) return true;
      const emails = [person.email, person.enterpriseEmail].map(folded).filter((email) => email !== '');
      return !(
        emails.includes(folded(agent.email)) ||
        (digits(agent.mobile) !== '' && digits(agent.mobile) === digits(person.mobile))
      );
    })
    .map((binding) => `${binding.agentId} → ${binding.employeeId}`);
}

const folded = (text: string | null | undefined): string => (text ?? '').trim().toLowerCase();
/** The last eleven digits tell mainland numbers apart, with and without +86. */
const digits = (text: string | null | undefined): string => (text ?? '').replace(/\D/g, '').slice(-11);
