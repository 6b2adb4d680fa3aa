/** One docking and what waits for a decision in it. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { ApiProblem, request } from '../http/request';
import type { Docking, Page } from '../http/shapes';

export const DOCKINGS = ['dockings'] as const;
export const dockingKey = (dockingId: string): readonly [string, string] => ['docking', dockingId];

/** Of the address of the page. */
export function useDockingId(): string {
  const { dockingId } = useParams();
  if (!dockingId) throw new Error('only pages below a docking ask for its id');
  return dockingId;
}

export const pathOf = (dockingId: string): string => `/v1/dockings/${encodeURIComponent(dockingId)}`;

const OFTEN_MS = 10_000;

/** Deleted meanwhile, or never there: it will not come back. */
export const isGone = (error: unknown): boolean => error instanceof ApiProblem && error.status === 404;

export const useDocking = (dockingId: string): UseQueryResult<Docking, ApiProblem> =>
  useQuery({
    queryKey: dockingKey(dockingId),
    queryFn: ({ signal }) => request<Docking>('GET', pathOf(dockingId), { signal }),
    refetchInterval: ({ state }) => (isGone(state.error) ? false : OFTEN_MS),
  });

/** At most 200, which are more than anybody has to choose from by eye. */
export const useDockings = (): UseQueryResult<Page<Docking>, ApiProblem> =>
  useQuery({
    queryKey: DOCKINGS,
    queryFn: ({ signal }) => request<Page<Docking>>('GET', '/v1/dockings', { query: { limit: 200 }, signal }),
    refetchInterval: OFTEN_MS,
  });
