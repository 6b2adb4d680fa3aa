/** Changes to the Feishu app that are shown first and made after an explicit word. */
import { useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { dockingKey, pathOf } from '../dockings/docking';
import { useAct } from '../http/act';
import { request, type ApiProblem } from '../http/request';
import type { Repair } from './shapes';

const MOVING_MS = 1_000;

const repairsPath = (dockingId: string): string => `${pathOf(dockingId)}/repairs`;
const repairKey = (dockingId: string, repairId: string | null): readonly unknown[] => [
  ...dockingKey(dockingId),
  'repairs',
  repairId,
];

export const usePlanRepair = (dockingId: string): UseMutationResult<Repair, ApiProblem, void> =>
  useAct<void, Repair>({
    run: () => request('POST', repairsPath(dockingId)),
    done: null,
    changes: [],
  });

/** Null: none is looked at. When it is through, the set-up is read anew. */
export function useRepair(dockingId: string, repairId: string | null): UseQueryResult<Repair, ApiProblem> {
  const queries = useQueryClient();
  const repair = useQuery<Repair, ApiProblem>({
    queryKey: repairKey(dockingId, repairId),
    enabled: repairId !== null,
    queryFn: ({ signal }) => request('GET', `${repairsPath(dockingId)}/${repairId ?? ''}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'applying' ? MOVING_MS : false),
  });
  const state = repair.data?.state;
  useEffect(() => {
    if (state === 'done' || state === 'failed') {
      void queries.invalidateQueries({ queryKey: dockingKey(dockingId) });
    }
  }, [queries, dockingId, state]);
  return repair;
}

export const useApplyRepair = (
  dockingId: string,
  repairId: string,
): UseMutationResult<Repair, ApiProblem, void> => {
  const { t } = useTranslation('setup');
  return useAct<void, Repair>({
    run: () => request('POST', `${repairsPath(dockingId)}/${repairId}:apply`, { body: { confirm: true } }),
    done: t('repair.begun'),
    changes: [repairKey(dockingId, repairId)],
  });
};
