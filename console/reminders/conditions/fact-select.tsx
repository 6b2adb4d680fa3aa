/** Every fact of the catalogue; those of its open families by typing their name. */
import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { findFact, useSaid, type Catalogue } from '../catalogue';
import { useEditing } from '../editing';

interface Option {
  value: string;
  label: string;
}

const familyOf = (name: string): string => name.split('.')[0] ?? name;

export function FactSelect({
  value,
  onChange,
  status,
}: {
  value: string;
  onChange: (name: string) => void;
  status?: 'error' | undefined;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const { catalogue, readOnly } = useEditing();
  const [typed, setTyped] = useState('');
  const say = useSaid();
  const extra = [...new Set([typed.trim(), value])].filter(
    (name) => isOpen(catalogue, name) || name === value,
  );
  const options = [...new Set(catalogue.facts.map(({ name }) => familyOf(name)))].map((family) => ({
    label: t(`family.${family}`, { defaultValue: family }),
    title: family,
    options: catalogue.facts
      .filter(({ name }) => familyOf(name) === family)
      .map(({ name, label }): Option => ({ value: name, label: say(label) })),
  }));
  const listed = new Set(catalogue.facts.map(({ name }) => name));
  const more = extra
    .filter((name) => name !== '' && !listed.has(name))
    .map((name): Option => ({
      value: name,
      label: say(findFact(catalogue, name)?.label ?? { en: name, zh: name }),
    }));
  return (
    <Select<string>
      aria-label={t('fact')}
      placeholder={t('fact')}
      style={{ width: 240 }}
      popupMatchSelectWidth={420}
      value={value || null}
      disabled={readOnly}
      {...(status ? { status } : {})}
      showSearch={{
        onSearch: setTyped,
        filterOption: (text, option) =>
          [option?.label, option?.value]
            .map(String)
            .join(' ')
            .toLowerCase()
            .includes(text.trim().toLowerCase()),
      }}
      options={[
        ...options,
        ...(more.length > 0 ? [{ label: t('family.open'), title: 'open', options: more }] : []),
      ]}
      optionRender={({ label, value: name }) => (
        <span>
          {label} <small style={{ opacity: 0.6 }}>{name}</small>
        </span>
      )}
      notFoundContent={t('openFacts', {
        patterns: catalogue.openFacts.map(({ pattern }) => pattern).join(', '),
      })}
      onChange={(name: string) => onChange(name)}
    />
  );
}

const isOpen = (catalogue: Catalogue, name: string): boolean =>
  name !== '' && findFact(catalogue, name) !== null;
