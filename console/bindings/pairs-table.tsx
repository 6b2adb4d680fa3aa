/** Chosen people, each with the agent they are to get. */
import { Flex, Table } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentSelect } from './agent-select';
import { InTheWay } from './in-the-way';
import { memberName, type Member } from './members';
import { OutcomeTag } from './outcome-tag';
import { reasonText } from './reasons';
import type { Outcome, Pair } from './shapes';

export interface PairRow {
  person: Member;
  agentId?: string | undefined;
  result?: { outcome: Outcome; reason: string } | undefined;
}

interface Props {
  dockingId: string;
  rows: PairRow[];
  busy: boolean;
  onAgent: (employeeId: string, agentId: string | undefined) => void;
  onReplace: (pair: Pair) => void;
}

export function PairsTable({ dockingId, rows, busy, onAgent, onReplace }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const refused = rows.filter(isRefused);
  return (
    <Table<PairRow>
      rowKey={({ person }) => person.employeeId}
      size="small"
      dataSource={rows}
      pagination={false}
      expandable={{
        showExpandColumn: false,
        expandedRowKeys: refused.map(({ person }) => person.employeeId),
        rowExpandable: isRefused,
        expandedRowRender: ({ person: { employeeId }, agentId = '' }) => (
          <InTheWay
            dockingId={dockingId}
            pair={{ employeeId, agentId }}
            busy={busy}
            onReplace={() => onReplace({ employeeId, agentId })}
          />
        ),
      }}
      columns={[
        { title: t('employee'), width: 180, render: (_, { person }) => memberName(person) },
        {
          title: t('agent'),
          render: (_, { person, agentId, result }) => (
            <Flex vertical gap={4} align="start">
              <AgentSelect
                dockingId={dockingId}
                value={agentId}
                onChange={(chosen) => onAgent(person.employeeId, chosen)}
                label={t('agentFor', { employee: memberName(person) })}
                disabled={result?.outcome === 'bound'}
              />
              {result && !isRefused({ result }) && (
                <span>
                  <OutcomeTag outcome={result.outcome} />
                  {result.outcome !== 'bound' && reasonText(result.reason, t)}
                </span>
              )}
            </Flex>
          ),
        },
      ]}
    />
  );
}

/** One side is bound to somebody else, and may be replaced. */
export const isRefused = ({ result }: Pick<PairRow, 'result'>): boolean =>
  result?.reason.endsWith('bound-to-other') ?? false;
