/** For somebody who misses a card: why agent X heard nothing about ticket Y. */
import { Alert, Button, Card, Flex, Form, Input, Skeleton, Table, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../dockings/docking';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import { AgentSelect } from '../reminders/agent-select';
import { useNames } from '../reminders/people';
import { useReasonText } from '../reminders/reason-text';
import { useEvent, useWhy } from './deliveries';
import { EventWhy } from './event-why';
import { useFilters } from './filters';
import type { WhyForAgent } from './shapes';
import { OutcomeTag } from './state-tag';

export function MissingTab(): ReactNode {
  const { t } = useTranslation('deliveries');
  const dockingId = useDockingId();
  const filters = useFilters();
  const [agent, setAgent] = useState(filters.get('agent'));
  const [ticket, setTicket] = useState(filters.get('ticket') ?? '');
  const why = useWhy(dockingId, filters.get('ticket'), filters.get('agent'));
  const ask = (): void => {
    const wanted = { agent, ticket: ticket.trim() };
    if (wanted.agent === filters.get('agent') && wanted.ticket === filters.get('ticket')) void why.refetch();
    else filters.set(wanted);
  };
  return (
    <Card>
      <Flex vertical gap="middle">
        <Typography.Text type="secondary">{t('missing.what')}</Typography.Text>
        <Form layout="inline" style={{ rowGap: 8 }} onFinish={ask}>
          <Form.Item label={t('agent')}>
            <AgentSelect dockingId={dockingId} label={t('agent')} value={agent} onChange={setAgent} />
          </Form.Item>
          <Form.Item label={t('ticketId')} htmlFor="missing-ticket">
            <Input
              id="missing-ticket"
              style={{ width: 'min(320px, 48vw)' }}
              value={ticket}
              onChange={({ target }) => setTicket(target.value)}
            />
          </Form.Item>
          <Button
            type="primary"
            htmlType="submit"
            disabled={agent === undefined || ticket.trim() === ''}
            loading={why.isFetching}
          >
            {t('missing.ask')}
          </Button>
        </Form>
        <ProblemAlert problem={why.error} />
        {why.data && <Answer dockingId={dockingId} why={why.data} />}
      </Flex>
    </Card>
  );
}

const TOLD: ReadonlySet<string> = new Set(['sent', 'updated', 'digested']);

function Answer({ dockingId, why }: { dockingId: string; why: WhyForAgent }): ReactNode {
  const { t } = useTranslation('deliveries');
  const format = useFormat();
  const names = useNames(dockingId);
  const reason = useReasonText();
  const told = why.events.filter(({ outcome }) => TOLD.has(outcome)).length;
  return (
    <Flex vertical gap="middle">
      <Alert
        type={why.bound === 'active' && told > 0 ? 'info' : 'warning'}
        showIcon
        title={
          why.events.length === 0
            ? t('missing.neverCame')
            : t('missing.summary', { events: why.events.length, told, agent: names.agent(why.agentId) })
        }
        description={t(`missing.bound.${why.bound}`)}
      />
      <Table<WhyForAgent['events'][number]>
        rowKey="eventId"
        size="small"
        pagination={false}
        dataSource={why.events}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('eventsNone') }}
        expandable={{
          // Keeps what is opened as wide as the page, where the table is wider.
          fixed: 'start',
          expandRowByClick: true,
          expandedRowRender: ({ eventId }) => <WholeWhy dockingId={dockingId} eventId={eventId} />,
        }}
        columns={[
          { title: t('occurredAt'), render: (_, { occurredAt }) => format.time(occurredAt) },
          {
            title: t('type'),
            render: (_, { type }) => t(`trigger.${type}`, { ns: 'reminders', defaultValue: type }),
          },
          { title: t('outcomeTitle'), render: (_, { outcome }) => <OutcomeTag outcome={outcome} /> },
          {
            title: t('reason'),
            render: (_, one) =>
              one.reason === null ? '–' : t(`reasons.${one.reason}`, { defaultValue: reason(one.reason) }),
          },
        ]}
      />
    </Flex>
  );
}

function WholeWhy({ dockingId, eventId }: { dockingId: string; eventId: string }): ReactNode {
  const { data, error, refetch } = useEvent(dockingId, eventId);
  if (data) return <EventWhy dockingId={dockingId} event={data} />;
  return error ? <ProblemAlert problem={error} retry={refetch} /> : <Skeleton active />;
}
