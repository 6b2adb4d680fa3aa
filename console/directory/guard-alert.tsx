/** A change set that waits for a person is told on every page of the docking, with its reason and the way to it. */
import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useDockingId } from '../dockings/docking';
import { isDecision } from './shapes';
import { useSyncs } from './syncs';
import { countsText } from './run-counts';
import { useFormat } from '../format';

export function GuardAlert(): ReactNode {
  const { t } = useTranslation('directory');
  const format = useFormat();
  const dockingId = useDockingId();
  const { pathname } = useLocation();
  const { data } = useSyncs(dockingId);
  const waiting = data?.items.find(isDecision);
  if (!waiting) return null;
  const page = `/dockings/${dockingId}/directory/syncs/${waiting.runId}`;
  if (pathname === page) return null;
  const guarded = waiting.state === 'guarded';
  return (
    <Alert
      type={guarded ? 'warning' : 'info'}
      showIcon
      title={guarded ? t('guard.stopped') : t('guard.waits')}
      description={
        <>
          {guarded && <div>{waiting.reason}</div>}
          <div>{countsText(waiting, t, format)}</div>
        </>
      }
      action={
        <Link to={page}>
          <Button type="primary">{t('guard.look')}</Button>
        </Link>
      }
    />
  );
}
