/** Narrows a list to one ticket. */
import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function TicketFilter({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (ticket: string | undefined) => void;
}): ReactNode {
  const { t } = useTranslation('deliveries');
  return (
    <Input.Search
      key={value ?? ''}
      allowClear
      aria-label={t('ticketId')}
      placeholder={t('ticketId')}
      style={{ width: 320, maxWidth: '100%' }}
      defaultValue={value ?? ''}
      onSearch={(text) => onChange(text.trim() || undefined)}
    />
  );
}
