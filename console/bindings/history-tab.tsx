/** Who was bound to whom until when; by default everybody, else one employee or agent. */
import { Button, Card, Flex, Table, Tag, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useDockingId } from '../dockings/docking';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import { agentOf, employeeOf } from './bind';
import { useHistory } from './bindings';
import type { EndedBinding } from './shapes';

const SIDES = ['employeeId', 'agentId'] as const;

export function HistoryTab(): ReactNode {
  const { t } = useTranslation('bindings');
  const format = useFormat();
  const dockingId = useDockingId();
  const [address, setAddress] = useSearchParams();
  const only = Object.fromEntries(SIDES.map((side) => [side, address.get(side) ?? undefined]));
  const history = useHistory(dockingId, only);
  const items = history.data?.pages.flatMap((page) => page.items) ?? [];
  const narrow = (side: (typeof SIDES)[number], id: string, name: string): ReactNode => (
    <Tooltip title={t('ended.only')}>
      <Button
        type="link"
        size="small"
        style={{ paddingInline: 0 }}
        onClick={() => setAddress({ [side]: id })}
      >
        {name}
      </Button>
    </Tooltip>
  );
  return (
    <Card>
      <Flex vertical gap="middle" align="start">
        {SIDES.map((side) => {
          const id = only[side];
          const one = items.find((ended) => ended[side] === id);
          return (
            id && (
              <Tag key={side} closable onClose={() => setAddress({})}>
                {one ? (side === 'employeeId' ? employeeOf(one) : agentOf(one)) : id}
              </Tag>
            )
          );
        })}
        <ProblemAlert problem={history.error} retry={history.refetch} />
        <Table<EndedBinding>
          rowKey="id"
          size="small"
          style={{ width: '100%' }}
          loading={history.isPending || history.isPlaceholderData}
          dataSource={items}
          pagination={false}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: t('ended.none') }}
          columns={[
            {
              title: t('employee'),
              render: (_, one) => narrow('employeeId', one.employeeId, employeeOf(one)),
            },
            { title: t('agent'), render: (_, one) => narrow('agentId', one.agentId, agentOf(one)) },
            { title: t('methodTitle'), render: (_, { method }) => t(`method.${method}`) },
            { title: t('boundBy'), dataIndex: 'createdBy' },
            { title: t('boundAt'), render: (_, { createdAt }) => format.time(createdAt) },
            { title: t('ended.at'), render: (_, { endedAt }) => format.time(endedAt) },
            { title: t('ended.by'), dataIndex: 'endedBy' },
            { title: t('ended.becauseTitle'), render: (_, one) => t(`ended.because.${one.endedBecause}`) },
          ]}
        />
        {history.hasNextPage && (
          <Button block loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            {t('more', { ns: 'console' })}
          </Button>
        )}
      </Flex>
    </Card>
  );
}
