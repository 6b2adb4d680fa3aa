/** A rule as a form: when, on which conditions, whom, how urgently, in which words and when. */
import { Collapse, Input, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConditionGroup } from './conditions/condition-group';
import { useEditing } from './editing';
import { Field } from './field';
import { ReceiversInput } from './receivers-input';
import type { Rule } from './shapes';
import { TemplateInput } from './template-input';
import { TimingInput } from './timing-input';

export function RuleForm({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }): ReactNode {
  const { t } = useTranslation('reminders');
  const { catalogue, faults, readOnly } = useEditing();
  const put = (changes: Partial<Rule>): void => onChange({ ...rule, ...changes });
  const { template: _template, ...untemplated } = rule;
  const { timing: _timing, ...untimed } = rule;
  const open = (['template', 'timing'] as const).filter(
    (key) => rule[key] !== undefined || faults.some(({ field }) => field.startsWith(`/${key}`)),
  );
  return (
    <>
      <Field label={t('name')} pointer="/name" of="rule-name">
        <Input
          id="rule-name"
          value={rule.name}
          disabled={readOnly}
          onChange={({ target }) => put({ name: target.value })}
        />
      </Field>
      <Field label={t('triggers')} pointer="/triggers" of="rule-triggers">
        <Select<string[]>
          id="rule-triggers"
          mode="multiple"
          placeholder={t('triggersNone')}
          value={rule.triggers}
          disabled={readOnly}
          showSearch={{ optionFilterProp: 'label' }}
          options={catalogue.triggers.map((value) => ({
            value,
            label: t(`trigger.${value}`, { defaultValue: value }),
          }))}
          optionRender={({ label, value }) => (
            <span>
              {label} <small style={{ opacity: 0.6 }}>{value}</small>
            </span>
          )}
          onChange={(triggers) => put({ triggers })}
        />
      </Field>
      <Field label={t('conditions')} pointer="/conditions/-">
        <ConditionGroup
          node={rule.conditions}
          pointer="/conditions"
          onChange={(conditions) => put({ conditions })}
        />
      </Field>
      <Field label={t('receivers')} pointer="/receivers">
        <ReceiversInput
          pointer="/receivers"
          value={rule.receivers}
          onChange={(receivers) => put({ receivers })}
        />
      </Field>
      <Field label={t('urgency')} pointer="/urgency">
        <Segmented<Rule['urgency']>
          aria-label={t('urgency')}
          // Somebody may have left it out by hand.
          value={rule.urgency ?? 'routine'}
          disabled={readOnly}
          options={(['routine', 'urgent'] as const).map((value) => ({
            value,
            label: t(`urgencies.${value}`),
          }))}
          onChange={(urgency) => put({ urgency })}
        />
      </Field>
      <Collapse
        defaultActiveKey={open}
        items={[
          {
            key: 'template',
            label: t('template.label'),
            children: (
              <TemplateInput
                value={rule.template ?? {}}
                onChange={(template) => onChange(template ? { ...untemplated, template } : untemplated)}
              />
            ),
          },
          {
            key: 'timing',
            label: t('timing.label'),
            children: (
              <TimingInput
                value={rule.timing ?? {}}
                onChange={(timing) => onChange(timing ? { ...untimed, timing } : untimed)}
              />
            ),
          },
        ]}
      />
    </>
  );
}
