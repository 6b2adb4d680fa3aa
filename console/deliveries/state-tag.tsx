/** Where a card stands, and what became of one receiver of an event. */
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeliveryState, Outcome } from './shapes';

const STATE_COLOUR: Record<DeliveryState, string> = {
  planned: 'default',
  sending: 'processing',
  sent: 'green',
  failed: 'red',
  unknown: 'gold',
  'needs-attention': 'volcano',
};

export function DeliveryStateTag({ state }: { state: DeliveryState }): ReactNode {
  const { t } = useTranslation('deliveries');
  return <Tag color={STATE_COLOUR[state]}>{t(`state.${state}`)}</Tag>;
}

const OUTCOME_COLOUR: Record<Outcome | 'not-meant', string> = {
  sent: 'green',
  updated: 'cyan',
  digested: 'cyan',
  suppressed: 'gold',
  pending: 'default',
  failed: 'red',
  'not-meant': 'default',
};

export function OutcomeTag({ outcome }: { outcome: Outcome | 'not-meant' }): ReactNode {
  const { t } = useTranslation('deliveries');
  return <Tag color={OUTCOME_COLOUR[outcome]}>{t(`outcome.${outcome}`)}</Tag>;
}
