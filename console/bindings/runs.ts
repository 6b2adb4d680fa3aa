/** Runs that bind by themselves, create an agent or invite people: started, watched, held and ended. */
import {
  useInfiniteQuery,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAct } from '../http/act';
import { askAgain } from '../http/pace';
import { usePages, type Pages } from '../http/pages';
import { request, type ApiProblem } from '../http/request';
import type { Page } from '../http/shapes';
import { bindingsKey, bindingsPath, runPath, runsKey } from './paths';
import { isUnderWay, numberOf, type BindingRun, type Matching, type Outcome, type RunReport } from './shapes';

export const useRuns = (dockingId: string): Pages<Page<BindingRun>> =>
  useInfiniteQuery({
    queryKey: [...runsKey(dockingId), 'list'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      request<Page<BindingRun>>('GET', `${bindingsPath(dockingId)}/runs`, {
        query: { cursor: pageParam, limit: 50 },
        signal,
      }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => askAgain(state.data?.pages.some(({ items }) => items.some(isUnderWay))),
  });

/** Where it stands, with the number of people of each outcome; the people themselves are `useReport`. */
export const useRun = (dockingId: string, runId: string): UseQueryResult<RunReport, ApiProblem> =>
  useQuery({
    queryKey: [...runsKey(dockingId), runId],
    queryFn: ({ signal }) =>
      request<RunReport>('GET', runPath(dockingId, runId), { query: { limit: 1 }, signal }),
    refetchInterval: ({ state }) => askAgain(state.data && isUnderWay(state.data)),
  });

export const useReport = (
  dockingId: string,
  { runId, outcomes, state }: RunReport,
  outcome: Outcome | undefined,
): Pages<RunReport> =>
  usePages(
    // Read anew when the run has gone on.
    [...runsKey(dockingId), runId, 'report', outcome, numberOf(outcomes), state],
    runPath(dockingId, runId),
    { outcome, limit: 100 },
  );

export type Steering = 'pause' | 'resume' | 'cancel';

export const useSteer = (
  dockingId: string,
  runId: string,
): UseMutationResult<BindingRun, ApiProblem, Steering> => {
  const { t } = useTranslation('bindings');
  return useAct<Steering, BindingRun>({
    run: (steering) => request('POST', `${runPath(dockingId, runId)}:${steering}`),
    done: t('run.steered'),
    changes: [runsKey(dockingId), bindingsKey(dockingId)],
  });
};

export type Start =
  | ({ kind: 'auto'; dryRun: boolean } & Matching)
  | { kind: 'createAgent'; employeeId: string; template: { role: string; groupIds: string[] } }
  | { kind: 'invite'; employeeIds: string[] };

/** Gives the run to watch. */
export const useStart = (dockingId: string): UseMutationResult<{ runId: string }, ApiProblem, Start> => {
  const { t } = useTranslation('bindings');
  return useAct<Start, { runId: string }>({
    run: ({ kind, ...body }) => request('POST', `${bindingsPath(dockingId)}:${kind}`, { body }),
    done: t('run.started'),
    changes: [runsKey(dockingId)],
  });
};
