/** Binding by hand: one pair or many. A second binding is an answer to decide on, not a failure. */
import { useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAct } from '../http/act';
import { ApiProblem, request } from '../http/request';
import type { Page } from '../http/shapes';
import { bindingChanges } from './bindings';
import { bindingPath, bindingsKey, bindingsPath } from './paths';
import type { BatchAnswer, Binding, Pair } from './shapes';

export interface BindWish extends Pair {
  /** Ends what either side is bound to now. */
  replace?: boolean;
  /** Of an employee who is bound already and gets another agent. */
  instead?: Binding;
}

/** Null: one side is bound to somebody else. */
type Bound = Binding | null;

export const useBind = (dockingId: string): UseMutationResult<Bound, ApiProblem, BindWish> => {
  const { t } = useTranslation('bindings');
  return useAct<BindWish, Bound>({
    async run({ employeeId, agentId, replace = false, instead }) {
      try {
        return await (instead
          ? request<Binding>('POST', `${bindingPath(dockingId, instead.id)}:rebind`, {
              body: { agentId, replace },
            })
          : request<Binding>('POST', bindingsPath(dockingId), { body: { employeeId, agentId, replace } }));
      } catch (problem) {
        if (problem instanceof ApiProblem && problem.type === 'Binding.AlreadyBound') return null;
        throw problem;
      }
    },
    done: (bound) => (bound ? t('bound', { employee: employeeOf(bound), agent: agentOf(bound) }) : ''),
    changes: bindingChanges(dockingId),
  });
};

export interface BatchWish {
  bindings?: Pair[];
  /** A pasted list or CSV. */
  text?: string;
  replace: boolean;
  dryRun: boolean;
  region?: string;
}

export const useBatch = (dockingId: string): UseMutationResult<BatchAnswer, ApiProblem, BatchWish> => {
  const { t } = useTranslation('bindings');
  return useAct<BatchWish, BatchAnswer>({
    run: (body) => request('POST', `${bindingsPath(dockingId)}:batch`, { body }),
    done: ({ dryRun, outcomes }) =>
      dryRun || !outcomes.bound ? '' : t('boundMany', { number: outcomes.bound }),
    changes: bindingChanges(dockingId),
  });
};

/** The bindings that would end if the pair were bound: at most one of each side. */
export const useStandingInTheWay = (
  dockingId: string,
  { employeeId, agentId }: Pair,
): UseQueryResult<Binding[], ApiProblem> =>
  useQuery({
    queryKey: [...bindingsKey(dockingId), 'in-the-way', employeeId, agentId],
    async queryFn({ signal }) {
      const pages = await Promise.all(
        [employeeId, agentId].map((q) =>
          request<Page<Binding>>('GET', bindingsPath(dockingId), { query: { q }, signal }),
        ),
      );
      const found = pages.flatMap(({ items }) => items);
      const held = found.filter((one) => one.employeeId === employeeId || one.agentId === agentId);
      return [...new Map(held.map((one) => [one.id, one])).values()];
    },
  });

export const employeeOf = ({
  employeeName,
  employeeId,
}: Pick<Binding, 'employeeName' | 'employeeId'>): string => employeeName ?? employeeId;
export const agentOf = ({ agentName, agentId }: Pick<Binding, 'agentName' | 'agentId'>): string =>
  agentName ?? agentId;
