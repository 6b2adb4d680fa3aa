/** Runs of the directory sync: asked for while they move, and decided on. */
import { useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dockingKey, pathOf } from '../dockings/docking';
import { useAct } from '../http/act';
import { askAgain } from '../http/pace';
import { usePages, type Pages } from '../http/pages';
import { request, type ApiProblem } from '../http/request';
import type { Page } from '../http/shapes';
import { isUnderWay, type ChangeKind, type ChangePage, type ParkedRecord, type SyncRun } from './shapes';

const syncsKey = (dockingId: string): readonly unknown[] => [...dockingKey(dockingId), 'syncs'];
const syncsPath = (dockingId: string): string => `${pathOf(dockingId)}/directory/syncs`;
const runPath = (dockingId: string, runId: string): string =>
  `${syncsPath(dockingId)}/${encodeURIComponent(runId)}`;

/** The latest ones; while the first of them is under way, every second. */
export const useSyncs = (dockingId: string): UseQueryResult<Page<SyncRun>, ApiProblem> =>
  useQuery({
    queryKey: syncsKey(dockingId),
    queryFn: ({ signal }) =>
      request<Page<SyncRun>>('GET', syncsPath(dockingId), { query: { limit: 20 }, signal }),
    refetchInterval: ({ state }) => askAgain(state.data?.items.some(isUnderWay)),
  });

export const useSync = (dockingId: string, runId: string): UseQueryResult<SyncRun, ApiProblem> =>
  useQuery({
    queryKey: [...syncsKey(dockingId), runId],
    queryFn: ({ signal }) => request<SyncRun>('GET', runPath(dockingId, runId), { signal }),
    refetchInterval: ({ state }) => askAgain(state.data && isUnderWay(state.data)),
  });

export interface ChangesWanted {
  dockingId: string;
  run: SyncRun;
  kind: ChangeKind | undefined;
}

export const useChanges = ({ dockingId, run, kind }: ChangesWanted): Pages<ChangePage> =>
  usePages(
    // The set is made once, when the run stops running; before, there is nothing to keep.
    [...syncsKey(dockingId), run.runId, 'changes', kind, run.state],
    `${runPath(dockingId, run.runId)}/changes`,
    { kind, limit: 100 },
  );

export const useParked = (dockingId: string, runId: string): UseQueryResult<Page<ParkedRecord>, ApiProblem> =>
  useQuery({
    queryKey: [...syncsKey(dockingId), runId, 'parked'],
    queryFn: ({ signal }) =>
      request<Page<ParkedRecord>>('GET', `${runPath(dockingId, runId)}/parked`, {
        query: { limit: 200 },
        signal,
      }),
  });

export const useStart = (
  dockingId: string,
): UseMutationResult<{ runId: string }, ApiProblem, SyncRun['mode']> => {
  const { t } = useTranslation('directory');
  return useAct<SyncRun['mode'], { runId: string }>({
    run: (mode) => request('POST', syncsPath(dockingId), { body: { mode } }),
    done: t('started'),
    changes: [syncsKey(dockingId)],
  });
};

export type Decision = 'apply' | 'discard' | 'pause' | 'resume' | 'cancel';

export const useDecide = (
  dockingId: string,
  runId: string,
): UseMutationResult<SyncRun, ApiProblem, Decision> => {
  const { t } = useTranslation('directory');
  return useAct<Decision, SyncRun>({
    run: (decision) => request('POST', `${runPath(dockingId, runId)}:${decision}`),
    done: t('decided'),
    changes: [syncsKey(dockingId), [...dockingKey(dockingId), 'people']],
  });
};
