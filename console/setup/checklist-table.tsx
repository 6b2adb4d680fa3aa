/** Items of one weight; what is open shows all it knows, what passed can be opened. */
import { Flex, Table, Tag, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { ItemFacts } from './item-facts';
import { useItemName } from './item-name';
import { ItemState } from './item-state';
import { isOpen, type ChecklistItem } from './shapes';

export function ChecklistTable({
  items,
  drifted,
  title,
}: {
  items: readonly ChecklistItem[];
  drifted: readonly string[];
  title: ReactNode;
}): ReactNode {
  const { t } = useTranslation('setup');
  const format = useFormat();
  const nameOf = useItemName();
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  return (
    <Table<ChecklistItem>
      rowKey="id"
      size="small"
      title={() => title}
      dataSource={items}
      pagination={false}
      scroll={{ x: 800 }}
      expandable={{
        expandedRowKeys: items.flatMap((item) => (isOpen(item) !== toggled.has(item.id) ? [item.id] : [])),
        expandedRowRender: (item) => <ItemFacts item={item} />,
        onExpand: (_, { id }) =>
          setToggled((before) =>
            before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
          ),
      }}
      columns={[
        { title: t('items.state'), width: 100, render: (_, item) => <ItemState item={item} /> },
        {
          title: t('items.item'),
          render: (_, item) => (
            <Flex vertical>
              <span>
                <Typography.Text strong={isOpen(item)}>{nameOf(item.id)}</Typography.Text>{' '}
                {drifted.includes(item.id) && <Tag color="volcano">{t('items.drifted')}</Tag>}
              </span>
              <Typography.Text {...(isOpen(item) ? {} : { type: 'secondary' as const })}>
                {item.message}
              </Typography.Text>
            </Flex>
          ),
        },
        { title: t('items.owner'), width: 190, render: (_, { owner }) => t(`owner.${owner}`) },
        {
          title: t('items.checkedAt'),
          responsive: ['lg'],
          width: 150,
          render: (_, { checkedAt }) => <span title={format.time(checkedAt)}>{format.since(checkedAt)}</span>,
        },
        {
          title: '',
          width: 140,
          render: (_, { link }) =>
            link && (
              <Typography.Link href={link} target="_blank" rel="noreferrer">
                {t('summary.open')}
              </Typography.Link>
            ),
        },
      ]}
    />
  );
}
