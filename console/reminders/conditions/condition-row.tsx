/** One condition: a fact, what is asked of it, and the value asked for. */
import { DeleteOutlined } from '@ant-design/icons';
import { Button, Flex, Select, Tooltip, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { findFact, operatorsFor, useSaid } from '../catalogue';
import { useEditing } from '../editing';
import { faultsUnder, faultText } from '../faults';
import type { Leaf } from '../shapes';
import type { NodeProps } from './condition-group';
import { FactSelect } from './fact-select';
import { ValueInput } from './value-input';

/** `{fact: "ticket", path: "$.priority"}` is `ticket.priority`. */
const fullName = ({ fact, path }: Leaf): string =>
  path === undefined ? fact : `${fact}.${path.replace(/^\$?\.?/, '')}`;

export function ConditionRow({ node, pointer, onChange, onRemove }: NodeProps<Leaf>): ReactNode {
  const { t } = useTranslation('reminders');
  const say = useSaid();
  const { catalogue, faults, readOnly } = useEditing();
  const own = faultsUnder(faults, pointer);
  const name = fullName(node);
  const fact = findFact(catalogue, name);
  const operators = fact ? operatorsFor(catalogue, fact) : catalogue.operators;
  const operator = catalogue.operators.find((one) => one.name === node.operator);

  const choose = (chosen: string): void => {
    const next = findFact(catalogue, chosen);
    const allowed = next ? operatorsFor(catalogue, next) : [];
    const kept = allowed.some((one) => one.name === node.operator);
    const same = kept && next?.type === fact?.type && next?.values?.join() === fact?.values?.join();
    onChange({
      fact: chosen,
      operator: kept ? node.operator : (allowed[0]?.name ?? ''),
      ...(same && node.value !== undefined ? { value: node.value } : {}),
    });
  };
  const ask = (wanted: string): void => {
    const next = catalogue.operators.find((one) => one.name === wanted);
    const same = next?.wants === operator?.wants && node.value !== undefined;
    onChange({ fact: name, operator: wanted, ...(same ? { value: node.value } : {}) });
  };
  return (
    <div role="group" aria-label={t('condition')}>
      <Flex gap="small" align="start" wrap>
        <FactSelect value={name} onChange={choose} status={own.length > 0 && !fact ? 'error' : undefined} />
        <Select<string>
          aria-label={t('operator')}
          placeholder={t('operator')}
          style={{ width: 150 }}
          popupMatchSelectWidth={false}
          value={node.operator || null}
          disabled={readOnly || !fact}
          options={operators.map((one) => ({
            value: one.name,
            label: <Tooltip title={one.describe}>{say(one.label)}</Tooltip>,
          }))}
          onChange={ask}
        />
        {fact && operator && (
          <ValueInput
            key={`${name} ${operator.name}`}
            fact={fact}
            operator={operator}
            value={node.value}
            onChange={(value) =>
              onChange({ fact: name, operator: node.operator, ...(value === undefined ? {} : { value }) })
            }
          />
        )}
        {onRemove && !readOnly && (
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('removeCondition')}
            onClick={onRemove}
          />
        )}
      </Flex>
      {own.length > 0 && <Typography.Text type="danger">{faultText(own)}</Typography.Text>}
    </div>
  );
}
