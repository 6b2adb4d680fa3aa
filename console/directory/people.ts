/** Mirrored people and departments, a page at a time. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { dockingKey, pathOf } from '../dockings/docking';
import { usePages, type Pages } from '../http/pages';
import { request, type ApiProblem } from '../http/request';
import type { Department, Employee, Page } from '../http/shapes';

export interface PeopleWanted {
  q?: string | undefined;
  department?: string | undefined;
  state?: Employee['state'] | undefined;
}

export const usePeople = (dockingId: string, wanted: PeopleWanted): Pages<Page<Employee>> =>
  usePages([...dockingKey(dockingId), 'people', wanted], `${pathOf(dockingId)}/employees`, {
    ...wanted,
    limit: 100,
  });

const MINUTES_MS = 5 * 60_000;
const PAGE = 200;

/** All of them: the tree is what people look for others in. */
export const useDepartments = (dockingId: string): UseQueryResult<Department[], ApiProblem> =>
  useQuery({
    queryKey: [...dockingKey(dockingId), 'departments'],
    staleTime: MINUTES_MS,
    queryFn: async ({ signal }) => {
      const all: Department[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Page<Department> = await request('GET', `${pathOf(dockingId)}/departments`, {
          query: { cursor, limit: PAGE },
          signal,
        });
        all.push(...page.items);
        cursor = page.nextCursor;
      }
      return all;
    },
  });

export interface DepartmentNode {
  value: string;
  title: string;
  children: DepartmentNode[];
}

/** Below their parents; those whose parent is not in sight stand at the top. */
export function departmentTree(departments: readonly Department[]): DepartmentNode[] {
  const nodes = new Map(
    departments.map(({ departmentId, name }): [string, DepartmentNode] => [
      departmentId,
      { value: departmentId, title: name ?? departmentId, children: [] },
    ]),
  );
  const tops: DepartmentNode[] = [];
  for (const { departmentId, parentId } of departments) {
    const node = nodes.get(departmentId);
    if (node) (nodes.get(parentId ?? '')?.children ?? tops).push(node);
  }
  return tops;
}
