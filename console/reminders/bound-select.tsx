/** Somebody who can get a card, found by the name of the agent or the employee. */
import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useBoundSearch } from './people';
import { useSettled } from '../settled';

export function BoundSelect({
  dockingId,
  label,
  placeholder,
  value,
  onChange,
}: {
  dockingId: string;
  label: string;
  placeholder: string;
  /** Employee id. */
  value: string | null;
  onChange: (employeeId: string | null) => void;
}): ReactNode {
  const [typed, setTyped] = useState('');
  const people = useBoundSearch(dockingId, useSettled(typed));
  return (
    <Select<string>
      allowClear
      aria-label={label}
      placeholder={placeholder}
      style={{ width: 280 }}
      value={value}
      loading={people.isFetching}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={(people.data?.items ?? []).map((one) => ({
        value: one.employeeId,
        label: `${one.agentName ?? one.agentId} → ${one.employeeName ?? one.employeeId}`,
      }))}
      onChange={(chosen: string | undefined) => onChange(chosen ?? null)}
    />
  );
}
