/** People to choose from, of a department or found by name, each with the agent they are bound to. */
import { keepPreviousData, useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { pathOf } from '../dockings/docking';
import { request, type ApiProblem, type RequestOptions } from '../http/request';
import type { Employee, Page } from '../http/shapes';
import { agentOf } from './bind';
import { bindingsKey, bindingsPath } from './paths';
import type { Binding } from './shapes';

export interface Member extends Employee {
  /** Name of the agent; null = not bound. */
  boundTo: string | null;
}

export interface Members {
  people: Member[];
  /** There are others, to be found by name. */
  more: boolean;
}

/** People of one department that are listed; the tree is no place to look through more. */
const MOST = 1_000;
const PAGE = 200;

/** Of the departments that are open, in their order. */
export function useMembers(
  dockingId: string,
  departmentIds: readonly string[],
): UseQueryResult<Members, ApiProblem>[] {
  return useQueries({
    queries: departmentIds.map((department) => ({
      queryKey: membersKey(dockingId, 'department', department),
      queryFn: ({ signal }: { signal: AbortSignal }) => membersOf(dockingId, { department }, MOST, signal),
    })),
  });
}

/** By name, e-mail or mobile. */
export const useFound = (dockingId: string, q: string, most = PAGE): UseQueryResult<Members, ApiProblem> =>
  useQuery({
    queryKey: membersKey(dockingId, 'found', q, most),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => membersOf(dockingId, { q }, most, signal),
  });

/** Below the bindings, because binding changes who is bound. */
const membersKey = (dockingId: string, ...rest: unknown[]): readonly unknown[] => [
  ...bindingsKey(dockingId),
  'members',
  ...rest,
];

async function membersOf(
  dockingId: string,
  query: NonNullable<RequestOptions['query']>,
  most: number,
  signal: AbortSignal,
): Promise<Members> {
  const [employees, bindings] = await Promise.all([
    pages<Employee>(`${pathOf(dockingId)}/employees`, query, most, signal),
    pages<Binding>(bindingsPath(dockingId), query, most, signal),
  ]);
  const boundTo = new Map(bindings.items.map((one) => [one.employeeId, agentOf(one)]));
  return {
    people: employees.items
      .filter(({ state }) => state !== 'left')
      .map((one) => ({ ...one, boundTo: boundTo.get(one.employeeId) ?? null })),
    more: employees.nextCursor !== null,
  };
}

async function pages<T>(
  path: string,
  query: NonNullable<RequestOptions['query']>,
  most: number,
  signal: AbortSignal,
): Promise<Page<T>> {
  const items: T[] = [];
  for (let cursor: string | null = ''; ;) {
    const page: Page<T> = await request('GET', path, {
      query: { ...query, cursor, limit: Math.min(PAGE, most - items.length) },
      signal,
    });
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null || items.length >= most) return { items, nextCursor: cursor };
  }
}

export const memberName = ({ name, enName, employeeId }: Employee): string => name || enName || employeeId;
