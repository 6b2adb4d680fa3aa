/** Agents of the ticket system, found by name, mailbox, mobile or id. */
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { dockingKey, pathOf } from '../dockings/docking';
import { request, type ApiProblem } from '../http/request';
import type { Agent, Page } from '../http/shapes';

const MINUTE_MS = 60_000;

export const useAgents = (dockingId: string, q: string): UseQueryResult<Page<Agent>, ApiProblem> =>
  useQuery({
    queryKey: [...dockingKey(dockingId), 'agents', q],
    staleTime: MINUTE_MS,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<Page<Agent>>('GET', `${pathOf(dockingId)}/agents`, { query: { q, limit: 100 }, signal }),
  });
