/** Start a sync, watch the one under way, and look back at earlier ones. */
import { Button, Card, Flex, Popconfirm, Table, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useDockingId } from '../dockings/docking';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import { useMay } from '../session/signed-in';
import { GuardLimits } from './guard-limits';
import { NightlyCost } from './nightly-cost';
import { countsText } from './run-counts';
import { RunProgress } from './run-progress';
import { RunState } from './run-state';
import { isPulling, isUnderWay, type SyncRun } from './shapes';
import { useStart, useSyncs } from './syncs';

export function RunsTab(): ReactNode {
  const { t } = useTranslation('directory');
  const format = useFormat();
  const dockingId = useDockingId();
  const { data, error, isPending, refetch } = useSyncs(dockingId);
  const current = data?.items.find((run) => isPulling(run));
  const page = (run: SyncRun): string => `/dockings/${dockingId}/directory/syncs/${run.runId}`;
  return (
    <Flex vertical gap="middle">
      <ProblemAlert problem={error} retry={refetch} />
      <StartBar dockingId={dockingId} busy={data?.items.some(isUnderWay) ?? true} />
      {current && (
        <Card
          title={<Link to={page(current)}>{t('underWay')}</Link>}
          extra={<RunState state={current.state} />}
        >
          <RunProgress dockingId={dockingId} run={current} />
        </Card>
      )}
      <Card title={t('runs')}>
        <Table<SyncRun>
          rowKey="runId"
          size="small"
          loading={isPending}
          dataSource={data?.items ?? []}
          pagination={false}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: t('runsNone') }}
          columns={[
            {
              title: t('run.startedAt', { ns: 'console' }),
              render: (_, run) => <Link to={page(run)}>{format.time(run.startedAt)}</Link>,
            },
            { title: t('modeTitle'), render: (_, { mode }) => t(`mode.${mode}`) },
            { title: t('stateTitle'), render: (_, { state }) => <RunState state={state} /> },
            { title: t('changes'), render: (_, run) => (isPulling(run) ? '–' : countsText(run, t, format)) },
            { title: t('calls'), align: 'right', render: (_, { calls }) => format.number(calls) },
            {
              title: t('took'),
              render: (_, { startedAt, finishedAt }) =>
                finishedAt ? format.duration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000) : '–',
            },
            { title: t('run.startedBy', { ns: 'console' }), dataIndex: 'startedBy' },
          ]}
        />
      </Card>
      <NightlyCost dockingId={dockingId} />
      <GuardLimits dockingId={dockingId} />
    </Flex>
  );
}

function StartBar({ dockingId, busy }: { dockingId: string; busy: boolean }): ReactNode {
  const { t } = useTranslation('directory');
  const may = useMay();
  const navigate = useNavigate();
  const start = useStart(dockingId);
  const follow = ({ runId }: { runId: string }): void =>
    void navigate(`/dockings/${dockingId}/directory/syncs/${runId}`);
  if (!may.operate) return null;
  return (
    <Flex gap="small" align="center" wrap>
      <Button
        type="primary"
        disabled={busy}
        loading={start.isPending}
        onClick={() => start.mutate('preview', { onSuccess: follow })}
      >
        {t('preview')}
      </Button>
      <Popconfirm title={t('syncSure')} onConfirm={() => start.mutate('apply')} disabled={busy}>
        <Button disabled={busy}>{t('syncNow')}</Button>
      </Popconfirm>
      <Typography.Text type="secondary">{busy ? t('busy') : t('previewWhat')}</Typography.Text>
    </Flex>
  );
}
