/** Who did what with this docking, latest first. */
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { Button, Card, Flex, Table } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dockingKey, pathOf, useDockingId } from '../dockings/docking';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import { request, type ApiProblem } from '../http/request';
import type { Page } from '../http/shapes';
import { useEntryText } from './entry-text';

interface AuditEntry {
  at: string;
  /** Account, or the part of the product that acted by itself. */
  actor: string;
  /** Such as `binding.created`. */
  action: string;
  detail: Record<string, unknown>;
  /** Network address; null = nobody called. */
  from: string | null;
}

export function AuditPage(): ReactNode {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const text = useEntryText();
  const dockingId = useDockingId();
  const entries = useInfiniteQuery<
    Page<AuditEntry>,
    ApiProblem,
    InfiniteData<Page<AuditEntry>>,
    readonly unknown[],
    string
  >({
    queryKey: [...dockingKey(dockingId), 'audit'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      request<Page<AuditEntry>>('GET', `${pathOf(dockingId)}/audit`, {
        query: { cursor: pageParam, limit: 100 },
        signal,
      }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return (
    <Card title={t('title')}>
      <Flex vertical gap="middle">
        <ProblemAlert problem={entries.error} retry={entries.refetch} />
        <Table<AuditEntry>
          rowKey={({ at, action, detail }) => `${at} ${action} ${JSON.stringify(detail)}`}
          size="small"
          loading={entries.isPending}
          dataSource={entries.data?.pages.flatMap(({ items }) => items) ?? []}
          pagination={false}
          scroll={{ x: 900 }}
          locale={{ emptyText: t('none') }}
          columns={[
            { title: t('at'), width: 180, render: (_, { at }) => format.time(at) },
            { title: t('actor'), width: 200, render: (_, { actor }) => text.actor(actor) },
            {
              title: t('action'),
              width: 240,
              render: (_, { action }) => <span title={action}>{text.action(action)}</span>,
            },
            { title: t('detail'), render: (_, { detail }) => text.detail(detail) },
            { title: t('from'), width: 140, render: (_, { from }) => from ?? '–' },
          ]}
        />
        {entries.hasNextPage && (
          <Button loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
            {t('more', { ns: 'console' })}
          </Button>
        )}
      </Flex>
    </Card>
  );
}
