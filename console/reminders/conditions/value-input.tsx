/** The value of a condition, in the form that the operator wants and the fact's type allows. */
import { Flex, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { findFact, type Fact, type Operator } from '../catalogue';
import { useEditing } from '../editing';
import type { FactReference, LeafValue, Scalar } from '../shapes';
import { FactSelect } from './fact-select';
import { ListInput } from './list-input';
import { RawInput } from './raw-input';
import { ScalarInput } from './scalar-input';

export interface ValueProps {
  fact: Fact;
  operator: Operator;
  value: LeafValue | undefined;
  onChange: (value: LeafValue | undefined) => void;
}

/** What may also be the value of another fact. */
const COMPARABLE = new Set(['one', 'text', 'many']);

const isReference = (value: LeafValue | undefined): value is FactReference =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function ValueInput(props: ValueProps): ReactNode {
  const { t } = useTranslation('reminders');
  const { readOnly } = useEditing();
  const { operator, value, onChange } = props;
  const other = isReference(value);
  if (!COMPARABLE.has(operator.wants)) return <Literal {...props} />;
  return (
    <Flex gap={4} style={{ minWidth: 0, maxWidth: '100%' }}>
      <Select<'value' | 'fact'>
        aria-label={t('comparedWith')}
        style={{ width: 100, flexShrink: 0 }}
        popupMatchSelectWidth={false}
        variant="filled"
        value={other ? 'fact' : 'value'}
        disabled={readOnly}
        options={[
          { value: 'value', label: t('aValue') },
          { value: 'fact', label: t('aFact') },
        ]}
        onChange={(kind) => onChange(kind === 'fact' ? { fact: '' } : undefined)}
      />
      {other ? (
        <FactSelect value={value.fact} onChange={(name) => onChange({ fact: name })} />
      ) : (
        <Literal {...props} />
      )}
    </Flex>
  );
}

function Literal({ fact, operator, value, onChange }: ValueProps): ReactNode {
  const { t } = useTranslation('reminders');
  const { catalogue, readOnly } = useEditing();
  const scalar = (one: LeafValue | undefined): one is Scalar | undefined =>
    typeof one !== 'object' || one === null;
  const valued = valuesOf(fact, operator, (name) => findFact(catalogue, name));
  switch (operator.wants) {
    case 'one':
      if (scalar(value)) return <ScalarInput fact={valued} value={value} onChange={onChange} />;
      break;
    case 'many':
    case 'one-or-many':
      if (scalar(value) || Array.isArray(value))
        return <ListInput fact={valued} value={value} onChange={onChange} />;
      break;
    case 'range': {
      const [from, to] = Array.isArray(value) ? value : [];
      const both = (one: Scalar | undefined, two: Scalar | undefined): void =>
        onChange([one ?? null, two ?? null]);
      return (
        <Flex gap={4} align="center">
          <ScalarInput fact={valued} value={from ?? undefined} onChange={(one) => both(one, to)} /> –
          <ScalarInput fact={valued} value={to ?? undefined} onChange={(two) => both(from, two)} />
        </Flex>
      );
    }
    case 'text':
    case 'pattern':
    case 'duration':
      if (value === undefined || typeof value === 'string')
        return (
          <Input
            aria-label={t('value')}
            style={{ width: 220, ...(operator.wants === 'pattern' ? { fontFamily: 'monospace' } : {}) }}
            placeholder={operator.wants === 'text' ? t('value') : t(`placeholder.${operator.wants}`)}
            value={value ?? ''}
            disabled={readOnly}
            onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
          />
        );
      break;
    case 'window':
      return (
        <Select<string>
          aria-label={t('value')}
          style={{ width: 220 }}
          value={typeof value === 'string' ? value : null}
          disabled={readOnly}
          options={catalogue.calendarWindows.map((one) => ({
            value: one,
            label: t(`window.${one}`, { defaultValue: one }),
          }))}
          onChange={(one: string) => onChange(one)}
        />
      );
    case 'flag':
      return (
        <Select<'true' | 'false'>
          aria-label={t('value')}
          style={{ width: 120 }}
          value={value === false ? 'false' : 'true'}
          disabled={readOnly}
          options={[
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
          ]}
          onChange={(one) => onChange(one === 'true')}
        />
      );
  }
  return <RawInput value={value} onChange={onChange} />;
}

/** Operators about change ask for values of the field that changed. */
function valuesOf(fact: Fact, operator: Operator, find: (name: string) => Fact | null): Fact {
  if (!operator.factTypes.includes('change')) return fact;
  return find(fact.name.replace(/^changes\./, 'ticket.')) ?? fact;
}
