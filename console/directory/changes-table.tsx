/** The change set, person by person and field by field. */
import { Button, Flex, Segmented, Table, Tag, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import { ChangedFields } from './changed-fields';
import { CHANGE_KINDS, type ChangeKind, type SyncChange, type SyncRun } from './shapes';
import { useChanges } from './syncs';

const COLOUR: Record<ChangeKind, string> = {
  joined: 'green',
  changed: 'blue',
  moved: 'purple',
  left: 'red',
  returned: 'cyan',
};

export function ChangesTable({ dockingId, run }: { dockingId: string; run: SyncRun }): ReactNode {
  const { t } = useTranslation('directory');
  const format = useFormat();
  const [kind, setKind] = useState<ChangeKind | 'all'>(run.state === 'guarded' ? 'left' : 'all');
  const changes = useChanges({ dockingId, run, kind: kind === 'all' ? undefined : kind });
  const pages = changes.data?.pages ?? [];
  const names = Object.assign({}, ...pages.map(({ departmentNames }) => departmentNames)) as Record<
    string,
    string
  >;
  const total = CHANGE_KINDS.reduce((sum, one) => sum + run.counts[one], 0);
  const option = (value: ChangeKind | 'all', count: number): { value: typeof value; label: string } => ({
    value,
    label: `${t(`kind.${value}`)} ${format.number(count)}`,
  });
  return (
    <Flex vertical gap="middle">
      <Segmented<ChangeKind | 'all'>
        value={kind}
        onChange={setKind}
        options={[option('all', total), ...CHANGE_KINDS.map((one) => option(one, run.counts[one]))]}
      />
      <ProblemAlert problem={changes.error} retry={changes.refetch} />
      <Table<SyncChange>
        rowKey="employeeId"
        size="small"
        virtual
        scroll={{ x: 900, y: 480 }}
        loading={changes.isFetching && !changes.isFetchingNextPage}
        dataSource={pages.flatMap(({ items }) => items)}
        pagination={false}
        locale={{ emptyText: t('nothing') }}
        columns={[
          {
            title: t('person'),
            width: 260,
            render: (_, { employeeId, employeeName }) => (
              <Flex vertical>
                <span>{employeeName ?? '–'}</span>
                <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                  {employeeId}
                </Typography.Text>
              </Flex>
            ),
          },
          {
            title: t('what'),
            width: 110,
            render: (_, change) => <Tag color={COLOUR[change.kind]}>{t(`kind.${change.kind}`)}</Tag>,
          },
          {
            title: t('fields'),
            render: (_, change) => <ChangedFields change={change} names={names} />,
          },
        ]}
      />
      {changes.hasNextPage && (
        <Button loading={changes.isFetchingNextPage} onClick={() => void changes.fetchNextPage()}>
          {t('more', { ns: 'console' })}
        </Button>
      )}
    </Flex>
  );
}
