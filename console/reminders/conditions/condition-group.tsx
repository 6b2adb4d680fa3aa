/** A group of the tree: how its conditions belong together, and the way to add more. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Select, Typography, theme } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditing } from '../editing';
import { faultsAt, faultText } from '../faults';
import type { Condition, Group } from '../shapes';
import { ConditionRow } from './condition-row';
import {
  GROUP_KINDS,
  blankGroup,
  blankLeaf,
  childrenOf,
  isLeaf,
  kindOf,
  pointerOf,
  turnInto,
  withAdded,
  withRemoved,
  withReplaced,
  type GroupKind,
} from './nodes';

export interface NodeProps<Node> {
  node: Node;
  pointer: string;
  onChange: (node: Node) => void;
  /** Absent for the root. */
  onRemove?: () => void;
}

export function ConditionGroup({ node, pointer, onChange, onRemove }: NodeProps<Group>): ReactNode {
  const { t } = useTranslation('reminders');
  const { token } = theme.useToken();
  const { faults, readOnly } = useEditing();
  const kind = kindOf(node) ?? 'all';
  const own = [...faultsAt(faults, pointer), ...faultsAt(faults, `${pointer}/${kind}`)];
  const add = (added: Condition): void => onChange(withAdded(node, added));
  const remove = (index: number): void => {
    if ('not' in node && onRemove) onRemove();
    else onChange(withRemoved(node, index));
  };
  return (
    <div
      role="group"
      aria-label={t(`kind.${kind}`)}
      style={{
        borderInlineStart: `3px solid ${own.length > 0 ? token.colorError : token.colorPrimaryBorder}`,
        background: token.colorFillQuaternary,
        borderRadius: token.borderRadius,
        padding: 12,
      }}
    >
      <Flex vertical gap="small">
        <Flex gap="small" align="center" wrap>
          <Select<GroupKind>
            aria-label={t('kind.title')}
            style={{ width: 220 }}
            value={kind}
            disabled={readOnly}
            options={GROUP_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
            onChange={(next) => onChange(turnInto(node, next))}
          />
          {'condition' in node && <RuleReference node={node} onChange={onChange} />}
          {onRemove && !readOnly && (
            <Button type="text" icon={<DeleteOutlined />} aria-label={t('removeGroup')} onClick={onRemove} />
          )}
        </Flex>
        {childrenOf(node).map((child, index) => {
          const shared = {
            pointer: pointerOf(node, pointer, index),
            onChange: (by: Condition) => onChange(withReplaced(node, index, by)),
            onRemove: () => remove(index),
          };
          // Conditions have no name of their own; their place is what they are known by.
          return isLeaf(child) ? (
            <ConditionRow key={index} node={child} {...shared} />
          ) : (
            <ConditionGroup key={index} node={child} {...shared} />
          );
        })}
        {own.length > 0 && <Typography.Text type="danger">{faultText(own)}</Typography.Text>}
        {kind !== 'condition' && !readOnly && (
          <Flex gap="small">
            <Button size="small" icon={<PlusOutlined />} onClick={() => add(blankLeaf())}>
              {t('addCondition')}
            </Button>
            <Button size="small" icon={<PlusOutlined />} onClick={() => add(blankGroup())}>
              {t('addGroup')}
            </Button>
          </Flex>
        )}
      </Flex>
    </div>
  );
}

function RuleReference({
  node,
  onChange,
}: {
  node: { condition: string };
  onChange: (node: Group) => void;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const { others, readOnly } = useEditing();
  return (
    <Select<string>
      aria-label={t('otherRule')}
      placeholder={t('otherRule')}
      style={{ width: 320 }}
      value={node.condition || null}
      disabled={readOnly}
      options={others.flatMap(({ id, name }) => (id ? [{ value: id, label: name }] : []))}
      onChange={(condition: string) => onChange({ condition })}
    />
  );
}
