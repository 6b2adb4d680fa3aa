/** How an automatic run looks for people: by what, in which order, and how it reads numbers. */
import { Flex, Radio, Select, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_REGION, regionOptions } from './regions';
import type { Criterion, Matching } from './shapes';

const ORDERS = ['mobile,email', 'email,mobile', 'mobile', 'email'] as const;
type Order = (typeof ORDERS)[number];

export const DEFAULT_MATCHING: Matching = { by: ['mobile', 'email'], region: DEFAULT_REGION };

interface Props {
  value: Matching;
  onChange: (matching: Matching) => void;
}

export function MatchingFields({ value, onChange }: Props): ReactNode {
  const { t, i18n } = useTranslation('bindings');
  return (
    <Flex vertical gap="middle">
      <Flex vertical gap={4}>
        <Typography.Text strong>{t('matching.by')}</Typography.Text>
        <Radio.Group
          vertical
          aria-label={t('matching.by')}
          value={value.by.join(',')}
          onChange={({ target }) =>
            onChange({ ...value, by: (target.value as Order).split(',') as Criterion[] })
          }
          options={ORDERS.map((order) => ({ value: order, label: t(`matching.order.${order}`) }))}
        />
      </Flex>
      <Flex vertical gap={4} align="start">
        <Typography.Text strong>{t('region')}</Typography.Text>
        <Select
          aria-label={t('region')}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 260 }}
          options={regionOptions(i18n.language)}
          value={value.region}
          onChange={(region: string) => onChange({ ...value, region })}
        />
        <Typography.Text type="secondary">{t('matching.regionWhat')}</Typography.Text>
      </Flex>
    </Flex>
  );
}
