/** Where the set-up stands at a glance. */
import { Card, Descriptions, Flex, Progress, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocking, useDockingId } from '../dockings/docking';
import { useFormat } from '../format';
import { CheckAgain } from './check-again';
import { useChecklist } from './checklist';
import { useOnboarding } from './onboarding';
import type { Checklist, Onboarding } from './shapes';
import { Standing } from './standing';

export function Summary(): ReactNode {
  const dockingId = useDockingId();
  const { data: docking } = useDocking(dockingId);
  const { data: checklist } = useChecklist(dockingId);
  const { data: onboarding } = useOnboarding(dockingId);
  if (!docking || !checklist) return null;
  return (
    <Card>
      <Flex vertical gap="middle">
        <Flex gap="large" align="center" wrap>
          <Passed checklist={checklist} />
          <Facts checklist={checklist} onboarding={onboarding} />
          <CheckAgain />
        </Flex>
        <Standing docking={docking} checklist={checklist} onboarding={onboarding} />
      </Flex>
    </Card>
  );
}

function Passed({ checklist: { items } }: { checklist: Checklist }): ReactNode {
  const { t } = useTranslation('setup');
  const passed = items.filter(({ state }) => state === 'passed');
  const required = items.filter(({ blocking }) => blocking);
  return (
    <Flex gap="middle" align="center">
      <Progress
        type="circle"
        size={64}
        percent={items.length === 0 ? 0 : Math.floor((passed.length / items.length) * 100)}
      />
      <Flex vertical>
        <Typography.Text strong>
          {t('summary.passed', { passed: passed.length, all: items.length })}
        </Typography.Text>
        <Typography.Text type="secondary">
          {t('summary.required', {
            passed: passed.filter(({ blocking }) => blocking).length,
            all: required.length,
          })}
        </Typography.Text>
      </Flex>
    </Flex>
  );
}

function Facts({
  checklist,
  onboarding,
}: {
  checklist: Checklist;
  onboarding: Onboarding | undefined;
}): ReactNode {
  const { t } = useTranslation('setup');
  const format = useFormat();
  const waitingFor = onboarding?.waitingFor ?? [];
  const since = onboarding?.waitingSince;
  return (
    <Descriptions
      size="small"
      column={1}
      style={{ flex: 1, minWidth: 'min(320px, 100%)' }}
      items={[
        {
          key: 'checked',
          label: t('summary.checkedAt'),
          children: checklist.checkedAt ? format.since(checklist.checkedAt) : t('summary.never'),
        },
        ...(waitingFor.length > 0
          ? [
              {
                key: 'waits',
                label: t('summary.waitsFor'),
                children: `${waitingFor.map((owner) => t(`owner.${owner}`)).join(', ')}${
                  since ? ` (${t('summary.since', { since: format.time(since) })})` : ''
                }`,
              },
            ]
          : []),
        ...(onboarding?.nextCheckAt
          ? [{ key: 'next', label: t('summary.nextCheck'), children: format.since(onboarding.nextCheckAt) }]
          : []),
      ]}
    />
  );
}
