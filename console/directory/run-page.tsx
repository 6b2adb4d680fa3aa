/** One run: where it stands, what it would change, what it could not use, what it cost. */
import { Card, Flex, Table, Tabs, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useDockingId } from '../dockings/docking';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import { RunFrame, RunSummary } from '../layout/run-frame';
import { ChangesTable } from './changes-table';
import { DecisionBar } from './decision';
import { RunProgress } from './run-progress';
import { RunState } from './run-state';
import { isDecision, isPulling, type ParkedRecord, type SyncRun } from './shapes';
import { useParked, useSync } from './syncs';

export function RunPage(): ReactNode {
  const { t } = useTranslation('directory');
  const dockingId = useDockingId();
  const { runId = '' } = useParams();
  const { data: run, error, refetch } = useSync(dockingId, runId);
  return (
    <RunFrame
      allRuns={{ address: `/dockings/${dockingId}/directory`, text: t('allRuns') }}
      problem={error}
      retry={refetch}
    >
      {run && (
        <>
          <RunSummary
            run={run}
            what={[
              { label: t('stateTitle'), children: <RunState state={run.state} /> },
              { label: t('modeTitle'), children: t(`mode.${run.mode}`) },
            ]}
            reason={
              run.state === 'failed' || run.state === 'discarded'
                ? [{ label: t('reason'), children: run.reason ?? '–' }]
                : []
            }
          />
          {isDecision(run) && <DecisionBar dockingId={dockingId} run={run} />}
          {isPulling(run) && (
            <Card>
              <RunProgress dockingId={dockingId} run={run} />
            </Card>
          )}
          <Card>
            <Tabs
              items={[
                {
                  key: 'changes',
                  label: t('changes'),
                  children: <ChangesTable key={run.runId} dockingId={dockingId} run={run} />,
                },
                {
                  key: 'parked',
                  label: `${t('parked')} (${run.counts.parked})`,
                  children: <Parked dockingId={dockingId} runId={run.runId} />,
                },
                { key: 'calls', label: `${t('calls')} (${run.calls})`, children: <Calls run={run} /> },
              ]}
            />
          </Card>
        </>
      )}
    </RunFrame>
  );
}

function Parked({ dockingId, runId }: { dockingId: string; runId: string }): ReactNode {
  const { t } = useTranslation('directory');
  const { data, error, isPending, refetch } = useParked(dockingId, runId);
  return (
    <Flex vertical gap="middle">
      <Typography.Text type="secondary">{t('parkedWhy')}</Typography.Text>
      <ProblemAlert problem={error} retry={refetch} />
      <Table<ParkedRecord>
        rowKey={({ kind, recordId }) => `${kind}:${recordId}`}
        size="small"
        loading={isPending}
        dataSource={data?.items ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        locale={{ emptyText: t('parkedNone') }}
        columns={[
          { title: t('record'), render: (_, { kind, recordId }) => `${t(`recordKind.${kind}`)} ${recordId}` },
          { title: t('reason'), dataIndex: 'reason' },
        ]}
      />
    </Flex>
  );
}

function Calls({ run }: { run: SyncRun }): ReactNode {
  const { t } = useTranslation('directory');
  const format = useFormat();
  return (
    <Table<SyncRun['callsByApi'][number]>
      rowKey="api"
      size="small"
      dataSource={run.callsByApi}
      pagination={false}
      locale={{ emptyText: '–' }}
      columns={[
        { title: t('api'), render: (_, { api }) => <Typography.Text code>{api}</Typography.Text> },
        { title: t('calls'), align: 'right', render: (_, { calls }) => format.number(calls) },
      ]}
    />
  );
}
