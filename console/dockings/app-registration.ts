/** A Feishu app that the platform creates for the admin: planned, begun after an explicit word, confirmed there. */
import { useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useAct } from '../http/act';
import { request, type ApiProblem } from '../http/request';
import type { Brand } from '../http/shapes';

export interface AppRegistration {
  id: string;
  state: 'planned' | 'waiting' | 'created' | 'denied' | 'expired';
  brand: Brand;
  willCreate: { name: string; scopes: string[]; events: string[]; callbacks: string[] };
  confirmUrl: string | null;
  userCode: string | null;
  expiresAt: string | null;
  appId: string | null;
}

export interface WantedApp {
  brand: Brand;
  name?: string;
  platformUrl?: string;
}

const PATH = '/v1/app-registrations';
/** The API asks the platform no more often than the platform wants. */
const WAITING_MS = 2_000;

export const registrationPath = (id: string): string => `${PATH}/${encodeURIComponent(id)}`;
const registrationKey = (id: string | null): readonly unknown[] => ['app-registrations', id];

/** Null: none is looked at. */
export const useAppRegistration = (id: string | null): UseQueryResult<AppRegistration, ApiProblem> =>
  useQuery({
    queryKey: registrationKey(id),
    enabled: id !== null,
    queryFn: ({ signal }) => request<AppRegistration>('GET', registrationPath(id ?? ''), { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? WAITING_MS : false),
  });

/** Asks nothing of the platform yet. */
export const usePlanApp = (): UseMutationResult<AppRegistration, ApiProblem, WantedApp> =>
  useAct<WantedApp, AppRegistration>({
    run: (body) => request('POST', PATH, { body }),
    done: null,
    changes: [],
  });

export const useBeginApp = (id: string): UseMutationResult<AppRegistration, ApiProblem, void> => {
  const queries = useQueryClient();
  return useAct<void, AppRegistration>({
    run: () => request('POST', `${registrationPath(id)}:begin`, { body: { confirm: true } }),
    done: (begun) => {
      queries.setQueryData(registrationKey(id), begun);
      return '';
    },
    changes: [],
  });
};
