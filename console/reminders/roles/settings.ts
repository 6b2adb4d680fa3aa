/** Who leads a group, who watches a category, and who is asked in place of somebody who cannot be told. */
import { useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dockingKey, pathOf } from '../../dockings/docking';
import { useAct } from '../../http/act';
import { request, type ApiProblem } from '../../http/request';

export interface Watcher {
  categoryPrefix: string;
  agentIds: string[];
}

export interface RoleSettings {
  /** Group id → agent id, and → chat id. */
  groupLeads: Record<string, string>;
  groupChats: Record<string, string>;
  watchers: Watcher[];
  duty: { agentId: string | null };
  fallbackWebhook: { url: string } | null;
}

/** The secret goes in and never comes out; left out = the one that is kept. */
export interface RoleChanges extends Omit<RoleSettings, 'fallbackWebhook'> {
  fallbackWebhook: { url: string; secret?: string } | null;
}

const settingsKey = (dockingId: string): readonly unknown[] => [...dockingKey(dockingId), 'settings'];
const settingsPath = (dockingId: string): string => `${pathOf(dockingId)}/settings`;

export const useRoleSettings = (dockingId: string): UseQueryResult<RoleSettings, ApiProblem> =>
  useQuery({
    queryKey: settingsKey(dockingId),
    queryFn: ({ signal }) => request<RoleSettings>('GET', settingsPath(dockingId), { signal }),
    // What somebody is typing must not be read away from under them.
    staleTime: Infinity,
    gcTime: 0,
  });

export const useSaveRoleSettings = (
  dockingId: string,
): UseMutationResult<RoleSettings, ApiProblem, Partial<RoleChanges>> => {
  const { t } = useTranslation('reminders');
  return useAct<Partial<RoleChanges>, RoleSettings>({
    run: (body) => request('PATCH', settingsPath(dockingId), { body }),
    done: t('who.saved'),
    changes: [settingsKey(dockingId)],
  });
};
