import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChecklistItem } from './shapes';

const COLOUR: Record<ChecklistItem['state'], string> = {
  passed: 'green',
  failed: 'red',
  waiting: 'gold',
  unknown: 'default',
};

/** What only warns never looks like what blocks. */
export function ItemState({ item: { state, blocking } }: { item: ChecklistItem }): ReactNode {
  const { t } = useTranslation('setup');
  return state === 'failed' && !blocking ? (
    <Tag color="orange">{t('items.failedWarning')}</Tag>
  ) : (
    <Tag color={COLOUR[state]}>{t(`items.states.${state}`)}</Tag>
  );
}
