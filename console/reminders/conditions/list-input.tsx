/** Several values of a fact's type. */
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fact } from '../catalogue';
import { useEditing } from '../editing';
import type { Scalar } from '../shapes';

export function ListInput({
  fact,
  value,
  onChange,
}: {
  fact: Fact;
  value: Scalar | Scalar[] | undefined;
  onChange: (value: Scalar[] | undefined) => void;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const { readOnly } = useEditing();
  const values = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return (
    <Select<string[]>
      mode={fact.type === 'choice' ? 'multiple' : 'tags'}
      aria-label={t('value')}
      placeholder={fact.type === 'choice' ? t('values') : t('valuesTyped')}
      style={{ minWidth: 'min(220px, 45vw)', maxWidth: 'min(420px, 100%)' }}
      tokenSeparators={[',', '，']}
      value={values.map(String)}
      disabled={readOnly}
      options={fact.values?.map((one) => ({ value: one, label: one })) ?? []}
      onChange={(chosen) =>
        onChange(chosen.length === 0 ? undefined : chosen.map((text) => valueOf(fact, text)))
      }
    />
  );
}

function valueOf({ type }: Fact, text: string): Scalar {
  if (type === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if ((type === 'boolean' || type === 'any') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
