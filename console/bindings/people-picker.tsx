/** Several people, chosen from the tree of departments or found by name. */
import { Flex, Input, Tag, Tree } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { departmentTree, useDepartments } from '../directory/people';
import { ProblemAlert } from '../http/problem';
import { memberName, useFound, useMembers, type Member } from './members';
import { PeopleNodeTitle } from './people-node-title';
import {
  checkedKeys,
  departmentNodes,
  departmentsNamed,
  personNodes,
  type PeopleNode,
  type TreeInput,
} from './people-tree';
import { useSettled } from '../settled';

interface Props {
  dockingId: string;
  value: readonly Member[];
  onChange: (people: Member[]) => void;
  /** Those who are bound are shown and cannot be chosen. */
  unboundOnly?: boolean;
}

export function PeoplePicker({ dockingId, value, onChange, unboundOnly = false }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim());
  const [open, setOpen] = useState<string[]>([]);
  const departments = useDepartments(dockingId);
  const members = useMembers(dockingId, open);
  const found = useFound(dockingId, q);
  const tree = useMemo(() => departmentTree(departments.data ?? []), [departments.data]);
  const input: TreeInput = {
    members: new Map(open.map((id, index) => [id, members[index]?.data])),
    mayChoose: ({ boundTo }) => !unboundOnly || boundTo === null,
    notes: { reading: t('searching'), empty: t('picker.empty'), more: t('picker.more') },
  };
  const nodes =
    q === ''
      ? departmentNodes(tree, input)
      : [
          ...departmentNodes(departmentsNamed(tree, q), input),
          ...personNodes('found', found.data?.people ?? [], input),
        ];

  const turn = (person: Member): void => {
    const without = value.filter(({ employeeId }) => employeeId !== person.employeeId);
    onChange(without.length < value.length ? without : [...value, person]);
  };
  const addAll = (people: readonly Member[]): void => {
    const more = people.map((one): [string, Member] => [one.employeeId, one]);
    onChange([
      ...new Map([...value.map((one): [string, Member] => [one.employeeId, one]), ...more]).values(),
    ]);
  };
  const press = ({ kind, key, person, disableCheckbox }: PeopleNode): void => {
    if (kind === 'department')
      setOpen(open.includes(key) ? open.filter((one) => one !== key) : [...open, key]);
    if (person && !disableCheckbox) turn(person);
  };
  return (
    <Flex vertical gap="small">
      <Input.Search
        allowClear
        aria-label={t('picker.search')}
        placeholder={t('picker.search')}
        loading={q !== '' && found.isFetching}
        onChange={({ target }) => setTyped(target.value)}
      />
      <ProblemAlert
        problem={departments.error ?? found.error ?? members.find(({ error }) => error)?.error ?? null}
        retry={departments.refetch}
      />
      <div style={{ border: '1px solid rgba(128,128,128,.25)', borderRadius: 6, padding: 8, height: 316 }}>
        {nodes.length === 0 && !departments.isPending && !found.isFetching && t('picker.nobody')}
        <Tree<PeopleNode>
          checkable
          checkStrictly
          blockNode
          height={300}
          aria-label={t('picker.tree')}
          treeData={nodes}
          expandedKeys={open}
          onExpand={(keys) => setOpen(keys.map(String))}
          selectedKeys={[]}
          onSelect={(_, { node }) => press(node)}
          checkedKeys={checkedKeys(nodes, new Set(value.map(({ employeeId }) => employeeId)))}
          onCheck={(_, { node }) => node.person && turn(node.person)}
          titleRender={(node) => <PeopleNodeTitle node={node} onAll={addAll} />}
        />
      </div>
      <Flex gap={4} wrap aria-label={t('picker.chosen')}>
        {value.map((person) => (
          <Tag key={person.employeeId} closable onClose={() => turn(person)}>
            {memberName(person)}
          </Tag>
        ))}
      </Flex>
    </Flex>
  );
}
