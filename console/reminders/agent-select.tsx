/** Agents by name, found as one types. */
import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAgentSearch, useNames } from './people';
import { useSettled } from '../settled';

interface Common {
  dockingId: string;
  id?: string;
  label: string;
  disabled?: boolean;
}

function useOptions(
  dockingId: string,
  chosen: readonly string[],
): { options: { value: string; label: string }[]; search: (text: string) => void; loading: boolean } {
  const [typed, setTyped] = useState('');
  const names = useNames(dockingId);
  const { data, isFetching } = useAgentSearch(dockingId, useSettled(typed));
  const found = data?.items.map(({ agentId, name }) => ({ value: agentId, label: name ?? agentId })) ?? [];
  const known = new Set(found.map(({ value }) => value));
  const rest = chosen.filter((id) => !known.has(id)).map((id) => ({ value: id, label: names.agent(id) }));
  return { options: typed === '' ? [...rest, ...found] : found, search: setTyped, loading: isFetching };
}

export function AgentSelect({
  dockingId,
  value,
  onChange,
  label,
  ...rest
}: Common & {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const { options, search, loading } = useOptions(dockingId, value === undefined ? [] : [value]);
  return (
    <Select<string>
      allowClear
      aria-label={label}
      placeholder={t('agent')}
      style={{ width: 'min(240px, 50vw)' }}
      value={value ?? null}
      options={options}
      loading={loading}
      showSearch={{ filterOption: false, onSearch: search }}
      onChange={(chosen: string | undefined) => onChange(chosen)}
      {...rest}
    />
  );
}

export function AgentsSelect({
  dockingId,
  value,
  onChange,
  label,
  ...rest
}: Common & { value: string[]; onChange: (value: string[]) => void }): ReactNode {
  const { t } = useTranslation('reminders');
  const { options, search, loading } = useOptions(dockingId, value);
  return (
    <Select<string[]>
      mode="multiple"
      aria-label={label}
      placeholder={t('agents')}
      style={{ minWidth: 280, flex: 1 }}
      value={value}
      options={options}
      loading={loading}
      showSearch={{ filterOption: false, onSearch: search }}
      onChange={onChange}
      {...rest}
    />
  );
}
