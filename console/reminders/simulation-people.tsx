/** Messages per person, and per day of each, with the draft and now. */
import { Table, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNames } from './people';
import type { Simulation } from './shapes';

interface Day {
  day: string;
  now: number;
  draft: number;
}

/** Days on which the person hears anything, either way. */
function daysOf({ now, draft }: Simulation, personId: string): Day[] {
  const days = new Map<string, Day>();
  for (const side of ['now', 'draft'] as const) {
    for (const one of (side === 'now' ? now : draft).days) {
      if (one.personId !== personId) continue;
      const day = days.get(one.day) ?? { day: one.day, now: 0, draft: 0 };
      day[side] += one.messages;
      days.set(one.day, day);
    }
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? 1 : -1));
}

function Difference({ now, draft }: { now: number; draft: number }): ReactNode {
  if (draft === now) return '±0';
  return draft > now ? (
    <Typography.Text type="warning">+{draft - now}</Typography.Text>
  ) : (
    <Typography.Text type="success">−{now - draft}</Typography.Text>
  );
}

export function PeopleForecast({
  dockingId,
  outcome,
}: {
  dockingId: string;
  outcome: Simulation;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const names = useNames(dockingId);
  const numbers = [
    { title: t('simulation.now'), align: 'right' as const, dataIndex: 'now' },
    { title: t('simulation.draft'), align: 'right' as const, dataIndex: 'draft' },
    {
      title: t('simulation.difference'),
      align: 'right' as const,
      render: (_: unknown, row: { now: number; draft: number }) => (
        <Difference now={row.now} draft={row.draft} />
      ),
    },
  ];
  return (
    <Table<Simulation['people'][number]>
      rowKey="personId"
      size="small"
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      dataSource={outcome.people}
      locale={{ emptyText: t('simulation.nobody') }}
      expandable={{
        expandedRowRender: ({ personId }) => (
          <Table<Day>
            rowKey="day"
            size="small"
            pagination={false}
            dataSource={daysOf(outcome, personId)}
            columns={[{ title: t('simulation.day'), dataIndex: 'day' }, ...numbers]}
          />
        ),
      }}
      columns={[
        { title: t('simulation.person'), render: (_, { personId }) => names.person(personId) },
        ...numbers,
      ]}
    />
  );
}
