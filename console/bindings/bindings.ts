/** Live bindings and those that have ended: listed a page at a time, ended and given back. */
import type { UseMutationResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dockingKey } from '../dockings/docking';
import { useAct } from '../http/act';
import { usePages, type Pages } from '../http/pages';
import { queryText, request, type ApiProblem } from '../http/request';
import type { Page } from '../http/shapes';
import { bindingPath, bindingsKey, bindingsPath } from './paths';
import type { Binding, BindingState, EndedBinding, Method } from './shapes';

export interface BindingsWanted {
  q?: string | undefined;
  state?: BindingState | undefined;
  method?: Method | undefined;
  department?: string | undefined;
  deliverable?: 'true' | 'false' | undefined;
}

export const useBindings = (dockingId: string, wanted: BindingsWanted): Pages<Page<Binding>> =>
  usePages([...bindingsKey(dockingId), 'list', wanted], bindingsPath(dockingId), { ...wanted, limit: 50 });

/** Address of the same list as a spreadsheet. */
export const exportAddress = (dockingId: string, wanted: BindingsWanted): string =>
  `${bindingsPath(dockingId)}:export${queryText({ ...wanted })}`;

export interface HistoryWanted {
  employeeId?: string | undefined;
  agentId?: string | undefined;
}

export const useHistory = (dockingId: string, wanted: HistoryWanted): Pages<Page<EndedBinding>> =>
  usePages([...bindingsKey(dockingId), 'history', wanted], `${bindingsPath(dockingId)}/history`, {
    ...wanted,
    limit: 50,
  });

/** What is read anew when a binding comes, goes or changes. */
export const bindingChanges = (dockingId: string): (readonly unknown[])[] => [
  bindingsKey(dockingId),
  [...dockingKey(dockingId), 'leavers'],
];

export const useUnbind = (dockingId: string): UseMutationResult<unknown, ApiProblem, Binding> => {
  const { t } = useTranslation('bindings');
  return useAct<Binding>({
    run: ({ id }) => request('DELETE', bindingPath(dockingId, id)),
    done: t('unbound'),
    changes: bindingChanges(dockingId),
  });
};

export const useResume = (dockingId: string): UseMutationResult<unknown, ApiProblem, Binding> => {
  const { t } = useTranslation('bindings');
  return useAct<Binding>({
    run: ({ id }) => request('POST', `${bindingPath(dockingId, id)}:resume`),
    done: t('resumed'),
    changes: bindingChanges(dockingId),
  });
};
