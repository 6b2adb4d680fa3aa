/** The "why" of one event: rule by rule with its conditions, then receiver by receiver. */
import { Alert, Collapse, Descriptions, Flex, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { useSaid } from '../reminders/catalogue';
import { EventReceivers } from './event-receivers';
import { ShortId } from './short-id';
import type { JudgedRule, TicketEvent } from './shapes';
import { TraceTree } from './trace-tree';

export function EventWhy({ dockingId, event }: { dockingId: string; event: TicketEvent }): ReactNode {
  const { t } = useTranslation('deliveries');
  const format = useFormat();
  const say = useSaid();
  const { en, zh } = event.explanation;
  return (
    <Flex vertical gap="middle" role="region" aria-label={t('why.title')}>
      {event.stale && <Alert type="info" showIcon title={t('why.stale')} />}
      <Descriptions
        size="small"
        column={{ xs: 1, md: 3 }}
        items={[
          { label: t('eventId'), children: <ShortId id={event.eventId} /> },
          { label: t('occurredAt'), children: format.time(event.occurredAt) },
          { label: t('receivedAt'), children: format.time(event.receivedAt) },
          { label: t('entrance'), children: event.entrance },
          { label: t('rulesVersion'), children: event.rulesVersion ?? '–' },
        ]}
      />
      <Typography.Text strong>{t('why.rules')}</Typography.Text>
      {event.rules.length > 0 ? (
        <Collapse
          size="small"
          defaultActiveKey={event.rules.length === 1 ? event.rules.map(({ ruleId }) => ruleId) : []}
          items={event.rules.map((rule) => ({
            key: rule.ruleId,
            label: <RuleLine rule={rule} />,
            children: rule.trace ? <TraceTree trace={rule.trace} /> : t('why.noTrace'),
          }))}
        />
      ) : (
        // No rule was asked, or none listens: the API says which.
        <Typography.Text type="secondary">{say({ en: en.join(' '), zh: zh.join('') })}</Typography.Text>
      )}
      <Typography.Text strong>{t('why.receivers')}</Typography.Text>
      <EventReceivers dockingId={dockingId} event={event} />
    </Flex>
  );
}

function RuleLine({ rule }: { rule: JudgedRule }): ReactNode {
  const { t } = useTranslation('deliveries');
  return (
    <Flex gap="small" align="center">
      <Tag color={rule.matched ? 'green' : 'default'}>
        {t(rule.matched ? 'why.matched' : 'why.notMatched')}
      </Tag>
      {rule.name}
    </Flex>
  );
}
