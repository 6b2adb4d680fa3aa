/** The card's own words, with `{fact}` places, and the facts that it shows as fields. */
import { Flex, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaid } from './catalogue';
import { useEditing } from './editing';
import { Field } from './field';
import type { BothLanguages, Template } from './shapes';

const PARTS = ['title', 'text'] as const;
const LANGUAGES = ['en', 'zh'] as const;

export function TemplateInput({
  value,
  onChange,
}: {
  value: Template;
  onChange: (value: Template | undefined) => void;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const say = useSaid();
  const { catalogue, readOnly } = useEditing();
  const put = (key: keyof Template, one: BothLanguages | string[]): void => {
    const { [key]: _old, ...rest } = value;
    const next: Template = Object.keys(one).length > 0 ? { ...rest, [key]: one } : rest;
    onChange(Object.keys(next).length > 0 ? next : undefined);
  };
  const write = (part: (typeof PARTS)[number], language: (typeof LANGUAGES)[number], text: string): void => {
    const { [language]: _old, ...rest } = value[part] ?? {};
    put(part, text === '' ? rest : { ...rest, [language]: text });
  };
  return (
    <>
      {PARTS.map((part) => (
        <Flex key={part} gap="middle" wrap>
          {LANGUAGES.map((language) => (
            <div key={language} style={{ flex: '1 1 300px' }}>
              <Field
                label={t(`template.${part}.${language}`)}
                pointer={`/template/${part}/${language}`}
                of={`template-${part}-${language}`}
              >
                <Input.TextArea
                  id={`template-${part}-${language}`}
                  autoSize={{ minRows: part === 'title' ? 1 : 2 }}
                  placeholder={t(`template.example.${part}`)}
                  value={value[part]?.[language] ?? ''}
                  disabled={readOnly}
                  onChange={({ target }) => write(part, language, target.value)}
                />
              </Field>
            </div>
          ))}
        </Flex>
      ))}
      <Field
        label={t('template.fields')}
        pointer="/template/fields"
        of="template-fields"
        hint={t('template.hint')}
      >
        <Select<string[]>
          id="template-fields"
          mode="tags"
          placeholder={t('template.fieldsNone')}
          value={value.fields ?? []}
          disabled={readOnly}
          options={catalogue.facts.map(({ name, label }) => ({
            value: name,
            label: `${say(label)} · ${name}`,
          }))}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(fields) => put('fields', fields)}
        />
      </Field>
    </>
  );
}
