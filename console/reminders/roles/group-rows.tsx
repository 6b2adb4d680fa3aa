/** Lead and chat of each group. */
import { AutoComplete, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentSelect } from '../agent-select';
import { useGroupIds } from '../people';
import type { GroupRow } from './draft';
import { Rows, type RowsEdited } from './rows';

export function GroupRows({ dockingId, ...edited }: RowsEdited<GroupRow> & { dockingId: string }): ReactNode {
  const { t } = useTranslation('reminders');
  const { rows, readOnly } = edited;
  const known = useGroupIds(dockingId);
  const free = known.filter((id) => rows.every(({ groupId }) => groupId !== id));
  const twice = ({ groupId }: GroupRow): boolean =>
    rows.filter((row) => row.groupId.trim() === groupId.trim()).length > 1;
  return (
    <Rows
      {...edited}
      said={{ row: t('who.group'), add: t('who.addGroup'), remove: t('who.removeGroup') }}
      empty={{ groupId: '', agentId: undefined, chatId: '' }}
    >
      {(row, put) => (
        <>
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
            onChange={(groupId: string) => put({ groupId })}
          />
          <AgentSelect
            dockingId={dockingId}
            label={t('who.lead')}
            disabled={readOnly}
            value={row.agentId}
            onChange={(agentId) => put({ agentId })}
          />
          <Input
            aria-label={t('who.chat')}
            placeholder={t('who.chat')}
            style={{ width: 300 }}
            value={row.chatId}
            disabled={readOnly}
            onChange={({ target }) => put({ chatId: target.value })}
          />
        </>
      )}
    </Rows>
  );
}
