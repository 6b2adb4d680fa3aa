/** Runs and their reports, latest first. */
import { Button, Card, Flex, Table } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDockingId } from '../dockings/docking';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import { pageOf } from './paths';
import { failureText, kindText } from './reasons';
import { RunState } from './run-state';
import { useRuns } from './runs';
import type { BindingRun } from './shapes';

export function RunsTab(): ReactNode {
  const { t } = useTranslation('bindings');
  const format = useFormat();
  const dockingId = useDockingId();
  const runs = useRuns(dockingId);
  return (
    <Card>
      <Flex vertical gap="middle">
        <ProblemAlert problem={runs.error} retry={runs.refetch} />
        <Table<BindingRun>
          rowKey="runId"
          size="small"
          loading={runs.isPending}
          dataSource={runs.data?.pages.flatMap(({ items }) => items) ?? []}
          pagination={false}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: t('run.none') }}
          columns={[
            {
              title: t('run.startedAt', { ns: 'console' }),
              render: (_, { runId, startedAt }) => (
                <Link to={pageOf(dockingId, 'runs', runId)}>{format.time(startedAt)}</Link>
              ),
            },
            { title: t('run.kindTitle'), render: (_, run) => kindText(run, t) },
            { title: t('stateTitle'), render: (_, run) => <RunState run={run} /> },
            {
              title: t('run.progress'),
              align: 'right',
              // Not every kind of run keeps count.
              render: (_, { progress: { done, total } }) =>
                total === 0 ? '–' : `${format.number(done)} / ${format.number(total)}`,
            },
            { title: t('reasonTitle'), render: (_, run) => failureText(run, t) },
            { title: t('run.startedBy', { ns: 'console' }), dataIndex: 'startedBy' },
          ]}
        />
        {runs.hasNextPage && (
          <Button loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
            {t('more', { ns: 'console' })}
          </Button>
        )}
      </Flex>
    </Card>
  );
}
