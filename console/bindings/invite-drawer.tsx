/** People who are not bound get a card with the way to bind themselves. */
import { Button, Drawer, Flex, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Member } from './members';
import { pageOf } from './paths';
import { PeoplePicker } from './people-picker';
import { useStart } from './runs';

interface Props {
  dockingId: string;
  open: boolean;
  onClose: () => void;
}

/** Of one run; the API takes no more. */
const MOST = 500;

export function InviteDrawer(props: Props): ReactNode {
  const { t } = useTranslation('bindings');
  return (
    <Drawer open={props.open} onClose={props.onClose} title={t('way.invite')} size={640} destroyOnHidden>
      <InviteForm {...props} />
    </Drawer>
  );
}

function InviteForm({ dockingId, onClose }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const navigate = useNavigate();
  const [people, setPeople] = useState<Member[]>([]);
  const start = useStart(dockingId);
  const go = (): void =>
    start.mutate(
      { kind: 'invite', employeeIds: people.map(({ employeeId }) => employeeId) },
      { onSuccess: ({ runId }) => void navigate(pageOf(dockingId, 'runs', runId)) },
    );
  const tooMany = people.length > MOST;
  return (
    <Flex vertical gap="middle">
      <Typography.Text type="secondary">{t('invite.what')}</Typography.Text>
      <PeoplePicker dockingId={dockingId} value={people} onChange={setPeople} unboundOnly />
      {tooMany && <Typography.Text type="danger">{t('invite.tooMany', { number: MOST })}</Typography.Text>}
      <Flex gap="small" justify="end">
        <Button onClick={onClose}>{t('close', { ns: 'console' })}</Button>
        <Button
          type="primary"
          disabled={people.length === 0 || tooMany}
          loading={start.isPending}
          onClick={go}
        >
          {t('invite.go', { number: people.length })}
        </Button>
      </Flex>
    </Flex>
  );
}
