/** Who is bound to whom, by whom, and whether a card would arrive. */
import { Table, Tag, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { agentOf, employeeOf } from './bind';
import { Deliverability } from './deliverability';
import { whyNot } from './reasons';
import { RowActions } from './row-actions';
import type { Binding } from './shapes';

interface Props {
  dockingId: string;
  bindings: Binding[];
  loading: boolean;
  onRebind: (binding: Binding) => void;
}

export function BindingTable({ dockingId, bindings, loading, onRebind }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const format = useFormat();
  return (
    <Table<Binding>
      rowKey="id"
      size="small"
      loading={loading}
      dataSource={bindings}
      pagination={false}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: t('none') }}
      columns={[
        {
          title: t('employee'),
          render: (_, one) => <Tooltip title={one.employeeId}>{employeeOf(one)}</Tooltip>,
        },
        { title: t('department'), render: (_, one) => departmentsOf(one) || '–' },
        { title: t('agent'), render: (_, one) => <Tooltip title={one.agentId}>{agentOf(one)}</Tooltip> },
        { title: t('methodTitle'), render: (_, { method }) => t(`method.${method}`) },
        {
          title: t('boundBy'),
          width: 120,
          ellipsis: true,
          // Whoever bound themselves is in the row already.
          render: (_, { method, createdBy }) => (method === 'self' ? '–' : createdBy),
        },
        { title: t('boundAt'), render: (_, { createdAt }) => format.time(createdAt) },
        {
          title: t('stateTitle'),
          render: (_, { state, suspendedReason }) => (
            <Tooltip title={suspendedReason && whyNot(suspendedReason, t)}>
              <Tag color={state === 'active' ? 'green' : 'orange'}>{t(`state.${state}`)}</Tag>
            </Tooltip>
          ),
        },
        { title: t('deliverability'), render: (_, one) => <Deliverability binding={one} /> },
        {
          title: t('lastMessage'),
          render: (_, { lastDelivery }) => (
            <Tooltip title={lastDelivery && format.time(lastDelivery.at)}>
              {format.since(lastDelivery?.at)}
            </Tooltip>
          ),
        },
        {
          title: '',
          fixed: 'end',
          align: 'right',
          render: (_, one) => <RowActions dockingId={dockingId} binding={one} onRebind={onRebind} />,
        },
      ]}
    />
  );
}

const departmentsOf = ({ departments }: Binding): string =>
  departments.map(({ departmentId, name }) => name ?? departmentId).join(' / ');
