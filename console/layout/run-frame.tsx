/** What the page of every run has: the way back to all of them, and who ran it and when. */
import { Card, Descriptions, Flex, Typography, type DescriptionsProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import type { ApiProblem } from '../http/request';

export function RunFrame({
  allRuns,
  problem,
  retry,
  children,
}: {
  allRuns: { address: string; text: string };
  problem: ApiProblem | null;
  retry: () => unknown;
  children: ReactNode;
}): ReactNode {
  return (
    <Flex vertical gap="middle">
      <Link to={allRuns.address}>← {allRuns.text}</Link>
      <ProblemAlert problem={problem} retry={retry} />
      {children}
    </Flex>
  );
}

type Facts = NonNullable<DescriptionsProps['items']>;

/** `what` it is and how it stands; `reason` is empty where it needs none. */
export function RunSummary({
  run,
  what,
  reason,
}: {
  run: { runId: string; startedAt: string; finishedAt: string | null; startedBy: string };
  what: Facts;
  reason: Facts;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card>
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2, lg: 4 }}
        items={[
          ...what,
          { label: t('run.startedAt'), children: format.time(run.startedAt) },
          { label: t('run.finishedAt'), children: format.time(run.finishedAt) },
          { label: t('run.startedBy'), children: run.startedBy },
          { label: t('run.id'), children: <Typography.Text code>{run.runId}</Typography.Text> },
          ...reason,
        ]}
      />
    </Card>
  );
}
