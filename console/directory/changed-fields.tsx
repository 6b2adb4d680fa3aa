/** What changed about one person; of somebody new what is known of them. */
import { Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncChange } from './shapes';

/** Ids say nothing to a reader; they are beside the name. */
const IDS = new Set(['unionId', 'userId', 'employeeId']);

export function ChangedFields({
  change: { kind, fields },
  names,
}: {
  change: SyncChange;
  /** Of departments, by id. */
  names: Readonly<Record<string, string>>;
}): ReactNode {
  const { t } = useTranslation('directory');
  const nameOf = (field: string): string => t(`field.${field}` as 'field.name', { defaultValue: field });
  if (kind === 'joined') {
    const known = fields.filter(({ field, to }) => !IDS.has(field) && !isEmpty(to));
    return known.map(({ field, to }) => (
      <span key={field} style={{ marginInlineEnd: 16, display: 'inline-block' }}>
        <Typography.Text type="secondary">{nameOf(field)}</Typography.Text> {shown(to, names)}
      </span>
    ));
  }
  return fields
    .filter(({ from, to }) => !(isEmpty(from) && isEmpty(to)))
    .map(({ field, from, to }) => (
      <div key={field}>
        <Typography.Text type="secondary">{nameOf(field)}</Typography.Text>{' '}
        <Typography.Text delete={!isEmpty(from)}>{shown(from, names)}</Typography.Text> → {shown(to, names)}
      </div>
    ));
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function shown(value: unknown, names: Readonly<Record<string, string>>): string {
  if (isEmpty(value)) return '∅';
  if (Array.isArray(value)) return value.map((one) => shown(one, names)).join(' / ');
  if (typeof value === 'string') return names[value] ?? value;
  return JSON.stringify(value);
}
