/** All dockings that this person may see. */
import { Card, Empty, Flex, Layout, Table, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import type { Docking } from '../http/shapes';
import { useDockings } from './docking';
import { NewDocking } from './new-docking';
import { StateTag } from './state-tag';

export function DockingsPage(): ReactNode {
  const { t } = useTranslation('dockings');
  const format = useFormat();
  const navigate = useNavigate();
  const { data, error, isPending, refetch } = useDockings();
  return (
    <Layout.Content style={{ padding: 24, maxWidth: 1200, width: '100%', margin: '0 auto' }}>
      <Card title={t('title')} extra={<NewDocking />}>
        <Flex vertical gap="middle">
          <ProblemAlert problem={error} retry={refetch} />
          <Table<Docking>
            rowKey="id"
            loading={isPending}
            dataSource={data?.items ?? []}
            pagination={false}
            scroll={{ x: 'max-content' }}
            locale={{ emptyText: <Empty description={t('none')} /> }}
            onRow={({ id }) => ({
              onClick: () => void navigate(`/dockings/${id}`),
              style: { cursor: 'pointer' },
            })}
            columns={[
              {
                title: t('name'),
                render: (_, { id, name }) => <Link to={`/dockings/${id}`}>{name}</Link>,
              },
              { title: t('stateTitle'), render: (_, { state }) => <StateTag state={state} /> },
              {
                title: t('brand'),
                render: (_, { brand }) => <Tag>{brand === 'lark' ? 'Lark' : 'Feishu'}</Tag>,
              },
              {
                title: t('app'),
                render: (_, { appId }) => <Typography.Text code>{appId}</Typography.Text>,
              },
              { title: t('company'), render: (_, { tenantName }) => tenantName ?? '–' },
              { title: t('changed'), render: (_, { updatedAt }) => format.since(updatedAt) },
            ]}
          />
        </Flex>
      </Card>
    </Layout.Content>
  );
}
