/** How many people of each outcome, which is also the way to see only those. */
import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { numberOf, OUTCOMES, type Outcome, type Outcomes } from './shapes';

interface Props {
  outcomes: Outcomes;
  foreseen: boolean;
  value: Outcome | 'all';
  onChange: (outcome: Outcome | 'all') => void;
}

export function OutcomeCounts({ outcomes, foreseen, value, onChange }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const format = useFormat();
  const present = OUTCOMES.filter((outcome) => outcomes[outcome]);
  const name = (outcome: Outcome): string =>
    foreseen && outcome === 'bound' ? t('wouldBind') : t(`outcome.${outcome}`);
  return (
    <Segmented<Outcome | 'all'>
      aria-label={t('outcomeTitle')}
      value={value}
      onChange={onChange}
      options={[
        { value: 'all', label: `${t('all')} ${format.number(numberOf(outcomes))}` },
        ...present.map((outcome) => ({
          value: outcome,
          label: `${name(outcome)} ${format.number(outcomes[outcome] ?? 0)}`,
        })),
      ]}
    />
  );
}
