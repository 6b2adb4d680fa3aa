/** One agent, found as people type. */
import { Flex, Select, Tag, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent } from '../http/shapes';
import { useAgents } from './agents';
import { useSettled } from '../settled';

interface Props {
  dockingId: string;
  /** Id. */
  value: string | undefined;
  onChange: (agentId: string | undefined) => void;
  label: string;
  disabled?: boolean;
}

export function AgentSelect({ dockingId, value, onChange, label, disabled = false }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const [typed, setTyped] = useState('');
  const agents = useAgents(dockingId, useSettled(typed));
  // Keeps the name of the chosen one when the list is another by now.
  const [chosen, setChosen] = useState<Agent | null>(null);
  const found = agents.data?.items ?? [];
  const shown =
    chosen && !found.some(({ agentId }) => agentId === chosen.agentId) ? [...found, chosen] : found;
  const option = (agent: Agent): { value: string; label: string; disabled: boolean; agent: Agent } => ({
    value: agent.agentId,
    label: agent.name ?? agent.agentId,
    disabled: agent.state === 'disabled',
    agent,
  });
  return (
    <Select<string, ReturnType<typeof option>>
      allowClear
      disabled={disabled}
      style={{ width: '100%', minWidth: 220 }}
      aria-label={label}
      placeholder={t('chooseAgent')}
      {...(value === undefined ? {} : { value })}
      loading={agents.isFetching}
      notFoundContent={agents.isFetching ? t('searching') : t('agentNone')}
      status={agents.error ? 'error' : ''}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={shown.map(option)}
      optionRender={({ data }) => <AgentLine agent={data.agent} />}
      onChange={(agentId?: string) => {
        setChosen(shown.find((one) => one.agentId === agentId) ?? null);
        setTyped('');
        onChange(agentId);
      }}
    />
  );
}

function AgentLine({ agent: { name, agentId, email, mobile, state } }: { agent: Agent }): ReactNode {
  const { t } = useTranslation('bindings');
  return (
    <Flex vertical>
      <span>
        {name ?? agentId} {state !== 'active' && <Tag>{t(`agentState.${state}`)}</Tag>}
      </span>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {[email, mobile].filter(Boolean).join(' · ') || agentId}
      </Typography.Text>
    </Flex>
  );
}
