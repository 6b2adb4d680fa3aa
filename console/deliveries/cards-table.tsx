/** Cards, each with its proof behind it. */
import { Button, Flex, Table } from 'antd';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import { useReasonText } from '../reminders/reason-text';
import { useNames, type Names } from '../reminders/people';
import { CardDetails } from './card-details';
import type { useDeliveries } from './deliveries';
import { ShortId } from './short-id';
import type { Delivery } from './shapes';
import { DeliveryStateTag } from './state-tag';

/** The agent whom it is for; of a digest the employee, else the chat or webhook. */
function receiverOf(
  { agentId, employeeId, target }: Delivery,
  names: Names,
  t: TFunction<'deliveries'>,
): string {
  if (agentId) return names.agent(agentId);
  if (employeeId) return names.employee(employeeId);
  return target ? t(`targets.${target.kind}`) : '–';
}

export interface CardsTableProps {
  dockingId: string;
  cards: ReturnType<typeof useDeliveries>;
  none: string;
  /** Given where cards can be picked. */
  selection?: { chosen: readonly string[]; onChoose: (ids: string[]) => void };
  /** A last column, such as a button. */
  action?: (delivery: Delivery) => ReactNode;
}

export function CardsTable({ dockingId, cards, none, selection, action }: CardsTableProps): ReactNode {
  const { t } = useTranslation('deliveries');
  const format = useFormat();
  const names = useNames(dockingId);
  const reason = useReasonText();
  return (
    <Flex vertical gap="middle">
      <ProblemAlert problem={cards.error} retry={cards.refetch} />
      <Table<Delivery>
        rowKey="id"
        size="small"
        loading={cards.isFetching && !cards.isFetchingNextPage}
        dataSource={cards.data?.pages.flatMap(({ items }) => items) ?? []}
        pagination={false}
        scroll={{ x: 1100 }}
        locale={{ emptyText: none }}
        {...(selection
          ? {
              rowSelection: {
                selectedRowKeys: [...selection.chosen],
                onChange: (keys) => selection.onChoose(keys.map(String)),
              },
            }
          : {})}
        expandable={{
          // Keeps what is opened as wide as the page, where the table is wider.
          fixed: 'start',
          expandRowByClick: true,
          expandedRowRender: (delivery) => <CardDetails dockingId={dockingId} delivery={delivery} />,
        }}
        columns={[
          { title: t('plannedAt'), render: (_, { plannedAt }) => format.time(plannedAt) },
          { title: t('receiver'), render: (_, delivery) => receiverOf(delivery, names, t) },
          {
            title: t('role'),
            render: (_, { role }) => t(`roles.${role}`, { ns: 'reminders', defaultValue: role }),
          },
          { title: t('ticket'), render: (_, { ticketId }) => <ShortId id={ticketId} /> },
          { title: t('stateTitle'), render: (_, { state }) => <DeliveryStateTag state={state} /> },
          {
            title: t('reason'),
            width: 280,
            render: (_, delivery) => (delivery.reason === null ? '–' : reason(delivery.reason)),
          },
          { title: t('attempts'), align: 'right', render: (_, { attempts }) => format.number(attempts) },
          { title: t('sentAt'), render: (_, { sentAt }) => format.time(sentAt) },
          { title: t('readAt'), render: (_, { readAt }) => format.time(readAt) },
          ...(action ? [{ title: '', render: (_: unknown, delivery: Delivery) => action(delivery) }] : []),
        ]}
      />
      {cards.hasNextPage && (
        <Button loading={cards.isFetchingNextPage} onClick={() => void cards.fetchNextPage()}>
          {t('more', { ns: 'console' })}
        </Button>
      )}
    </Flex>
  );
}
