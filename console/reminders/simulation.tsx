/** The draft over the events of the last days: who would hear more or less than now, and who could not be reached. */
import { Alert, Button, Flex, InputNumber, Statistic, Table, Tabs, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import type { ApiProblem } from '../http/request';
import type { Rule, Simulation as Outcome } from './shapes';
import { RulesForecast, UnreachablePeople } from './simulation-details';
import { PeopleForecast } from './simulation-people';
import { useSimulation } from './trials';

const same = (one: Rule[], other: Rule[]): boolean => JSON.stringify(one) === JSON.stringify(other);

export function Simulation({
  dockingId,
  rules,
  onRefused,
}: {
  dockingId: string;
  /** The whole set with the draft in it. */
  rules: Rule[];
  onRefused: (problem: ApiProblem | null) => void;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const [days, setDays] = useState(7);
  const simulation = useSimulation(dockingId);
  return (
    <Flex vertical gap="middle">
      <Typography.Text type="secondary">{t('simulation.what')}</Typography.Text>
      <Flex gap="small" align="center">
        <InputNumber<number>
          aria-label={t('simulation.days')}
          min={1}
          max={90}
          precision={0}
          value={days}
          suffix={t('simulation.daysUnit')}
          onChange={(value) => setDays(value ?? 7)}
        />
        <Button
          type="primary"
          loading={simulation.isPending}
          onClick={() =>
            simulation.mutate({ rules, days }, { onError: onRefused, onSuccess: () => onRefused(null) })
          }
        >
          {t('simulation.run')}
        </Button>
      </Flex>
      {/* Faults of the rules stand above the tabs. */}
      <ProblemAlert problem={simulation.error?.status === 400 ? null : simulation.error} />
      {simulation.data && !same(simulation.variables.rules, rules) && (
        <Alert type="info" showIcon title={t('simulation.stale')} />
      )}
      {simulation.data && <OutcomeView dockingId={dockingId} outcome={simulation.data} />}
    </Flex>
  );
}

function OutcomeView({ dockingId, outcome }: { dockingId: string; outcome: Outcome }): ReactNode {
  const { t } = useTranslation('reminders');
  const format = useFormat();
  const { events, now, draft } = outcome;
  const numbers = [
    ['events', events],
    ['now', now.messages],
    ['draft', draft.messages],
  ] as const;
  return (
    <>
      <Flex gap="large" wrap>
        {numbers.map(([key, value]) => (
          <Statistic
            key={key}
            title={t(`simulation.${key}`)}
            value={value}
            formatter={() => format.number(value)}
          />
        ))}
      </Flex>
      <Tabs
        items={[
          {
            key: 'people',
            label: t('simulation.people'),
            children: <PeopleForecast dockingId={dockingId} outcome={outcome} />,
          },
          {
            key: 'unreachable',
            label: `${t('simulation.unreachable')} (${draft.unreachable.length})`,
            children: <UnreachablePeople dockingId={dockingId} outcome={outcome} />,
          },
          { key: 'rules', label: t('simulation.rules'), children: <RulesForecast outcome={outcome} /> },
          {
            key: 'overlaps',
            label: `${t('simulation.overlaps')} (${draft.overlaps.length})`,
            children: (
              <Table<Outcome['draft']['overlaps'][number]>
                rowKey={({ ruleIds }) => ruleIds.join()}
                size="small"
                pagination={{ pageSize: 20, hideOnSinglePage: true }}
                dataSource={draft.overlaps}
                locale={{ emptyText: t('simulation.overlapsNone') }}
                columns={[
                  {
                    title: t('simulation.rules'),
                    render: (_, { ruleIds }) =>
                      ruleIds
                        .map((id) => draft.rules.find(({ ruleId }) => ruleId === id)?.name ?? id)
                        .join(' + '),
                  },
                  { title: t('simulation.messages'), align: 'right', dataIndex: 'messages' },
                ]}
              />
            ),
          },
        ]}
      />
    </>
  );
}
