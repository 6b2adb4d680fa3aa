/** A second binding was refused: who is bound, and the way to replace them knowingly. */
import { Alert, Button, Flex, Spin } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { agentOf, employeeOf, useStandingInTheWay } from './bind';
import type { Pair } from './shapes';

interface Props {
  dockingId: string;
  pair: Pair;
  busy: boolean;
  onReplace: () => void;
}

export function InTheWay({ dockingId, pair, busy, onReplace }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const format = useFormat();
  const { data: standing, isPending } = useStandingInTheWay(dockingId, pair);
  const free = standing?.length === 0;
  return (
    <Alert
      type={free ? 'info' : 'warning'}
      showIcon
      title={free ? t('conflict.free') : t('conflict.title')}
      description={
        <Flex vertical gap="small" align="start">
          {isPending && <Spin size="small" />}
          {standing?.map((one) => (
            <div key={one.id}>
              {t('conflict.bound', {
                employee: employeeOf(one),
                agent: agentOf(one),
                at: format.time(one.createdAt),
                by: one.createdBy,
              })}
            </div>
          ))}
          {!free && <div>{t('conflict.effect')}</div>}
          <Button danger={!free} loading={busy} disabled={isPending} onClick={onReplace}>
            {free ? t('conflict.bind') : t('conflict.replace')}
          </Button>
        </Flex>
      }
    />
  );
}
