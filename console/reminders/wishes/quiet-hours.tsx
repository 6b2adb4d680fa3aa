/** When routine reminders wait. */
import { Checkbox, Flex, Input, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuietHours } from './preferences';

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const NIGHT: QuietHours = { from: '22:00', to: '08:00', days: [...DAYS] };
/** 5 January 1970 was a Monday. */
const dayName = (day: number, language: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(Date.UTC(1970, 0, 4 + day)),
  );

export function QuietHoursInput({
  value,
  readOnly,
  onChange,
}: {
  value: QuietHours | null;
  readOnly: boolean;
  onChange: (value: QuietHours | null) => void;
}): ReactNode {
  const { t, i18n } = useTranslation('reminders');
  return (
    <Flex gap="small" align="center" wrap>
      <Switch
        aria-label={t('wishes.quietHours')}
        checked={value !== null}
        disabled={readOnly}
        onChange={(on) => onChange(on ? NIGHT : null)}
      />
      {value && (
        <>
          {(['from', 'to'] as const).map((end) => (
            <Input
              key={end}
              type="time"
              aria-label={t(`wishes.${end}`)}
              style={{ width: 120 }}
              value={value[end]}
              disabled={readOnly}
              onChange={({ target }) => onChange({ ...value, [end]: target.value })}
            />
          ))}
          <Checkbox.Group<number>
            value={value.days}
            disabled={readOnly}
            options={DAYS.map((day) => ({ value: day, label: dayName(day, i18n.language) }))}
            onChange={(days) => onChange({ ...value, days: days.toSorted() })}
          />
        </>
      )}
    </Flex>
  );
}
