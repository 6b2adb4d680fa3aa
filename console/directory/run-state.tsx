import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncState } from './shapes';

const COLOUR: Record<SyncState, string> = {
  running: 'processing',
  paused: 'orange',
  'awaiting-apply': 'blue',
  guarded: 'volcano',
  applied: 'green',
  discarded: 'default',
  failed: 'red',
};

export function RunState({ state }: { state: SyncState }): ReactNode {
  const { t } = useTranslation('directory');
  return <Tag color={COLOUR[state]}>{t(`state.${state}`)}</Tag>;
}
