/** A value that fits no other input, as JSON. */
import { Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditing } from '../editing';
import type { LeafValue } from '../shapes';

export function RawInput({
  value,
  onChange,
}: {
  value: LeafValue | undefined;
  onChange: (value: LeafValue | undefined) => void;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const { readOnly } = useEditing();
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value));
  const [bad, setBad] = useState(false);
  return (
    <Input
      aria-label={t('value')}
      style={{ width: 260, fontFamily: 'monospace' }}
      placeholder="JSON"
      value={text}
      disabled={readOnly}
      {...(bad ? { status: 'error' as const } : {})}
      onChange={({ target }) => {
        setText(target.value);
        try {
          onChange(target.value === '' ? undefined : (JSON.parse(target.value) as LeafValue));
          setBad(false);
        } catch {
          setBad(true);
        }
      }}
    />
  );
}
