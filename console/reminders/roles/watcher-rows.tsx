/** Who watches tickets of a category. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentsSelect } from '../agent-select';
import type { Watcher } from './settings';

export function WatcherRows({
  dockingId,
  rows,
  readOnly,
  onChange,
}: {
  dockingId: string;
  rows: Watcher[];
  readOnly: boolean;
  onChange: (rows: Watcher[]) => void;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const put = (index: number, changes: Partial<Watcher>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...changes } : row)));
  return (
    <Flex vertical gap="small">
      {rows.map((row, index) => (
        <Flex key={index} gap="small" wrap role="group" aria-label={t('who.watchers')}>
          <Input
            aria-label={t('who.category')}
            placeholder={t('who.category')}
            style={{ width: 300 }}
            value={row.categoryPrefix}
            disabled={readOnly}
            {...(row.categoryPrefix.trim() === '' ? { status: 'error' as const } : {})}
            onChange={({ target }) => put(index, { categoryPrefix: target.value })}
          />
          <AgentsSelect
            dockingId={dockingId}
            label={t('agents')}
            disabled={readOnly}
            value={row.agentIds}
            onChange={(agentIds) => put(index, { agentIds })}
          />
          {!readOnly && (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('who.removeWatchers')}
              onClick={() => onChange(rows.toSpliced(index, 1))}
            />
          )}
        </Flex>
      ))}
      {rows.length === 0 && readOnly && '–'}
      {!readOnly && (
        <div>
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => onChange([...rows, { categoryPrefix: '', agentIds: [] }])}
          >
            {t('who.addWatchers')}
          </Button>
        </div>
      )}
    </Flex>
  );
}
