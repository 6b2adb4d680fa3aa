/** The steps of the review in their order: whose each is, how it stands, and what proves it. */
import { Card, Empty, Flex, Skeleton, Steps, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../dockings/docking';
import { ProblemAlert } from '../http/problem';
import { useChecklist } from './checklist';
import { useOnboarding } from './onboarding';
import type { StepState } from './shapes';
import { StepBody } from './step-body';

const STATUS: Record<StepState, 'process' | 'finish' | 'error'> = {
  open: 'process',
  waiting: 'process',
  done: 'finish',
  rejected: 'error',
};

export function StepsTab(): ReactNode {
  const { t } = useTranslation('setup');
  const dockingId = useDockingId();
  const { data, error, refetch } = useOnboarding(dockingId);
  const { data: checklist } = useChecklist(dockingId);
  return (
    <Card>
      <Flex vertical gap="middle">
        <ProblemAlert problem={error} retry={refetch} />
        {!data && !error && <Skeleton active />}
        {data?.steps.length === 0 && <Empty description={t('steps.none')} />}
        <Steps
          orientation="vertical"
          current={-1}
          items={(data?.steps ?? []).map((step) => ({
            key: step.step,
            status: STATUS[step.state],
            title: (
              <Flex wrap align="baseline" style={{ columnGap: 8 }}>
                <span>{step.title}</span>
                <Typography.Text type="secondary">{t(`owner.${step.owner}`)}</Typography.Text>
              </Flex>
            ),
            content: <StepBody step={step} items={checklist?.items ?? []} />,
          }))}
        />
      </Flex>
    </Card>
  );
}
