/** All that is known of one card: the proof of it. */
import { Descriptions, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../format';
import { useReasonText } from '../reminders/reason-text';
import type { Delivery } from './shapes';

const Copyable = ({ text }: { text: string | null | undefined }): ReactNode =>
  text ? (
    <Typography.Text copyable code>
      {text}
    </Typography.Text>
  ) : (
    '–'
  );

export function CardDetails({ dockingId, delivery }: { dockingId: string; delivery: Delivery }): ReactNode {
  const { t } = useTranslation('deliveries');
  const format = useFormat();
  const reason = useReasonText();
  const { target, notBefore, bundledInto, bundles, after, ticketId } = delivery;
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, lg: 2 }}
      items={[
        { label: t('deliveryId'), children: <Copyable text={delivery.id} /> },
        { label: t('messageId'), children: <Copyable text={delivery.messageId} /> },
        { label: t('uuid'), children: <Copyable text={delivery.uuid} /> },
        { label: t('logId'), children: <Copyable text={delivery.logId} /> },
        { label: t('attempts'), children: format.number(delivery.attempts) },
        { label: t('reason'), children: delivery.reason === null ? '–' : reason(delivery.reason) },
        { label: t('plannedAt'), children: format.time(delivery.plannedAt) },
        { label: t('firstAttemptAt'), children: format.time(delivery.firstAttemptAt) },
        { label: t('sentAt'), children: format.time(delivery.sentAt) },
        { label: t('readAt'), children: delivery.readAt ? format.time(delivery.readAt) : t('notRead') },
        { label: t('carriedBy'), children: delivery.carriedBy ? t(`carrier.${delivery.carriedBy}`) : '–' },
        {
          label: t('urgency'),
          children: t(`urgencies.${delivery.urgency}`, { ns: 'reminders' }),
        },
        {
          label: t('events'),
          children: ticketId ? (
            <Link to={`/dockings/${dockingId}/deliveries?ticket=${encodeURIComponent(ticketId)}`}>
              {t('eventsOf', { number: delivery.eventIds.length })}
            </Link>
          ) : (
            format.number(delivery.eventIds.length)
          ),
        },
        { label: t('byRules'), children: delivery.ruleIds.join(', ') || '–' },
        { label: t('employeeId'), children: <Copyable text={delivery.employeeId} /> },
        ...(target
          ? [
              {
                label: t('target'),
                children: target.kind === 'chat' ? <Copyable text={target.chatId} /> : t('webhook'),
              },
            ]
          : []),
        ...(notBefore ? [{ label: t('notBefore'), children: format.time(notBefore) }] : []),
        ...(bundledInto ? [{ label: t('bundledInto'), children: <Copyable text={bundledInto} /> }] : []),
        ...(bundles
          ? [{ label: t('bundles'), children: <Flex vertical>{bundles.deliveryIds.length}</Flex> }]
          : []),
        ...(after ? [{ label: t('after'), children: <Copyable text={after} /> }] : []),
      ]}
    />
  );
}
