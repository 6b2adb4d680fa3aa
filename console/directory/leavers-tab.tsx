/** Bound people who left or came back, with what is still on their desk. */
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, Popconfirm, Table, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dockingKey, pathOf, useDockingId } from '../dockings/docking';
import { useAct } from '../http/act';
import { ProblemAlert } from '../http/problem';
import { request, type ApiProblem } from '../http/request';
import type { Page } from '../http/shapes';
import { useMay } from '../session/signed-in';

interface LeaverTicket {
  ticketId: string;
  code: string | null;
  title: string | null;
  url: string | null;
}

interface Leaver {
  state: 'left' | 'returned';
  binding: {
    id: string;
    employeeId: string;
    employeeName: string | null;
    agentId: string;
    agentName: string | null;
  };
  openTickets: number;
  tickets: LeaverTicket[];
}

export function LeaversTab(): ReactNode {
  const { t } = useTranslation('directory');
  const dockingId = useDockingId();
  const may = useMay();
  const key = [...dockingKey(dockingId), 'leavers'];
  const { data, error, isPending, refetch } = useQuery<Page<Leaver>, ApiProblem>({
    queryKey: key,
    queryFn: ({ signal }) =>
      request<Page<Leaver>>('GET', `${pathOf(dockingId)}/leavers`, { query: { limit: 200 }, signal }),
  });
  const bindingPath = ({ binding }: Leaver): string => `${pathOf(dockingId)}/bindings/${binding.id}`;
  const changes = [key, [...dockingKey(dockingId), 'bindings']];
  const resume = useAct<Leaver>({
    run: (leaver) => request('POST', `${bindingPath(leaver)}:resume`),
    done: t('leavers.resumed'),
    changes,
  });
  const unbind = useAct<Leaver>({
    run: (leaver) => request('DELETE', bindingPath(leaver)),
    done: t('leavers.unbound'),
    changes,
  });
  return (
    <Card>
      <Flex vertical gap="middle">
        <Typography.Text type="secondary">{t('leavers.what')}</Typography.Text>
        <ProblemAlert problem={error} retry={refetch} />
        <Table<Leaver>
          rowKey={({ binding }) => binding.id}
          size="small"
          loading={isPending}
          dataSource={data?.items ?? []}
          scroll={{ x: 'max-content' }}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          locale={{ emptyText: t('leavers.none') }}
          expandable={{
            rowExpandable: ({ tickets }) => tickets.length > 0,
            expandedRowRender: ({ tickets }) => (
              <ul>
                {tickets.map(({ ticketId, code, title, url }) => (
                  <li key={ticketId}>
                    {url ? (
                      <a href={url} target="_blank" rel="noreferrer">
                        {code ?? ticketId}
                      </a>
                    ) : (
                      (code ?? ticketId)
                    )}{' '}
                    {title}
                  </li>
                ))}
              </ul>
            ),
          }}
          columns={[
            { title: t('person'), render: (_, { binding }) => binding.employeeName ?? binding.employeeId },
            { title: t('leavers.agent'), render: (_, { binding }) => binding.agentName ?? binding.agentId },
            {
              title: t('stateTitle'),
              render: (_, { state }) => (
                <Tag color={state === 'left' ? 'red' : 'cyan'}>{t(`leavers.${state}`)}</Tag>
              ),
            },
            { title: t('leavers.tickets'), align: 'right', dataIndex: 'openTickets' },
            {
              title: '',
              render: (_, leaver) =>
                may.administer && (
                  <Flex gap="small" justify="end">
                    {leaver.state === 'returned' && (
                      <Button size="small" onClick={() => resume.mutate(leaver)}>
                        {t('leavers.resume')}
                      </Button>
                    )}
                    <Popconfirm title={t('leavers.unbindSure')} onConfirm={() => unbind.mutate(leaver)}>
                      <Button size="small" danger>
                        {t('leavers.unbind')}
                      </Button>
                    </Popconfirm>
                  </Flex>
                ),
            },
          ]}
        />
      </Flex>
    </Card>
  );
}
