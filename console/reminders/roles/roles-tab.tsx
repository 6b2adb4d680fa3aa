/** Who stands behind the roles that the ticket itself does not name, and who is asked when somebody cannot be told. */
import { Button, Card, Flex, Form, Input, Spin, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../../dockings/docking';
import { ProblemAlert } from '../../http/problem';
import { useMay } from '../../session/signed-in';
import { AgentSelect } from '../agent-select';
import { changesOf, draftOf, isComplete } from './draft';
import { GroupRows } from './group-rows';
import { useRoleSettings, useSaveRoleSettings, type RoleSettings } from './settings';
import { WatcherRows } from './watcher-rows';

export function RolesTab(): ReactNode {
  const dockingId = useDockingId();
  const { data, error, refetch } = useRoleSettings(dockingId);
  return (
    <Card>
      <ProblemAlert problem={error} retry={refetch} />
      {data ? (
        <RolesForm key={JSON.stringify(data)} dockingId={dockingId} settings={data} />
      ) : (
        !error && <Spin />
      )}
    </Card>
  );
}

function RolesForm({ dockingId, settings }: { dockingId: string; settings: RoleSettings }): ReactNode {
  const { t } = useTranslation('reminders');
  const readOnly = !useMay().administer;
  const [draft, setDraft] = useState(() => draftOf(settings));
  const save = useSaveRoleSettings(dockingId);
  const put = (changes: Partial<typeof draft>): void => setDraft({ ...draft, ...changes });
  const changed = JSON.stringify(draft) !== JSON.stringify(draftOf(settings));
  return (
    <Form layout="vertical" style={{ maxWidth: 1000 }}>
      <Typography.Paragraph type="secondary">{t('who.what')}</Typography.Paragraph>
      <Form.Item label={t('who.groups')} extra={t('who.groupsWhat')}>
        <GroupRows
          dockingId={dockingId}
          rows={draft.groups}
          readOnly={readOnly}
          onChange={(groups) => put({ groups })}
        />
      </Form.Item>
      <Form.Item label={t('who.watchers')} extra={t('who.watchersWhat')}>
        <WatcherRows
          dockingId={dockingId}
          rows={draft.watchers}
          readOnly={readOnly}
          onChange={(watchers) => put({ watchers })}
        />
      </Form.Item>
      <Form.Item label={t('who.duty')} extra={t('who.dutyWhat')}>
        <AgentSelect
          dockingId={dockingId}
          label={t('who.duty')}
          disabled={readOnly}
          value={draft.duty}
          onChange={(duty) => put({ duty })}
        />
      </Form.Item>
      <Form.Item label={t('who.webhook')} htmlFor="roles-webhook" extra={t('who.webhookWhat')}>
        <Flex gap="small" wrap>
          <Input
            id="roles-webhook"
            type="url"
            placeholder="https://"
            style={{ width: 480, maxWidth: '100%' }}
            value={draft.webhookUrl}
            disabled={readOnly}
            onChange={({ target }) => put({ webhookUrl: target.value })}
          />
          {!readOnly && draft.webhookUrl.trim() !== '' && (
            <Input.Password
              aria-label={t('who.secret')}
              autoComplete="new-password"
              placeholder={t('who.secret')}
              style={{ width: 300, maxWidth: '100%' }}
              value={draft.webhookSecret}
              onChange={({ target }) => put({ webhookSecret: target.value })}
            />
          )}
        </Flex>
      </Form.Item>
      <Flex vertical gap="small" align="start">
        {!readOnly && (
          <Button
            type="primary"
            disabled={!changed || !isComplete(draft)}
            loading={save.isPending}
            onClick={() =>
              save.mutate(changesOf(settings, draft), { onSuccess: () => put({ webhookSecret: '' }) })
            }
          >
            {t('save', { ns: 'console' })}
          </Button>
        )}
      </Flex>
    </Form>
  );
}
