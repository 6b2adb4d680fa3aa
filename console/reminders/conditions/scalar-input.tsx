/** One value of a fact's type. */
import { Input, InputNumber, Select, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fact } from '../catalogue';
import { useEditing } from '../editing';
import type { Scalar } from '../shapes';

export interface ScalarProps {
  fact: Fact;
  value: Scalar | undefined;
  onChange: (value: Scalar | undefined) => void;
}

export function ScalarInput({ fact, value, onChange }: ScalarProps): ReactNode {
  const { t } = useTranslation('reminders');
  const { readOnly } = useEditing();
  const shared = { 'aria-label': t('value'), disabled: readOnly };
  // Asks for absence; only written by hand, for `isEmpty` says the same.
  if (value === null)
    return (
      <Tag closable={!readOnly} onClose={() => onChange(undefined)}>
        {t('nothing')}
      </Tag>
    );
  switch (fact.type) {
    case 'number':
      return (
        <InputNumber<number>
          {...shared}
          style={{ width: 140 }}
          value={typeof value === 'number' ? value : null}
          onChange={(number) => onChange(number ?? undefined)}
        />
      );
    case 'boolean':
      return (
        <Select<'true' | 'false'>
          {...shared}
          style={{ width: 120 }}
          value={value === undefined ? null : value === true ? 'true' : 'false'}
          options={[
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
          ]}
          onChange={(one: 'true' | 'false') => onChange(one === 'true')}
        />
      );
    case 'choice':
      return (
        <Select<string>
          {...shared}
          style={{ width: 210 }}
          showSearch
          value={typeof value === 'string' ? value : null}
          options={fact.values?.map((one) => ({ value: one, label: one })) ?? []}
          onChange={(one: string) => onChange(one)}
        />
      );
    case 'time':
      return (
        <Input
          {...shared}
          type="datetime-local"
          style={{ width: 210 }}
          value={typeof value === 'string' ? localTime(value) : ''}
          onChange={({ target }) =>
            onChange(target.value === '' ? undefined : new Date(target.value).toISOString())
          }
        />
      );
    default:
      return (
        <Input
          {...shared}
          style={{ width: 210 }}
          placeholder={t('value')}
          value={value === undefined ? '' : String(value)}
          onChange={({ target }) =>
            onChange(fact.type === 'any' ? anyOf(target.value) : target.value || undefined)
          }
        />
      );
  }
}

/** A custom field may be a yes-or-no; numbers compare as texts too. */
const anyOf = (text: string): Scalar | undefined =>
  text === 'true' || text === 'false' ? text === 'true' : text || undefined;

/** In the person's own zone, as the input wants it. */
function localTime(at: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return '';
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
