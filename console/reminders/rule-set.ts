/** The switch and the rules of one docking: read with their version, saved as a whole against it. */
import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { dockingKey, pathOf } from '../dockings/docking';
import { fullRequest, type Answer, type ApiProblem } from '../http/request';
import type { Rule, RuleSet } from './shapes';

/** With the tag that `If-Match` wants. */
export interface TaggedRuleSet extends RuleSet {
  etag: string;
}

const ruleSetKey = (dockingId: string): readonly unknown[] => [...dockingKey(dockingId), 'reminders'];
const ruleSetPath = (dockingId: string): string => `${pathOf(dockingId)}/reminders`;

const tagged = ({ body, headers }: Answer<RuleSet>): TaggedRuleSet => ({
  ...body,
  etag: headers.get('etag') ?? `"${body.version}"`,
});

export const readRuleSet = async (dockingId: string, signal?: AbortSignal): Promise<TaggedRuleSet> =>
  tagged(await fullRequest<RuleSet>('GET', ruleSetPath(dockingId), signal ? { signal } : {}));

/** Not read anew by itself: what a person looks at is what their save is held against. */
export const useRuleSet = (dockingId: string): UseQueryResult<TaggedRuleSet, ApiProblem> =>
  useQuery({
    queryKey: ruleSetKey(dockingId),
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => readRuleSet(dockingId, signal),
  });

export interface RuleSetChange {
  /** What was looked at when the change was made. */
  base: TaggedRuleSet;
  enabled?: boolean;
  rules?: Rule[];
}

/** Refusals are for the page to show; 412 = somebody saved in between. */
export function useSaveRuleSet(
  dockingId: string,
): UseMutationResult<TaggedRuleSet, ApiProblem, RuleSetChange> {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { t } = useTranslation('reminders');
  return useMutation({
    mutationFn: async ({ base, enabled, rules }) =>
      tagged(
        await fullRequest<RuleSet>('PUT', ruleSetPath(dockingId), {
          body: { enabled: enabled ?? base.enabled, rules: rules ?? base.rules },
          headers: { 'if-match': base.etag },
        }),
      ),
    onSuccess(saved) {
      queries.setQueryData(ruleSetKey(dockingId), saved);
      void message.success(t('saved', { version: saved.version }));
    },
  });
}

/** Takes over what somebody else saved. */
export function useTakeOver(dockingId: string): (newer: TaggedRuleSet) => void {
  const queries = useQueryClient();
  return (newer) => void queries.setQueryData(ruleSetKey(dockingId), newer);
}
