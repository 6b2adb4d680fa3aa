/** One line of the tree: a department with a way to take everybody in it, or a person with what tells them from others. */
import { TeamOutlined } from '@ant-design/icons';
import { Button, Flex, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { memberName, type Member } from './members';
import type { PeopleNode } from './people-tree';

interface Props {
  node: PeopleNode;
  onAll: (people: readonly Member[]) => void;
}

export function PeopleNodeTitle({ node: { name, kind, person, choosable = [] }, onAll }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  if (person) return <PersonLine person={person} />;
  if (kind === 'note') return <Typography.Text type="secondary">{name}</Typography.Text>;
  return (
    <Flex gap="small" align="center">
      <TeamOutlined />
      {name}
      {choosable.length > 0 && (
        <Button
          type="link"
          size="small"
          onClick={(event) => {
            event.stopPropagation();
            onAll(choosable);
          }}
        >
          {t('picker.all', { number: choosable.length })}
        </Button>
      )}
    </Flex>
  );
}

function PersonLine({ person }: { person: Member }): ReactNode {
  const { t } = useTranslation('bindings');
  const { jobTitle, email, enterpriseEmail, mobile, state, boundTo } = person;
  return (
    <Flex gap="small" align="center" wrap={false}>
      <span style={{ whiteSpace: 'nowrap' }}>{memberName(person)}</span>
      <Typography.Text type="secondary" ellipsis style={{ fontSize: 12 }}>
        {[jobTitle, email || enterpriseEmail || mobile].filter(Boolean).join(' · ')}
      </Typography.Text>
      {boundTo !== null && <Tag color="blue">{t('picker.boundTo', { agent: boundTo })}</Tag>}
      {(state === 'frozen' || state === 'not-activated') && (
        <Tag color="gold">{t(`whyNot.employee-${state}`)}</Tag>
      )}
    </Flex>
  );
}
