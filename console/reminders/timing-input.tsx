/** When a card comes, is repeated, and goes to somebody else. Left empty = the API's own default. */
import { Flex, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditing } from './editing';
import { Field } from './field';
import { ReceiversInput } from './receivers-input';
import type { Timing } from './shapes';

const NUMBERS = [
  ['coalesceSeconds', 'seconds', 0],
  ['repeatEveryMinutes', 'minutes', 1],
  ['repeatAtMost', 'times', 1],
  ['escalateAfterMinutes', 'minutes', 1],
  ['unreadAfterMinutes', 'minutes', 1],
  ['warnBeforeMinutes', 'minutes', 1],
] as const;

export function TimingInput({
  value,
  onChange,
}: {
  value: Timing;
  onChange: (value: Timing | undefined) => void;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const { readOnly } = useEditing();
  const put = <K extends keyof Timing>(key: K, one: Timing[K] | null | undefined): void => {
    const { [key]: _old, ...rest } = value;
    const next: Timing = one === null || one === undefined ? rest : { ...rest, [key]: one };
    onChange(Object.keys(next).length > 0 ? next : undefined);
  };
  const escalates = value.escalateAfterMinutes !== undefined || value.unreadAfterMinutes !== undefined;
  return (
    <>
      <Flex gap="middle" wrap>
        <Field label={t('timing.card')} pointer="/timing/card" of="timing-card">
          <Select<'new' | 'update'>
            id="timing-card"
            allowClear
            style={{ width: 230 }}
            placeholder={t('timing.default')}
            value={value.card ?? null}
            disabled={readOnly}
            options={[
              { value: 'new', label: t('timing.new') },
              { value: 'update', label: t('timing.update') },
            ]}
            onChange={(one: 'new' | 'update' | undefined) => put('card', one)}
          />
        </Field>
        <Field label={t('timing.quietHours')} pointer="/timing/quietHours" of="timing-quiet">
          <Select<'respect' | 'ignore'>
            id="timing-quiet"
            allowClear
            style={{ width: 230 }}
            placeholder={t('timing.default')}
            value={value.quietHours ?? null}
            disabled={readOnly}
            options={[
              { value: 'respect', label: t('timing.respect') },
              { value: 'ignore', label: t('timing.ignore') },
            ]}
            onChange={(one: 'respect' | 'ignore' | undefined) => put('quietHours', one)}
          />
        </Field>
        {NUMBERS.map(([key, unit, min]) => (
          <Field key={key} label={t(`timing.${key}`)} pointer={`/timing/${key}`} of={`timing-${key}`}>
            <InputNumber<number>
              id={`timing-${key}`}
              style={{ width: 230 }}
              min={min}
              precision={0}
              suffix={t(`unit.${unit}`)}
              value={value[key] ?? null}
              disabled={readOnly}
              onChange={(number) => put(key, number)}
            />
          </Field>
        ))}
      </Flex>
      {(escalates || value.escalateTo) && (
        <Field label={t('timing.escalateTo')} pointer="/timing/escalateTo">
          <ReceiversInput
            pointer="/timing/escalateTo"
            value={value.escalateTo ?? []}
            onChange={(receivers) => put('escalateTo', receivers.length > 0 ? receivers : undefined)}
          />
        </Field>
      )}
    </>
  );
}
