/** Who could not be reached, and what each rule adds. */
import { Table } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Forecast } from '../../rules/forecast';
import { useReasonText } from './reason-text';
import { useNames } from './people';
import type { Simulation } from './shapes';

export function UnreachablePeople({
  dockingId,
  outcome,
}: {
  dockingId: string;
  outcome: Simulation;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const names = useNames(dockingId);
  const reason = useReasonText();
  return (
    <Table<Forecast['unreachable'][number]>
      rowKey={({ personId, reason: code }) => `${personId} ${code}`}
      size="small"
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      dataSource={outcome.draft.unreachable}
      locale={{ emptyText: t('simulation.unreachableNone') }}
      columns={[
        { title: t('simulation.person'), render: (_, { personId }) => names.person(personId) },
        { title: t('simulation.reason'), render: (_, one) => reason(one.reason) },
        { title: t('simulation.missed'), align: 'right', dataIndex: 'messages' },
      ]}
    />
  );
}

export function RulesForecast({ outcome }: { outcome: Simulation }): ReactNode {
  const { t } = useTranslation('reminders');
  const before = new Map(outcome.now.rules.map((rule) => [rule.ruleId, rule.messages]));
  return (
    <Table<Forecast['rules'][number]>
      rowKey="ruleId"
      size="small"
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      dataSource={outcome.draft.rules}
      columns={[
        { title: t('name'), dataIndex: 'name' },
        { title: t('simulation.matched'), align: 'right', dataIndex: 'matched' },
        { title: t('simulation.withoutReceiver'), align: 'right', dataIndex: 'nobody' },
        {
          title: t('simulation.now'),
          align: 'right',
          render: (_, { ruleId }) => before.get(ruleId) ?? '–',
        },
        { title: t('simulation.draft'), align: 'right', dataIndex: 'messages' },
      ]}
    />
  );
}
