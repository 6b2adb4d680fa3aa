/** How far a run is, and the ways to hold or end it. */
import { Button, Descriptions, Flex, Popconfirm, Progress } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { useMay } from '../session/signed-in';
import type { SyncRun } from './shapes';
import { useDecide } from './syncs';

export function RunProgress({ dockingId, run }: { dockingId: string; run: SyncRun }): ReactNode {
  const { t } = useTranslation('directory');
  const format = useFormat();
  const may = useMay();
  const decide = useDecide(dockingId, run.runId);
  const { departments, employees, percent, etaSeconds, ratePerMinute, current } = run.progress;
  const paused = run.state === 'paused';
  return (
    <Flex vertical gap="small">
      <Progress
        percent={Math.round(percent)}
        status={paused ? 'normal' : 'active'}
        aria-label={t('progress.title')}
      />
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2, lg: 3 }}
        items={[
          { label: t('progress.departments'), children: format.number(departments) },
          { label: t('progress.employees'), children: format.number(employees) },
          { label: t('progress.calls'), children: format.number(run.calls) },
          {
            label: t('progress.rate'),
            children:
              ratePerMinute === null
                ? '–'
                : t('progress.perMinute', { number: format.number(Math.round(ratePerMinute)) }),
          },
          { label: t('progress.left'), children: etaSeconds === null ? '–' : format.duration(etaSeconds) },
          { label: t('progress.current'), children: current ?? '–' },
        ]}
      />
      {may.operate && (
        <Flex gap="small">
          <Button loading={decide.isPending} onClick={() => decide.mutate(paused ? 'resume' : 'pause')}>
            {t(paused ? 'resume' : 'pause')}
          </Button>
          <Popconfirm title={t('cancelSure')} onConfirm={() => decide.mutate('cancel')}>
            <Button danger>{t('cancelRun')}</Button>
          </Popconfirm>
        </Flex>
      )}
    </Flex>
  );
}
