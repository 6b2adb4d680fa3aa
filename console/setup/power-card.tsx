/** Switching the docking on and off, with what that does. */
import { Button, Card, Flex, Popconfirm, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../dockings/state-tag';
import type { Docking } from '../http/shapes';
import { useMay } from '../session/signed-in';
import { useChangeDocking } from './change-docking';

export function PowerCard({ docking }: { docking: Docking }): ReactNode {
  const { t } = useTranslation('settings');
  const may = useMay();
  const off = docking.state === 'disabled';
  const paused = docking.state === 'paused';
  const enable = useChangeDocking(docking.id, t('power.enabled'));
  const disable = useChangeDocking(docking.id, t('power.disabled'));
  return (
    <Card title={t('power.title')} extra={<StateTag state={docking.state} />}>
      <Flex vertical gap="small">
        <div>{off ? t('power.off') : paused ? t('power.pausedBy') : t('power.on')}</div>
        {docking.pausedReason && <Typography.Text type="warning">{docking.pausedReason}</Typography.Text>}
        <Typography.Text type="secondary">
          {off ? t('power.enableWhat') : t('power.disableWhat')}
        </Typography.Text>
        {paused && <Typography.Text type="secondary">{t('power.resumeWhat')}</Typography.Text>}
        {may.administer && (
          <Flex gap="small">
            {(off || paused) && (
              <Button
                type="primary"
                loading={enable.isPending}
                onClick={() => enable.mutate({ enabled: true })}
              >
                {off ? t('power.enable') : t('power.resume')}
              </Button>
            )}
            {!off && (
              <Popconfirm
                title={t('power.disableSure')}
                okText={t('power.disable')}
                okButtonProps={{ danger: true }}
                onConfirm={() => disable.mutate({ enabled: false })}
              >
                <Button danger loading={disable.isPending}>
                  {t('power.disable')}
                </Button>
              </Popconfirm>
            )}
          </Flex>
        )}
      </Flex>
    </Card>
  );
}
