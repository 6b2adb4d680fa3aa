/** What became of each person, why, and what to do next. */
import { Button, Flex, Table, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../http/problem';
import { OutcomeCounts } from './outcome-counts';
import { OutcomeTag } from './outcome-tag';
import { nextStepText, reasonText } from './reasons';
import { useReport } from './runs';
import type { Outcome, RunReport as Run, RunResult } from './shapes';

export function RunReport({ dockingId, run }: { dockingId: string; run: Run }): ReactNode {
  const { t } = useTranslation('bindings');
  const [only, setOnly] = useState<Outcome | 'all'>('all');
  const report = useReport(dockingId, run, only === 'all' ? undefined : only);
  return (
    <Flex vertical gap="middle" align="start">
      <OutcomeCounts outcomes={run.outcomes} foreseen={run.dryRun} value={only} onChange={setOnly} />
      <ProblemAlert problem={report.error} retry={report.refetch} />
      <Table<RunResult>
        rowKey={({ employeeId, agentId }) => `${employeeId ?? ''}/${agentId ?? ''}`}
        size="small"
        style={{ width: '100%' }}
        loading={report.isPending}
        dataSource={report.data?.pages.flatMap(({ results }) => results) ?? []}
        pagination={false}
        locale={{ emptyText: t('run.nobody') }}
        columns={[
          {
            title: t('employee'),
            width: 190,
            render: (_, { employeeName, employeeId }) => named(employeeName, employeeId),
          },
          { title: t('agent'), width: 190, render: (_, { agentName, agentId }) => named(agentName, agentId) },
          {
            title: t('outcomeTitle'),
            width: 170,
            render: (_, { outcome }) => <OutcomeTag outcome={outcome} foreseen={run.dryRun} />,
          },
          { title: t('reasonTitle'), render: (_, { reason }) => reasonText(reason, t) },
          { title: t('nextTitle'), render: (_, result) => nextStepText(result, t) ?? '–' },
        ]}
      />
      {report.hasNextPage && (
        <Button block loading={report.isFetchingNextPage} onClick={() => void report.fetchNextPage()}>
          {t('more', { ns: 'console' })}
        </Button>
      )}
    </Flex>
  );
}

function named(name: string | null, id: string | null): ReactNode {
  if (id === null) return '–';
  return (
    <Flex vertical>
      <span>{name ?? id}</span>
      {name && (
        <Typography.Text type="secondary" ellipsis={{ tooltip: id }} style={{ fontSize: 12, maxWidth: 170 }}>
          {id}
        </Typography.Text>
      )}
    </Flex>
  );
}
