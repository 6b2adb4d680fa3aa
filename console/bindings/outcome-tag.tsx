import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outcome } from './shapes';

const COLOUR: Record<Outcome, string> = {
  bound: 'green',
  'already-bound': 'blue',
  'no-match': 'default',
  'several-matches': 'orange',
  'cross-match': 'orange',
  unreachable: 'red',
  invited: 'cyan',
  'created-unbound': 'volcano',
};

/** `foreseen`: nothing was written, it would come to this. */
export function OutcomeTag({
  outcome,
  foreseen = false,
}: {
  outcome: Outcome;
  foreseen?: boolean;
}): ReactNode {
  const { t } = useTranslation('bindings');
  return (
    <Tag color={COLOUR[outcome]}>
      {foreseen && outcome === 'bound' ? t('wouldBind') : t(`outcome.${outcome}`)}
    </Tag>
  );
}
