import { Flex, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { whyNot } from './reasons';
import type { Binding } from './shapes';

/** Would a card reach them now, and if not, why. */
export function Deliverability({ binding }: { binding: Binding }): ReactNode {
  const { t } = useTranslation('bindings');
  const { ok, reasons } = binding.deliverability;
  if (ok) return <Tag color="green">{t('reachable')}</Tag>;
  return (
    <Flex vertical align="start">
      <Tag color="red">{t('unreachable')}</Tag>
      {reasons.map((reason) => (
        <Typography.Text key={reason} type="secondary" style={{ fontSize: 12 }}>
          {whyNot(reason, t)}
        </Typography.Text>
      ))}
    </Flex>
  );
}
