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
  return (
    <Alert
      type="warning"
      showIcon
      title={t('conflict.title')}
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
          <div>{t('conflict.effect')}</div>
          <Button danger loading={busy} disabled={isPending} onClick={onReplace}>
            {t('conflict.replace')}
          </Button>
        </Flex>
      }
    />
  );
}
