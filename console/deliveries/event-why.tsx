/** The "why" of one event: rule by rule with its conditions, then receiver by receiver. */
import { Alert, Collapse, Descriptions, Flex, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { EventReceivers } from './event-receivers';
import { FurtherWords } from './further-words';
import { ShortId } from './short-id';
import type { JudgedRule, TicketEvent } from './shapes';
import { TraceTree } from './trace-tree';

export function EventWhy({ dockingId, event }: { dockingId: string; event: TicketEvent }): ReactNode {
  const { t } = useTranslation('deliveries');
  const format = useFormat();
  return (
    <Flex vertical gap="middle" role="region" aria-label={t('why.title')}>
      <Typography.Text strong>{event.summary}</Typography.Text>
      {event.stale && <Alert type="info" showIcon title={t('why.stale')} />}
      <Descriptions
        size="small"
        column={{ xs: 1, md: 3 }}
        items={[
          { label: t('eventId'), children: <ShortId id={event.eventId} /> },
          { label: t('occurredAt'), children: format.time(event.occurredAt) },
          { label: t('receivedAt'), children: format.time(event.receivedAt) },
          {
            label: t('entrance'),
            children: t(`entrances.${event.entrance}`, { defaultValue: event.entrance }),
          },
          { label: t('rulesVersion'), children: event.rulesVersion ?? '–' },
        ]}
      />
      <FurtherWords dockingId={dockingId} event={event} />
      {event.rules.length > 0 && (
        <>
          <Typography.Text strong>{t('why.rules')}</Typography.Text>
          <Collapse
            size="small"
            defaultActiveKey={event.rules.length === 1 ? event.rules.map(({ ruleId }) => ruleId) : []}
            items={event.rules.map((rule) => ({
              key: rule.ruleId,
              label: <RuleLine rule={rule} />,
              children: rule.trace ? <TraceTree trace={rule.trace} /> : t('why.noTrace'),
            }))}
          />
        </>
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
