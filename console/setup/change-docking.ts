/** Changes of the docking itself. */
import type { UseMutationResult } from '@tanstack/react-query';
import type { FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import { dockingKey, DOCKINGS, pathOf } from '../dockings/docking';
import { useAct } from '../http/act';
import { request, type ApiProblem } from '../http/request';
import type { Docking } from '../http/shapes';

/** What is left out stays as it is. */
export interface DockingChange {
  name?: string;
  enabled?: boolean;
  homepageUrl?: string;
  redirectUrl?: string;
  monthlyCallQuota?: number | null;
  /** Null: the address that the ticket system names. */
  ticketUrlTemplate?: string | null;
  eventMode?: Docking['eventMode'];
  encryptKey?: string;
  verificationToken?: string;
}

/** `form`: where refused fields are shown. */
export const useChangeDocking = (
  dockingId: string,
  done: string,
  form?: FormInstance,
): UseMutationResult<Docking, ApiProblem, DockingChange> =>
  useAct<DockingChange, Docking>({
    run: (body) => request('PATCH', pathOf(dockingId), { body }),
    done,
    changes: [dockingKey(dockingId), DOCKINGS],
    ...(form ? { form } : {}),
  });

/** Proves it at the platform first. A refusal is the caller's to show. */
export const useRotateSecret = (
  dockingId: string,
): UseMutationResult<unknown, ApiProblem, { appSecret: string }> => {
  const { t } = useTranslation('settings');
  return useAct<{ appSecret: string }>({
    run: (body) => request('PUT', `${pathOf(dockingId)}/credentials`, { body }),
    done: t('secret.rotated'),
    changes: [dockingKey(dockingId)],
    quiet: true,
  });
};

/** `leave`: away from its pages, which have nothing to show from then on. */
export const useDeleteDocking = (
  dockingId: string,
  leave: () => Promise<void>,
): UseMutationResult<unknown, ApiProblem, void> => {
  const { t } = useTranslation('settings');
  return useAct({
    run: async () => {
      await request('DELETE', pathOf(dockingId));
      await leave();
    },
    done: t('remove.done'),
    changes: [DOCKINGS],
  });
};
