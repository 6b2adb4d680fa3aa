/** What a nightly sync costs in platform calls, beside the quota of the plan. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Descriptions, Flex } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dockingKey, pathOf } from '../dockings/docking';
import { useFormat } from '../format';
import { request, type ApiProblem } from '../http/request';

interface Usage {
  nightly: { calls: number; seconds: number; basis: 'last-run' | 'mirror' };
  month: { period: string; used: number; predicted: number };
  quota: { monthly: number | null; assumed: boolean };
  warnings: { code: 'quota-exceeded' | 'quota-nearly-used' | 'quota-at-risk'; message: string }[];
}

const MINUTE_MS = 60_000;

export function NightlyCost({ dockingId }: { dockingId: string }): ReactNode {
  const { t } = useTranslation('directory');
  const format = useFormat();
  const { data } = useQuery<Usage, ApiProblem>({
    queryKey: [...dockingKey(dockingId), 'usage'],
    queryFn: ({ signal }) => request<Usage>('GET', `${pathOf(dockingId)}/usage`, { signal }),
    refetchInterval: MINUTE_MS,
  });
  if (!data) return null;
  const { nightly, month, quota, warnings } = data;
  return (
    <Card title={t('cost.title')}>
      <Flex vertical gap="middle">
        {warnings.map(({ code }) => (
          <Alert
            key={code}
            type={code === 'quota-exceeded' ? 'error' : 'warning'}
            showIcon
            title={t(`cost.${code}`, {
              used: format.number(month.used),
              predicted: format.number(month.predicted),
              quota: format.number(quota.monthly ?? 0),
            })}
          />
        ))}
        <Descriptions
          size="small"
          column={{ xs: 1, sm: 2, lg: 4 }}
          items={[
            {
              label: t('cost.nightly'),
              children: t('cost.nightlyText', {
                calls: format.number(nightly.calls),
                time: format.duration(nightly.seconds),
              }),
            },
            { label: t('cost.used'), children: format.number(month.used) },
            { label: t('cost.predicted'), children: format.number(month.predicted) },
            {
              label: t('cost.quota'),
              children:
                quota.monthly === null
                  ? t('cost.noQuota')
                  : `${format.number(quota.monthly)}${quota.assumed ? ` ${t('cost.assumed')}` : ''}`,
            },
          ]}
        />
      </Flex>
    </Card>
  );
}
