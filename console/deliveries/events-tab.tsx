/** What the ticket system sent, newest first; each says why who was told and who was not. */
import { Button, Card, Flex, Select, Table } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../dockings/docking';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import { useCatalogue } from '../reminders/catalogue';
import { useEvents } from './deliveries';
import { EventWhy } from './event-why';
import { oneOf, useFilters } from './filters';
import { ShortId } from './short-id';
import { EVENT_STATES, type EventState, type Outcome, type TicketEvent } from './shapes';
import { OutcomeTag } from './state-tag';
import { TicketFilter } from './ticket-filter';

export function EventsTab(): ReactNode {
  const { t } = useTranslation('deliveries');
  const format = useFormat();
  const dockingId = useDockingId();
  const filters = useFilters();
  const { data: catalogue } = useCatalogue();
  const state = oneOf(EVENT_STATES, filters.get('state'));
  const type = filters.get('type');
  const events = useEvents(dockingId, { ticket: filters.get('ticket'), type, state });
  const typeName = (name: string): string => t(`trigger.${name}`, { ns: 'reminders', defaultValue: name });
  return (
    <Card>
      <Flex vertical gap="middle">
        <Flex gap="small" wrap>
          <TicketFilter value={filters.get('ticket')} onChange={(ticket) => filters.set({ ticket })} />
          <Select<string>
            allowClear
            aria-label={t('type')}
            placeholder={t('type')}
            style={{ width: 240 }}
            value={type ?? null}
            showSearch={{ optionFilterProp: 'label' }}
            options={catalogue?.triggers.map((value) => ({ value, label: typeName(value) })) ?? []}
            onChange={(chosen: string | undefined) => filters.set({ type: chosen })}
          />
          <Select<EventState>
            allowClear
            aria-label={t('stateTitle')}
            placeholder={t('stateTitle')}
            style={{ width: 200 }}
            value={state ?? null}
            options={EVENT_STATES.map((value) => ({ value, label: t(`eventState.${value}`) }))}
            onChange={(chosen: EventState | undefined) => filters.set({ state: chosen })}
          />
          <Button loading={events.isRefetching} onClick={() => void events.refetch()}>
            {t('refresh')}
          </Button>
        </Flex>
        <ProblemAlert problem={events.error} retry={events.refetch} />
        <Table<TicketEvent>
          rowKey="eventId"
          size="small"
          loading={events.isFetching && !events.isFetchingNextPage}
          dataSource={events.data?.pages.flatMap(({ items }) => items) ?? []}
          pagination={false}
          scroll={{ x: 1000 }}
          locale={{ emptyText: t('eventsNone') }}
          expandable={{
            // Keeps what is opened as wide as the page, where the table is wider.
            fixed: 'start',
            expandRowByClick: true,
            expandedRowRender: (event) => <EventWhy dockingId={dockingId} event={event} />,
          }}
          columns={[
            { title: t('occurredAt'), render: (_, { occurredAt }) => format.time(occurredAt) },
            {
              title: t('type'),
              render: (_, event) => <span title={event.type}>{typeName(event.type)}</span>,
            },
            { title: t('ticket'), render: (_, { ticketId }) => <ShortId id={ticketId} /> },
            { title: t('stateTitle'), render: (_, event) => <Became event={event} /> },
            { title: t('why.rules'), render: (_, { rules }) => t('matchedOf', countsOf(rules)) },
            { title: t('why.receivers'), render: (_, event) => <Outcomes event={event} /> },
          ]}
        />
        {events.hasNextPage && (
          <Button loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
            {t('more', { ns: 'console' })}
          </Button>
        )}
      </Flex>
    </Card>
  );
}

const countsOf = (rules: TicketEvent['rules']): { matched: number; all: number } => ({
  matched: rules.filter(({ matched }) => matched).length,
  all: rules.length,
});

/** An event that was passed on is told by what became of it for people: that it was passed on is no word to anybody. */
function Became({ event: { state, receivers } }: { event: TicketEvent }): ReactNode {
  const { t } = useTranslation('deliveries');
  if (state !== 'handed-over') return t(`eventState.${state}`);
  const outcomes = new Set(receivers.map(({ outcome }) => outcome));
  if (outcomes.has('sent') || outcomes.has('digested')) return t('become.told');
  if (outcomes.has('pending')) return t('become.waits');
  if (outcomes.has('failed')) return t('become.failed');
  return t(outcomes.has('updated') ? 'become.shown' : 'become.none');
}

/** Each outcome with how many had it. */
function Outcomes({ event }: { event: TicketEvent }): ReactNode {
  const counts = new Map<Outcome, number>();
  for (const { outcome } of event.receivers) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  if (counts.size === 0) return '–';
  return (
    <Flex gap={4} wrap>
      {[...counts].map(([outcome, number]) => (
        <span key={outcome} style={{ whiteSpace: 'nowrap' }}>
          {number} <OutcomeTag outcome={outcome} />
        </span>
      ))}
    </Flex>
  );
}
