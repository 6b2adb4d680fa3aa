/** Lead and chat of each group. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Flex, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentSelect } from '../agent-select';
import { useGroupIds } from '../people';
import type { GroupRow } from './draft';

export function GroupRows({
  dockingId,
  rows,
  readOnly,
  onChange,
}: {
  dockingId: string;
  rows: GroupRow[];
  readOnly: boolean;
  onChange: (rows: GroupRow[]) => void;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const known = useGroupIds(dockingId);
  const free = known.filter((id) => rows.every(({ groupId }) => groupId !== id));
  const put = (index: number, changes: Partial<GroupRow>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...changes } : row)));
  const twice = ({ groupId }: GroupRow): boolean =>
    rows.filter((row) => row.groupId.trim() === groupId.trim()).length > 1;
  return (
    <Flex vertical gap="small">
      {rows.map((row, index) => (
        <Flex key={index} gap="small" wrap role="group" aria-label={t('who.group')}>
          <AutoComplete
            aria-label={t('who.group')}
            placeholder={t('who.group')}
            style={{ width: 300 }}
            value={row.groupId}
            disabled={readOnly}
            options={free.map((value) => ({ value }))}
            showSearch={{
              filterOption: (text, option) => String(option?.value).includes(text.trim()),
            }}
            {...(row.groupId.trim() === '' || twice(row) ? { status: 'error' as const } : {})}
            onChange={(groupId: string) => put(index, { groupId })}
          />
          <AgentSelect
            dockingId={dockingId}
            label={t('who.lead')}
            disabled={readOnly}
            value={row.agentId}
            onChange={(agentId) => put(index, { agentId })}
          />
          <Input
            aria-label={t('who.chat')}
            placeholder={t('who.chat')}
            style={{ width: 300 }}
            value={row.chatId}
            disabled={readOnly}
            onChange={({ target }) => put(index, { chatId: target.value })}
          />
          {!readOnly && (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('who.removeGroup')}
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
            onClick={() => onChange([...rows, { groupId: '', agentId: undefined, chatId: '' }])}
          >
            {t('who.addGroup')}
          </Button>
        </div>
      )}
    </Flex>
  );
}
