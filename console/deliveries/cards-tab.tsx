/** Every card, found by where it stands, whom it is for, or its ticket. */
import { Button, Card, Flex, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../dockings/docking';
import { AgentSelect } from '../reminders/agent-select';
import { CardsTable } from './cards-table';
import { useDeliveries } from './deliveries';
import { oneOf, useFilters } from './filters';
import { DELIVERY_STATES, type DeliveryState } from './shapes';
import { TicketFilter } from './ticket-filter';

export function CardsTab(): ReactNode {
  const { t } = useTranslation('deliveries');
  const dockingId = useDockingId();
  const filters = useFilters();
  const state = oneOf(DELIVERY_STATES, filters.get('state'));
  const agent = filters.get('agent');
  const cards = useDeliveries(dockingId, { state, agent, ticket: filters.get('ticket') });
  return (
    <Card>
      <Flex vertical gap="middle">
        <Flex gap="small" wrap>
          <Select<DeliveryState>
            allowClear
            aria-label={t('stateTitle')}
            placeholder={t('stateTitle')}
            style={{ width: 200 }}
            value={state ?? null}
            options={DELIVERY_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
            onChange={(chosen: DeliveryState | undefined) => filters.set({ state: chosen })}
          />
          <AgentSelect
            dockingId={dockingId}
            label={t('agent')}
            value={agent}
            onChange={(chosen) => filters.set({ agent: chosen })}
          />
          <TicketFilter value={filters.get('ticket')} onChange={(ticket) => filters.set({ ticket })} />
          <Button loading={cards.isRefetching} onClick={() => void cards.refetch()}>
            {t('refresh')}
          </Button>
        </Flex>
        <CardsTable dockingId={dockingId} cards={cards} none={t('cardsNone')} />
      </Flex>
    </Card>
  );
}
