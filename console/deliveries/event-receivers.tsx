/** Receiver by receiver: what became of it, why, and the card that tells it. */
import { Table, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useReasonText } from '../reminders/reason-text';
import { useNames } from '../reminders/people';
import { ShortId } from './short-id';
import type { EventReceiver, TicketEvent } from './shapes';
import { OutcomeTag } from './state-tag';

export function EventReceivers({ dockingId, event }: { dockingId: string; event: TicketEvent }): ReactNode {
  const { t } = useTranslation('deliveries');
  const names = useNames(dockingId);
  const reason = useReasonText();
  const ruleName = (id: string): string => event.rules.find(({ ruleId }) => ruleId === id)?.name ?? id;
  const who = ({ agentId, employeeId }: EventReceiver): string =>
    agentId ? names.agent(agentId) : employeeId ? names.employee(employeeId) : '–';
  return (
    <Table<EventReceiver & { place: number }>
      rowKey="place"
      size="small"
      pagination={false}
      // One person may stand there several times, for one role too.
      dataSource={event.receivers.map((one, place) => ({ ...one, place }))}
      scroll={{ x: 800 }}
      locale={{ emptyText: t('why.noReceivers') }}
      columns={[
        {
          title: t('receiver'),
          render: (_, one) => (
            <>
              {who(one)}{' '}
              <Typography.Text type="secondary">
                {t(`roles.${one.role}`, { ns: 'reminders', defaultValue: one.role })}
              </Typography.Text>
            </>
          ),
        },
        { title: t('outcomeTitle'), render: (_, { outcome }) => <OutcomeTag outcome={outcome} /> },
        {
          title: t('reason'),
          width: '35%',
          render: (_, one) =>
            one.reason === null ? one.detail : <span title={one.detail}>{reason(one.reason)}</span>,
        },
        { title: t('byRules'), render: (_, { ruleIds }) => ruleIds.map(ruleName).join(', ') || '–' },
        {
          title: t('delivery'),
          render: (_, { deliveryId, carriedByDeliveryId }) =>
            deliveryId ? (
              <Link
                to={`/dockings/${dockingId}/deliveries/cards?ticket=${encodeURIComponent(event.ticketId)}`}
              >
                {t(carriedByDeliveryId ? 'inDigest' : 'card')}
              </Link>
            ) : (
              '–'
            ),
        },
        { title: t('messageId'), render: (_, { messageId }) => <ShortId id={messageId} /> },
      ]}
    />
  );
}
