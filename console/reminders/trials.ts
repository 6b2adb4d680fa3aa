/** Trying a rule before it counts: over past events, as a card on this page, and as one real card. */
import {
  keepPreviousData,
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dockingKey, pathOf } from '../dockings/docking';
import { useAct } from '../http/act';
import { request, type ApiProblem } from '../http/request';
import type { Rule, Simulation } from './shapes';

export const useSimulation = (
  dockingId: string,
): UseMutationResult<Simulation, ApiProblem, { rules: Rule[]; days: number }> =>
  useMutation({
    mutationFn: (body) => request('POST', `${pathOf(dockingId)}/reminders:simulate`, { body }),
  });

export interface PreviewedCard {
  ruleId: string;
  card: unknown;
  bytes: number;
}

export const usePreview = (dockingId: string, rule: Rule): UseQueryResult<PreviewedCard, ApiProblem> =>
  useQuery({
    queryKey: [...dockingKey(dockingId), 'preview', rule],
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      request<PreviewedCard>('POST', `${pathOf(dockingId)}/reminders:preview`, { body: { rule }, signal }),
  });

/** Sends a saved rule's card about a made-up ticket. */
export const useTestCard = (
  dockingId: string,
): UseMutationResult<unknown, ApiProblem, { employeeId: string; ruleId: string }> => {
  const { t } = useTranslation('reminders');
  return useAct<{ employeeId: string; ruleId: string }>({
    run: (body) => request('POST', `${pathOf(dockingId)}/reminders:test`, { body }),
    done: t('card.sent'),
    changes: [[...dockingKey(dockingId), 'deliveries']],
  });
};
