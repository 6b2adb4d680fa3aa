/** Starts a run that binds whoever can be matched without guessing; first without writing anything. */
import { Checkbox, Flex, Modal, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { DEFAULT_MATCHING, MatchingFields } from './matching-fields';
import { pageOf } from './paths';
import { useStart } from './runs';
import type { Matching } from './shapes';

interface Props {
  dockingId: string;
  open: boolean;
  onClose: () => void;
}

export function AutomaticModal({ dockingId, open, onClose }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const navigate = useNavigate();
  const [matching, setMatching] = useState<Matching>(DEFAULT_MATCHING);
  const [dryRun, setDryRun] = useState(true);
  const start = useStart(dockingId);
  const go = (): void =>
    start.mutate(
      { kind: 'auto', dryRun, ...matching },
      {
        onSuccess: ({ runId }) => void navigate(pageOf(dockingId, 'runs', runId)),
      },
    );
  return (
    <Modal
      open={open}
      title={t('way.automatic')}
      okText={dryRun ? t('automatic.try') : t('automatic.bind')}
      okButtonProps={{ loading: start.isPending }}
      cancelText={t('cancel', { ns: 'console' })}
      onOk={go}
      onCancel={onClose}
    >
      <Flex vertical gap="middle">
        <Typography.Text type="secondary">{t('automatic.what')}</Typography.Text>
        <MatchingFields value={matching} onChange={setMatching} />
        <Checkbox checked={dryRun} onChange={({ target }) => setDryRun(target.checked)}>
          {t('automatic.dryRun')}
        </Checkbox>
      </Flex>
    </Modal>
  );
}
