/** Who watches tickets of a category. */
import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentsSelect } from '../agent-select';
import { Rows, type RowsEdited } from './rows';
import type { Watcher } from './settings';

export function WatcherRows({
  dockingId,
  ...edited
}: RowsEdited<Watcher> & { dockingId: string }): ReactNode {
  const { t } = useTranslation('reminders');
  const { readOnly } = edited;
  return (
    <Rows
      {...edited}
      said={{ row: t('who.watchers'), add: t('who.addWatchers'), remove: t('who.removeWatchers') }}
      empty={{ categoryPrefix: '', agentIds: [] }}
    >
      {(row, put) => (
        <>
          <Input
            aria-label={t('who.category')}
            placeholder={t('who.category')}
            style={{ width: 300 }}
            value={row.categoryPrefix}
            disabled={readOnly}
            {...(row.categoryPrefix.trim() === '' ? { status: 'error' as const } : {})}
            onChange={({ target }) => put({ categoryPrefix: target.value })}
          />
          <AgentsSelect
            dockingId={dockingId}
            label={t('agents')}
            disabled={readOnly}
            value={row.agentIds}
            onChange={(agentIds) => put({ agentIds })}
          />
        </>
      )}
    </Rows>
  );
}
