/** One run: where it stands and what became of each person. */
import { Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useDockingId } from '../dockings/docking';
import { RunFrame, RunSummary } from '../layout/run-frame';
import { BindForGood } from './bind-for-good';
import { pageOf } from './paths';
import { failureText, kindText } from './reasons';
import { RunProgress } from './run-progress';
import { RunReport } from './run-report';
import { RunState } from './run-state';
import { useRun } from './runs';
import { isUnderWay } from './shapes';

export function RunPage(): ReactNode {
  const { t } = useTranslation('bindings');
  const dockingId = useDockingId();
  const { runId = '' } = useParams();
  const { data: run, error, refetch } = useRun(dockingId, runId);
  return (
    <RunFrame
      allRuns={{ address: pageOf(dockingId, 'runs'), text: t('run.all') }}
      problem={error}
      retry={refetch}
    >
      {run && (
        <>
          <RunSummary
            run={run}
            what={[
              { label: t('stateTitle'), children: <RunState run={run} /> },
              { label: t('run.kindTitle'), children: kindText(run, t) },
            ]}
            reason={run.reason ? [{ label: t('reasonTitle'), children: failureText(run, t) }] : []}
          />
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
    </RunFrame>
  );
}
