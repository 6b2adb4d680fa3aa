/** How far a run is, and the ways to hold or end it. */
import { Button, Flex, Popconfirm, Progress } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { useMay } from '../session/signed-in';
import { useSteer } from './runs';
import { numberOf, type RunReport } from './shapes';

export function RunProgress({ dockingId, run }: { dockingId: string; run: RunReport }): ReactNode {
  const { t } = useTranslation('bindings');
  const format = useFormat();
  const may = useMay();
  const steer = useSteer(dockingId, run.runId);
  const { done, total } = run.progress;
  const paused = run.state === 'paused';
  return (
    <Flex vertical gap="small">
      <Progress
        percent={total === 0 ? 0 : Math.round((done / total) * 100)}
        status={paused ? 'normal' : 'active'}
        aria-label={t('run.progress')}
      />
      <div>
        {total === 0
          ? t('run.known', { done: format.number(numberOf(run.outcomes)) })
          : t('run.looked', { done: format.number(done), total: format.number(total) })}
      </div>
      {may.administer && (
        <Flex gap="small">
          <Button loading={steer.isPending} onClick={() => steer.mutate(paused ? 'resume' : 'pause')}>
            {t(paused ? 'run.resume' : 'run.pause')}
          </Button>
          <Popconfirm title={t('run.cancelSure')} onConfirm={() => steer.mutate('cancel')}>
            <Button danger>{t('run.cancel')}</Button>
          </Popconfirm>
        </Flex>
      )}
    </Flex>
  );
}
