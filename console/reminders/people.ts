/** Names of agents and of the employees they are bound to. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { dockingKey, pathOf } from '../dockings/docking';
import { request, type ApiProblem } from '../http/request';
import type { Agent, Page } from '../http/shapes';

export interface BoundPerson {
  agentId: string;
  agentName: string | null;
  employeeId: string;
  employeeName: string | null;
}

const MINUTES_MS = 5 * 60_000;
const PAGE = 200;
/** More names than a page of this console shows; who is missing is shown by id. */
const MOST = 2_000;

async function upToMost<T>(path: string, signal: AbortSignal): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | null = ''; cursor !== null && all.length < MOST;) {
    const page: Page<T> = await request('GET', path, { query: { cursor, limit: PAGE }, signal });
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}

const useAgentNames = (dockingId: string): UseQueryResult<Agent[], ApiProblem> =>
  useQuery({
    queryKey: [...dockingKey(dockingId), 'agents', 'names'],
    staleTime: MINUTES_MS,
    queryFn: ({ signal }) => upToMost<Agent>(`${pathOf(dockingId)}/agents`, signal),
  });

const useBoundNames = (dockingId: string): UseQueryResult<BoundPerson[], ApiProblem> =>
  useQuery({
    queryKey: [...dockingKey(dockingId), 'bindings', 'names'],
    staleTime: MINUTES_MS,
    queryFn: ({ signal }) => upToMost<BoundPerson>(`${pathOf(dockingId)}/bindings`, signal),
  });

export interface Names {
  agent: (agentId: string) => string;
  employee: (employeeId: string) => string;
  /** Of either kind of id. */
  person: (id: string) => string;
}

/** The id itself where no name is known. */
export function useNames(dockingId: string): Names {
  const { data: agents } = useAgentNames(dockingId);
  const { data: bound } = useBoundNames(dockingId);
  return useMemo(() => {
    const byAgent = new Map(agents?.map(({ agentId, name }) => [agentId, name]));
    const byEmployee = new Map(
      bound?.map(({ employeeId, employeeName, agentName }) => [employeeId, employeeName ?? agentName]),
    );
    return {
      agent: (id) => byAgent.get(id) ?? id,
      employee: (id) => byEmployee.get(id) ?? id,
      person: (id) => byEmployee.get(id) ?? byAgent.get(id) ?? id,
    };
  }, [agents, bound]);
}

/** Groups that any agent is a member of; the ticket system has no names for them here. */
export function useGroupIds(dockingId: string): string[] {
  const { data: agents } = useAgentNames(dockingId);
  return useMemo(() => [...new Set(agents?.flatMap(({ groupIds }) => groupIds))].sort(), [agents]);
}

/** Found by the beginning of a name, e-mail or id. */
export const useAgentSearch = (dockingId: string, q: string): UseQueryResult<Page<Agent>, ApiProblem> =>
  useQuery({
    queryKey: [...dockingKey(dockingId), 'agents', 'search', q],
    staleTime: MINUTES_MS,
    queryFn: ({ signal }) =>
      request<Page<Agent>>('GET', `${pathOf(dockingId)}/agents`, { query: { q, limit: 50 }, signal }),
  });

/** Who can get a card. */
export const useBoundSearch = (dockingId: string, q: string): UseQueryResult<Page<BoundPerson>, ApiProblem> =>
  useQuery({
    queryKey: [...dockingKey(dockingId), 'bindings', 'search', q],
    staleTime: MINUTES_MS,
    queryFn: ({ signal }) =>
      request<Page<BoundPerson>>('GET', `${pathOf(dockingId)}/bindings`, {
        query: { q, state: 'active', limit: 50 },
        signal,
      }),
  });
