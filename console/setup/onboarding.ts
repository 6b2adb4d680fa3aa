/** The steps of a set-up, and what people decide on them. */
import { useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dockingKey, pathOf } from '../dockings/docking';
import { useAct } from '../http/act';
import { request, type ApiProblem } from '../http/request';
import type { HandedOver, Onboarding, OnboardingStep } from './shapes';

const OFTEN_MS = 5_000;

const onboardingPath = (dockingId: string): string => `${pathOf(dockingId)}/onboarding`;

export const useOnboarding = (dockingId: string): UseQueryResult<Onboarding, ApiProblem> =>
  useQuery({
    queryKey: [...dockingKey(dockingId), 'onboarding'],
    queryFn: ({ signal }) => request<Onboarding>('GET', onboardingPath(dockingId), { signal }),
    refetchInterval: OFTEN_MS,
  });

export type StepDecision =
  { verb: 'approve' | 'reopen'; body: { comment?: string } } | { verb: 'reject'; body: { reason: string } };

/** Whatever is decided moves the docking itself too: its state, and who is waited for. */
export const useDecideStep = (
  dockingId: string,
  step: string,
): UseMutationResult<OnboardingStep, ApiProblem, StepDecision> => {
  const { t } = useTranslation('setup');
  return useAct<StepDecision, OnboardingStep>({
    run: ({ verb, body }) => request('POST', `${onboardingPath(dockingId)}/${step}:${verb}`, { body }),
    done: t('steps.decided'),
    changes: [dockingKey(dockingId)],
  });
};

export const useHandOver = (
  dockingId: string,
  step: string,
): UseMutationResult<HandedOver, ApiProblem, { to: string }> =>
  useAct<{ to: string }, HandedOver>({
    run: (body) => request('POST', `${onboardingPath(dockingId)}/${step}:handover`, { body }),
    done: null,
    changes: [dockingKey(dockingId)],
  });
