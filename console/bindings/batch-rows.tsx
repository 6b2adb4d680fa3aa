/** What became, or would become, of each row of a list. */
import { Flex, Table } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { OutcomeCounts } from './outcome-counts';
import { OutcomeTag } from './outcome-tag';
import { reasonText } from './reasons';
import type { BatchAnswer, BatchRow, Outcome } from './shapes';

export function BatchRows({ answer }: { answer: BatchAnswer }): ReactNode {
  const { t } = useTranslation('bindings');
  const [only, setOnly] = useState<Outcome | 'all'>('all');
  const foreseen = answer.dryRun;
  const wanted = only !== 'all' && answer.outcomes[only] ? only : 'all';
  return (
    <Flex vertical gap="small" align="start">
      <OutcomeCounts outcomes={answer.outcomes} foreseen={foreseen} value={wanted} onChange={setOnly} />
      <Table<BatchRow>
        rowKey="line"
        size="small"
        style={{ width: '100%' }}
        scroll={{ y: 300 }}
        dataSource={answer.results.filter(({ outcome }) => wanted === 'all' || outcome === wanted)}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: t('paste.line'), width: 70, dataIndex: 'line' },
          { title: t('employee'), ellipsis: true, dataIndex: 'employee' },
          { title: t('agent'), ellipsis: true, dataIndex: 'agent' },
          {
            title: t('outcomeTitle'),
            width: 170,
            render: (_, { outcome }) => <OutcomeTag outcome={outcome} foreseen={foreseen} />,
          },
          { title: t('reasonTitle'), render: (_, { reason }) => reasonText(reason, t) },
        ]}
      />
    </Flex>
  );
}
