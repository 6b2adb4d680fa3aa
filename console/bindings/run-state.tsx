import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BindingRun } from './shapes';

const COLOUR: Record<BindingRun['state'] | 'cancelled', string> = {
  running: 'processing',
  paused: 'orange',
  done: 'green',
  failed: 'red',
  cancelled: 'default',
};

export function RunState({ run }: { run: BindingRun }): ReactNode {
  const { t } = useTranslation('bindings');
  const state = run.state === 'failed' && run.reason === 'cancelled' ? 'cancelled' : run.state;
  return <Tag color={COLOUR[state]}>{t(`run.state.${state}`)}</Tag>;
}
