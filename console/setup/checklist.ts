/** The checklist of a docking, and a check of it on demand. */
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dockingKey, pathOf } from '../dockings/docking';
import { useAct } from '../http/act';
import { askAgain } from '../http/pace';
import { request, type ApiProblem } from '../http/request';
import type { Checklist } from './shapes';

/** A check that brings nothing for so long is not waited for any more. */
const PATIENCE_MS = 60_000;

export const checklistKey = (dockingId: string): readonly unknown[] => [
  ...dockingKey(dockingId),
  'checklist',
];

/** Often until the first check is through, and while `moving`. */
export const useChecklist = (dockingId: string, moving = false): UseQueryResult<Checklist, ApiProblem> =>
  useQuery({
    queryKey: checklistKey(dockingId),
    queryFn: ({ signal }) => request<Checklist>('GET', `${pathOf(dockingId)}/checklist`, { signal }),
    refetchInterval: ({ state }) => askAgain(moving || state.data?.checkedAt === null),
  });

export interface Check {
  start: () => void;
  underWay: boolean;
}

/** Under way until the checklist tells a later time than before. */
export function useCheck(dockingId: string): Check {
  const { t } = useTranslation('setup');
  const queries = useQueryClient();
  const [before, setBefore] = useState<string | null>();
  const waiting = before !== undefined;
  const { data } = useChecklist(dockingId, waiting);
  const moved = waiting && data !== undefined && data.checkedAt !== before;
  const check = useAct<void, Checklist>({
    run: () => request('POST', `${pathOf(dockingId)}/checklist:check`),
    done: t('checked'),
    changes: [dockingKey(dockingId)],
  });
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => setBefore(undefined), moved ? 0 : PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [waiting, moved]);
  return {
    underWay: check.isPending || (waiting && !moved),
    start() {
      setBefore(data?.checkedAt ?? null);
      check.mutate(undefined, {
        onSuccess: (checklist) => queries.setQueryData(checklistKey(dockingId), checklist),
        onError: () => setBefore(undefined),
      });
    },
  };
}
