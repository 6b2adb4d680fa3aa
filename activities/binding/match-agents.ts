import type { AgentRecord, BindingResult, Employee, Region } from '../../store';
import { beating } from '../directory/beat';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { decideMatch, type Candidate, type Criterion, type MatchVerdict } from './match';
import { indexAgents, keysOfAgent, keysOfEmployee, type AgentIndex } from './match-keys';

/** Agents of one call: pause acts after each. */
const BATCH = 200;

export interface MatchInput {
  dockingId: string;
  runId: string;
  by: Criterion[];
  dryRun: boolean;
  /** Country of numbers that are written without one. */
  region: string;
  startedBy: string;
  /** The last agent looked at; null = begin. */
  after: string | null;
  done: number;
}
export interface MatchedBatch {
  /** Agents per outcome. */
  outcomes: Record<string, number>;
  done: number;
  total: number;
  /** Null = no agent is left. */
  next: string | null;
}

/**
 * Looks at the next agents and binds those that can be bound without guessing; a dry run only reports. Repeats safely:
 * results replace those of an earlier try, and a pair that was bound by it counts as bound.
 */
export function matchAgents(ports: ActivityPorts, input: MatchInput): Promise<MatchedBatch> {
  const { dockingId, runId, after } = input;
  const region = input.region as Region;
  return withFailures(() =>
    beating(async (beat) => {
      const agents: AgentRecord[] = [];
      for await (const agent of ports.store.agents.stream(dockingId)) agents.push(agent);
      const index = await indexAgents(ports, dockingId, agents, region);
      const start = after === null ? 0 : agents.findIndex(({ agentId }) => agentId > after);
      const batch = start < 0 ? [] : agents.slice(start, start + BATCH);
      const outcomes: Record<string, number> = {};
      const results: BindingResult[] = [];
      for (const { agent, candidates } of await candidatesOf(ports, input, batch, index)) {
        beat.at({ agents: input.done + results.length });
        beat.signal.throwIfAborted();
        const boundTo = index.boundTo.get(agent.agentId) ?? null;
        const found = decideMatch({ agent, boundTo, found: candidates });
        const verdict = await carryOut(ports, input, agent, found);
        outcomes[verdict.outcome] = (outcomes[verdict.outcome] ?? 0) + 1;
        results.push(...rows(runId, agent, verdict));
      }
      await ports.store.bindingResults.putMany(results);
      const done = input.done + batch.length;
      await ports.store.bindingRuns.patch(runId, { progress: { done, total: agents.length } });
      const last = batch.at(-1)?.agentId ?? null;
      return { outcomes, done, total: agents.length, next: last === agents.at(-1)?.agentId ? null : last };
    }),
  );
}

/** Reads everybody that the batch can lead to in a few queries, not one per agent. */
async function candidatesOf(
  ports: ActivityPorts,
  { dockingId, by, ...input }: MatchInput,
  batch: readonly AgentRecord[],
  index: AgentIndex,
): Promise<{ agent: AgentRecord; candidates: { by: Criterion; candidates: Candidate[] }[] }[]> {
  const { employees, bindings } = ports.store;
  const region = input.region as Region;
  const keys = batch.map((agent) => keysOfAgent(agent, region));
  const wanted = (criterion: Criterion): string[] => [
    ...new Set(keys.flatMap((one) => one[criterion] ?? [])),
  ];
  const [byMobile, byEmail] = await Promise.all([
    by.includes('mobile') ? employees.findByMobile(dockingId, wanted('mobile')) : [],
    by.includes('email') ? employees.findByEmail(dockingId, wanted('email')) : [],
  ]);
  const people = new Map<string, Employee>(
    [...byMobile, ...byEmail].map((person) => [person.employeeId, person]),
  );
  const bound = await bindings.byEmployee(dockingId, [...people.keys()]);
  const agentOf = new Map(bound.map((binding) => [binding.employeeId, binding.agentId]));
  const holders: Record<Criterion, Map<string, Candidate[]>> = { mobile: new Map(), email: new Map() };
  for (const person of people.values()) {
    const own = keysOfEmployee(person, region);
    const candidate: Candidate = {
      employeeId: person.employeeId,
      state: person.state,
      boundTo: agentOf.get(person.employeeId) ?? null,
      agentIds: index.freeAgents(by, own),
    };
    for (const criterion of by) {
      for (const key of own[criterion]) {
        holders[criterion].set(key, [...(holders[criterion].get(key) ?? []), candidate]);
      }
    }
  }
  return batch.map((agent) => {
    const own = keysOfAgent(agent, region);
    return {
      agent,
      candidates: by.flatMap((criterion) => {
        const key = own[criterion];
        return key === null ? [] : [{ by: criterion, candidates: holders[criterion].get(key) ?? [] }];
      }),
    };
  });
}

/** Binds where the verdict says so. Somebody may have bound either side a moment ago: then that is the outcome. */
async function carryOut(
  ports: ActivityPorts,
  { dockingId, runId, dryRun, startedBy }: MatchInput,
  agent: AgentRecord,
  verdict: MatchVerdict,
): Promise<MatchVerdict> {
  const [employeeId] = verdict.employeeIds;
  if (employeeId === undefined) return verdict;
  if (verdict.outcome === 'already-bound' && verdict.reason === 'bound-before') {
    const earlier = await ports.store.bindingResults.get(runId, employeeId, agent.agentId);
    return earlier?.outcome === 'bound' ? { ...verdict, outcome: 'bound', reason: earlier.reason } : verdict;
  }
  if (verdict.outcome !== 'bound' || dryRun) return verdict;
  // The result comes first: after a crash in between the next try knows that this run meant to bind them.
  await ports.store.bindingResults.putMany(rows(runId, agent, verdict));
  const bound = await ports.store.bindings.bind({
    dockingId,
    employeeId,
    agentId: agent.agentId,
    method: 'automatic',
    createdBy: startedBy,
  });
  if (bound.ok) return verdict;
  return { ...verdict, outcome: 'already-bound', reason: `${bound.conflict}-bound-to-other` };
}

function rows(
  runId: string,
  { agentId }: AgentRecord,
  { outcome, reason, employeeIds }: MatchVerdict,
): BindingResult[] {
  if (employeeIds.length === 0) return [{ runId, employeeId: null, agentId, outcome, reason }];
  return employeeIds.map((employeeId) => ({ runId, employeeId, agentId, outcome, reason }));
}
