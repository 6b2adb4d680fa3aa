/** What a person decides on a change set: apply exactly what was shown, or throw it away. */
import { Alert, Button, Checkbox, Flex, Modal, Popconfirm } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { useMay } from '../session/signed-in';
import { countsText } from './run-counts';
import type { SyncRun } from './shapes';
import { useDecide } from './syncs';

export function DecisionBar({ dockingId, run }: { dockingId: string; run: SyncRun }): ReactNode {
  const { t } = useTranslation('directory');
  const format = useFormat();
  const may = useMay();
  const decide = useDecide(dockingId, run.runId);
  const [asking, setAsking] = useState(false);
  const guarded = run.state === 'guarded';
  return (
    <Alert
      type={guarded ? 'warning' : 'info'}
      showIcon
      title={guarded ? t('guard.stopped') : t('guard.waits')}
      description={
        <Flex vertical gap="small">
          {guarded && <div>{run.reason}</div>}
          <div>{guarded ? t('guard.why') : t('guard.waitsWhy')}</div>
          <div>{countsText(run, t, format)}</div>
          {may.operate ? (
            <Flex gap="small">
              <Button type="primary" danger={guarded} onClick={() => setAsking(true)}>
                {t('apply')}
              </Button>
              <Popconfirm title={t('discardSure')} onConfirm={() => decide.mutate('discard')}>
                <Button>{t('discard')}</Button>
              </Popconfirm>
            </Flex>
          ) : (
            <div>{t('guard.notYours')}</div>
          )}
          <ApplyModal
            open={asking}
            run={run}
            busy={decide.isPending}
            onCancel={() => setAsking(false)}
            onApply={() => decide.mutate('apply', { onSettled: () => setAsking(false) })}
          />
        </Flex>
      }
    />
  );
}

interface ApplyProps {
  open: boolean;
  run: SyncRun;
  busy: boolean;
  onCancel: () => void;
  onApply: () => void;
}

function ApplyModal({ open, run, busy, onCancel, onApply }: ApplyProps): ReactNode {
  const { t } = useTranslation('directory');
  const format = useFormat();
  const [looked, setLooked] = useState(false);
  const guarded = run.state === 'guarded';
  return (
    <Modal
      open={open}
      title={t('applyTitle')}
      okText={t('apply')}
      okButtonProps={{ danger: guarded, disabled: guarded && !looked, loading: busy }}
      cancelText={t('cancel', { ns: 'console' })}
      onCancel={onCancel}
      onOk={onApply}
      afterClose={() => setLooked(false)}
    >
      <p>{countsText(run, t, format)}</p>
      <p>{t('applyEffect')}</p>
      {guarded && (
        <Checkbox checked={looked} onChange={({ target }) => setLooked(target.checked)}>
          {t('guard.looked', { number: format.number(run.counts.left) })}
        </Checkbox>
      )}
    </Modal>
  );
}
