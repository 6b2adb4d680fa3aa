/** Told when a save was refused because somebody was faster: who, when, and how to go on. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dockingKey } from '../dockings/docking';
import { useFormat } from '../format';
import type { ApiProblem } from '../http/request';
import { readRuleSet, type TaggedRuleSet } from './rule-set';

export function SavedInBetween({
  dockingId,
  base,
  hint,
  onRead,
}: {
  dockingId: string;
  /** What the refused save was held against. */
  base: TaggedRuleSet;
  hint: string;
  onRead: (newer: TaggedRuleSet) => void;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const format = useFormat();
  const { data: newer, refetch } = useQuery<TaggedRuleSet, ApiProblem>({
    queryKey: [...dockingKey(dockingId), 'reminders-newer', base.etag],
    gcTime: 0,
    queryFn: ({ signal }) => readRuleSet(dockingId, signal),
  });
  const readAgain = async (): Promise<void> => {
    const { data } = await refetch();
    if (data) onRead(data);
  };
  return (
    <Alert
      type="warning"
      showIcon
      title={
        newer
          ? t('moved.by', {
              who: newer.updatedBy,
              when: format.time(newer.updatedAt),
              version: newer.version,
            })
          : t('moved.title')
      }
      description={hint}
      action={<Button onClick={() => void readAgain()}>{t('moved.read')}</Button>}
    />
  );
}
