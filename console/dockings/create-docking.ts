/** A new docking, and what the form that makes it is offered. */
import { useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAct } from '../http/act';
import { request, type ApiProblem } from '../http/request';
import type { Brand, Docking, Page } from '../http/shapes';
import { registrationPath } from './app-registration';
import { DOCKINGS } from './docking';

/** A pair of addresses that belong together. */
export interface TicketRegion {
  region: string;
  hosts: string[];
  homepageUrl: string;
  redirectUrl: string;
}

/** As the form has it: what nobody filled in is empty or missing. */
export interface NewDocking {
  brand: Brand;
  /** Both, or an app that was created here. */
  appId?: string;
  appSecret?: string;
  registrationId?: string;
  name?: string;
  homepageUrl?: string;
  redirectUrl?: string;
  platformUrl?: string;
  encryptKey?: string;
  verificationToken?: string;
  ticketSystem: {
    kind: 'sobot' | 'rest';
    baseUrl: string;
    appid?: string;
    appKey?: string;
    apiKey?: string;
    webhookSecret?: string;
    timezone?: string;
    ticketUrlTemplate?: string;
    language?: 'zh' | 'en';
  };
}

/** A secret that was made here is told this once. */
export type CreatedDocking = Docking & { webhookSecret?: string };

export const useTicketRegions = (): UseQueryResult<Page<TicketRegion>, ApiProblem> =>
  useQuery({
    queryKey: ['ticket-regions'],
    staleTime: Infinity,
    queryFn: ({ signal }) => request<Page<TicketRegion>>('GET', '/v1/ticket-regions', { signal }),
  });

export const useCreateDocking = (
  form: FormInstance,
): UseMutationResult<CreatedDocking, ApiProblem, NewDocking> => {
  const { t } = useTranslation('dockings');
  return useAct<NewDocking, CreatedDocking>({
    run: ({ registrationId, ...wanted }) =>
      request('POST', registrationId ? `${registrationPath(registrationId)}:createDocking` : '/v1/dockings', {
        body: filledIn(wanted),
      }),
    done: t('create.done'),
    changes: [DOCKINGS],
    form,
  });
};

const filledIn = ({ ticketSystem, ...app }: NewDocking): object => ({
  ...withoutEmpty(app),
  ticketSystem: withoutEmpty(ticketSystem),
});

function withoutEmpty(fields: object): object {
  const trimmed = Object.entries(fields).map(([name, value]: [string, unknown]): [string, unknown] => [
    name,
    typeof value === 'string' ? value.trim() : value,
  ]);
  return Object.fromEntries(trimmed.filter(([, value]) => value !== undefined && value !== ''));
}
