/** What the list is narrowed to; kept in the address, so that it can be sent and survives a way back. */
import { Flex, Input, Select, TreeSelect } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { departmentTree, useDepartments } from '../directory/people';
import type { BindingsWanted } from './bindings';
import { BINDING_STATES, METHODS } from './shapes';

const FIELDS = ['q', 'state', 'method', 'department', 'deliverable'] as const;
type Change = (field: (typeof FIELDS)[number], value: string | undefined) => void;

export function useFilters(): [BindingsWanted, Change] {
  const [address, setAddress] = useSearchParams();
  const wanted: BindingsWanted = Object.fromEntries(
    FIELDS.map((field) => [field, address.get(field) ?? undefined]),
  );
  const change: Change = (field, value) =>
    setAddress(
      (before) => {
        if (value) before.set(field, value);
        else before.delete(field);
        return before;
      },
      { replace: true },
    );
  return [wanted, change];
}

interface Props {
  dockingId: string;
  wanted: BindingsWanted;
  onChange: Change;
}

export function Filters({ dockingId, wanted, onChange }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const departments = useDepartments(dockingId);
  const tree = useMemo(() => departmentTree(departments.data ?? []), [departments.data]);
  return (
    <Flex gap="small" wrap>
      <Input.Search
        allowClear
        aria-label={t('search')}
        placeholder={t('search')}
        defaultValue={wanted.q}
        style={{ width: 280 }}
        onSearch={(q) => onChange('q', q.trim())}
      />
      <TreeSelect<string | null>
        allowClear
        showSearch={{ treeNodeFilterProp: 'title' }}
        aria-label={t('department')}
        placeholder={t('department')}
        value={wanted.department ?? null}
        style={{ width: 200 }}
        popupMatchSelectWidth={320}
        treeData={tree}
        loading={departments.isPending}
        onChange={(department) => onChange('department', department ?? undefined)}
      />
      <Select
        allowClear
        aria-label={t('stateTitle')}
        placeholder={t('stateTitle')}
        value={wanted.state ?? null}
        style={{ width: 140 }}
        options={BINDING_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        onChange={(state?: string) => onChange('state', state)}
      />
      <Select
        allowClear
        aria-label={t('methodTitle')}
        placeholder={t('methodTitle')}
        value={wanted.method ?? null}
        style={{ width: 160 }}
        options={METHODS.map((value) => ({ value, label: t(`method.${value}`) }))}
        onChange={(method?: string) => onChange('method', method)}
      />
      <Select
        allowClear
        aria-label={t('deliverability')}
        placeholder={t('deliverability')}
        value={wanted.deliverable ?? null}
        style={{ width: 200 }}
        options={[
          { value: 'true', label: t('reachable') },
          { value: 'false', label: t('unreachable') },
        ]}
        onChange={(deliverable?: string) => onChange('deliverable', deliverable)}
      />
    </Flex>
  );
}
