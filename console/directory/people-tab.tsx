/** Who is in the mirror, found by name, department or state. */
import { Button, Card, Flex, Input, Select, Table, Tag, TreeSelect, Typography } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocking, useDockingId } from '../dockings/docking';
import { ProblemAlert } from '../http/problem';
import type { Employee } from '../http/shapes';
import { departmentTree, useDepartments, usePeople, type PeopleWanted } from './people';

/** The company itself, which the platform lists among nobody's departments. */
const ROOT = '0';

const STATES = ['active', 'not-activated', 'frozen', 'left', 'unknown'] as const;
const COLOUR: Record<Employee['state'], string> = {
  active: 'green',
  'not-activated': 'gold',
  frozen: 'blue',
  left: 'default',
  unknown: 'default',
};

export function PeopleTab(): ReactNode {
  const { t } = useTranslation('directory');
  const dockingId = useDockingId();
  const [wanted, setWanted] = useState<PeopleWanted>({});
  const people = usePeople(dockingId, wanted);
  const departments = useDepartments(dockingId);
  const tree = useMemo(() => departmentTree(departments.data ?? []), [departments.data]);
  const company = useDocking(dockingId).data?.tenantName ?? '–';
  const names = useMemo(
    () =>
      new Map([
        [ROOT, company],
        ...(departments.data ?? []).map(({ departmentId, name }): [string, string] => [
          departmentId,
          name ?? departmentId,
        ]),
      ]),
    [departments.data, company],
  );
  return (
    <Card>
      <Flex vertical gap="middle">
        <Flex gap="small" wrap>
          <Input.Search
            allowClear
            placeholder={t('people.search')}
            style={{ width: 280, maxWidth: '100%' }}
            onSearch={(q) => setWanted((before) => ({ ...before, q: q.trim() || undefined }))}
          />
          <TreeSelect<string>
            allowClear
            showSearch={{ treeNodeFilterProp: 'title' }}
            placeholder={t('people.department')}
            style={{ width: 280, maxWidth: '100%' }}
            treeData={tree}
            loading={departments.isPending}
            onChange={(department) =>
              setWanted((before) => ({ ...before, department: department || undefined }))
            }
          />
          <Select<Employee['state']>
            allowClear
            placeholder={t('people.state')}
            style={{ width: 180 }}
            options={STATES.map((value) => ({ value, label: t(`people.states.${value}`) }))}
            onChange={(state) => setWanted((before) => ({ ...before, state }))}
          />
        </Flex>
        <ProblemAlert problem={people.error ?? departments.error} retry={people.refetch} />
        <Table<Employee>
          rowKey="employeeId"
          size="small"
          virtual
          scroll={{ x: 1000, y: 520 }}
          loading={people.isFetching && !people.isFetchingNextPage}
          dataSource={people.data?.pages.flatMap(({ items }) => items) ?? []}
          pagination={false}
          locale={{ emptyText: t('people.none') }}
          columns={[
            {
              title: t('person'),
              width: 200,
              render: (_, { name, enName, employeeId }) => name ?? enName ?? employeeId,
            },
            {
              title: t('people.department'),
              width: 220,
              ellipsis: true,
              render: (_, { departmentIds }) =>
                departmentIds.map((id) => names.get(id) ?? id).join(' / ') || '–',
            },
            {
              title: t('field.jobTitle'),
              width: 150,
              ellipsis: true,
              render: (_, one) => one.jobTitle ?? '–',
            },
            {
              title: t('field.email'),
              width: 220,
              ellipsis: true,
              render: (_, { email, enterpriseEmail }) => email ?? enterpriseEmail ?? '–',
            },
            { title: t('field.mobile'), width: 150, render: (_, { mobile }) => mobile ?? '–' },
            {
              title: t('people.state'),
              width: 170,
              render: (_, { state, inAvailability }) => (
                <>
                  <Tag color={COLOUR[state]}>{t(`people.states.${state}`)}</Tag>
                  {inAvailability === false && state === 'active' && (
                    <Typography.Text type="warning">{t('people.outside')}</Typography.Text>
                  )}
                </>
              ),
            },
          ]}
        />
        {people.hasNextPage && (
          <Button loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
            {t('more', { ns: 'console' })}
          </Button>
        )}
      </Flex>
    </Card>
  );
}
