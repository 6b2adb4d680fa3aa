import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DockingState } from '../http/shapes';

const COLOUR: Record<DockingState, string> = {
  'setting-up': 'blue',
  'in-review': 'gold',
  live: 'green',
  paused: 'orange',
  disabled: 'default',
};

export function StateTag({ state }: { state: DockingState }): ReactNode {
  const { t } = useTranslation('dockings');
  return <Tag color={COLOUR[state]}>{t(`state.${state}`)}</Tag>;
}
