/** Several event types, and where it makes sense "all others". */
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../catalogue';

export function EventsSelect({
  label,
  value,
  others,
  readOnly,
  onChange,
}: {
  label: string;
  value: string[];
  /** Also `*`. */
  others: boolean;
  readOnly: boolean;
  onChange: (value: string[]) => void;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const { data: catalogue } = useCatalogue();
  return (
    <Select<string[]>
      mode="multiple"
      aria-label={label}
      placeholder={t('wishes.noEvents')}
      value={value}
      disabled={readOnly}
      showSearch={{ optionFilterProp: 'label' }}
      options={[
        ...(others ? [{ value: '*', label: t('wishes.allOthers') }] : []),
        ...(catalogue?.triggers ?? []).map((type) => ({
          value: type,
          label: t(`trigger.${type}`, { defaultValue: type }),
        })),
      ]}
      onChange={onChange}
    />
  );
}
