/** One run: where it stands and what became of each person. */
import { Card, Descriptions, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useDockingId } from '../dockings/docking';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import { BindForGood } from './bind-for-good';
import { pageOf } from './paths';
import { failureText, kindText } from './reasons';
import { RunProgress } from './run-progress';
import { RunReport } from './run-report';
import { RunState } from './run-state';
import { useRun } from './runs';
import { isUnderWay, type BindingRun } from './shapes';

export function RunPage(): ReactNode {
  const { t } = useTranslation('bindings');
  const dockingId = useDockingId();
  const { runId = '' } = useParams();
  const { data: run, error, refetch } = useRun(dockingId, runId);
  return (
    <Flex vertical gap="middle">
      <Link to={pageOf(dockingId, 'runs')}>← {t('run.all')}</Link>
      <ProblemAlert problem={error} retry={refetch} />
      {run && (
        <>
          <RunSummary run={run} />
          {isUnderWay(run) && (
            <Card>
              <RunProgress dockingId={dockingId} run={run} />
            </Card>
          )}
          {run.dryRun && run.state === 'done' && <BindForGood key={runId} dockingId={dockingId} run={run} />}
          <Card title={t('run.report')}>
            <RunReport key={runId} dockingId={dockingId} run={run} />
          </Card>
        </>
      )}
    </Flex>
  );
}

function RunSummary({ run }: { run: BindingRun }): ReactNode {
  const { t } = useTranslation('bindings');
  const format = useFormat();
  return (
    <Card>
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2, lg: 4 }}
        items={[
          { label: t('stateTitle'), children: <RunState run={run} /> },
          { label: t('run.kindTitle'), children: kindText(run, t) },
          { label: t('run.startedAt'), children: format.time(run.startedAt) },
          { label: t('run.finishedAt'), children: format.time(run.finishedAt) },
          { label: t('run.startedBy'), children: run.startedBy },
          { label: t('run.id'), children: <Typography.Text code>{run.runId}</Typography.Text> },
          ...(run.reason ? [{ label: t('reasonTitle'), children: failureText(run, t) }] : []),
        ]}
      />
    </Card>
  );
}
