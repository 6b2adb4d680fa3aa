/** Every item of the set-up: what blocks going live apart from what only warns. */
import { Card, Checkbox, Empty, Flex, Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../dockings/docking';
import { ProblemAlert } from '../http/problem';
import { useChecklist } from './checklist';
import { ChecklistTable } from './checklist-table';
import { MissingPermissions } from './missing-permissions';
import { RepairOffer } from './repair-offer';
import { isOpen, type Checklist } from './shapes';

export function ChecklistTab(): ReactNode {
  const { data, error, refetch } = useChecklist(useDockingId());
  return (
    <Flex vertical gap="middle">
      <ProblemAlert problem={error} retry={refetch} />
      {data ? <Items checklist={data} /> : !error && <Skeleton active />}
    </Flex>
  );
}

function Items({ checklist }: { checklist: Checklist }): ReactNode {
  const { t } = useTranslation('setup');
  const [onlyOpen, setOnlyOpen] = useState(false);
  const shown = onlyOpen ? checklist.items.filter(isOpen) : checklist.items;
  const groups = [
    { key: 'required', items: shown.filter(({ blocking }) => blocking) },
    { key: 'recommended', items: shown.filter(({ blocking }) => !blocking) },
  ] as const;
  return (
    <Card>
      <Flex vertical gap="middle">
        <Flex justify="space-between" align="center" wrap gap="small">
          <Checkbox checked={onlyOpen} onChange={({ target }) => setOnlyOpen(target.checked)}>
            {t('items.onlyOpen')}
          </Checkbox>
          <RepairOffer checklist={checklist} />
        </Flex>
        <MissingPermissions missing={checklist.missingPermissions} />
        {shown.length === 0 && (
          <Empty description={checklist.items.length === 0 ? t('items.first') : t('items.none')} />
        )}
        {groups.map(
          ({ key, items }) =>
            items.length > 0 && (
              <ChecklistTable
                key={key}
                title={<strong>{t(`items.group.${key}`)}</strong>}
                items={items}
                drifted={checklist.drifted}
              />
            ),
        )}
      </Flex>
    </Card>
  );
}
