/** All rules of the docking, each with its own switch. */
import { Button, Flex, Popconfirm, Switch, Table, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../session/signed-in';
import { useNames } from './people';
import type { Receiver, Rule } from './shapes';

export interface RulesTableProps {
  dockingId: string;
  rules: Rule[];
  loading: boolean;
  busy: boolean;
  onOpen: (rule: Rule) => void;
  /** The rules as they shall be. */
  onChange: (rules: Rule[]) => void;
}

export function RulesTable({
  dockingId,
  rules,
  loading,
  busy,
  onOpen,
  onChange,
}: RulesTableProps): ReactNode {
  const { t } = useTranslation('reminders');
  const may = useMay();
  const names = useNames(dockingId);
  const told = ({ role, agentIds }: Receiver): string =>
    [t(`roles.${role}`, { defaultValue: role }), agentIds?.map(names.agent).join(', ')]
      .filter(Boolean)
      .join(': ');
  const turned = (rule: Rule, enabled: boolean): Rule[] =>
    rules.map((one) => (one.id === rule.id ? { ...one, enabled } : one));
  return (
    <Table<Rule>
      rowKey={({ id, name }) => id ?? name}
      size="middle"
      loading={loading}
      dataSource={rules}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: t('none') }}
      columns={[
        {
          title: t('on'),
          width: 80,
          render: (_, rule) => (
            <Switch
              aria-label={t('onOf', { name: rule.name })}
              checked={rule.enabled}
              disabled={!may.administer || busy}
              onChange={(enabled) => onChange(turned(rule, enabled))}
            />
          ),
        },
        {
          title: t('name'),
          render: (_, rule) => (
            <Button type="link" style={{ padding: 0 }} onClick={() => onOpen(rule)}>
              {rule.name}
            </Button>
          ),
        },
        {
          title: t('triggers'),
          render: (_, { triggers }) => (
            <Flex gap={4} wrap style={{ maxWidth: 360 }}>
              {triggers.map((type) => (
                <Tag key={type}>{t(`trigger.${type}`, { defaultValue: type })}</Tag>
              ))}
            </Flex>
          ),
        },
        {
          title: t('urgency'),
          render: (_, { urgency }) => (
            <Tag color={urgency === 'urgent' ? 'red' : 'default'}>{t(`urgencies.${urgency}`)}</Tag>
          ),
        },
        {
          title: t('receivers'),
          render: (_, { receivers }) => (
            <Flex vertical style={{ maxWidth: 320 }}>
              {receivers.map((receiver, index) => (
                <Typography.Text key={index} ellipsis={{ tooltip: told(receiver) }}>
                  {told(receiver)}
                </Typography.Text>
              ))}
            </Flex>
          ),
        },
        ...(may.administer
          ? [
              {
                title: '',
                render: (_: unknown, rule: Rule) => (
                  <Popconfirm
                    title={t('deleteSure', { name: rule.name })}
                    onConfirm={() => onChange(rules.filter(({ id }) => id !== rule.id))}
                  >
                    <Button size="small" danger disabled={busy}>
                      {t('delete')}
                    </Button>
                  </Popconfirm>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
