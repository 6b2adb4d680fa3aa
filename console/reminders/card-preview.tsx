/** The card that the draft would send, and one real card of the saved rule to somebody who looks at it. */
import { Button, Flex, Spin, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import { useMay } from '../session/signed-in';
import { BoundSelect } from './bound-select';
import { CardView } from './card-view';
import { useSettled } from '../settled';
import type { Rule } from './shapes';
import { usePreview, useTestCard } from './trials';

export function CardPreview({
  dockingId,
  rule,
  changed,
}: {
  dockingId: string;
  rule: Rule;
  /** Not saved as it is shown. */
  changed: boolean;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const format = useFormat();
  const may = useMay();
  const { data, error, isPending } = usePreview(dockingId, useSettled(rule));
  return (
    <Flex vertical gap="middle">
      <Typography.Text type="secondary">{t('card.what')}</Typography.Text>
      <ProblemAlert problem={error} />
      {isPending && <Spin />}
      {data && !error && (
        <>
          <CardView card={data.card} />
          <Typography.Text type="secondary">
            {t('card.size', { bytes: format.number(data.bytes) })}
          </Typography.Text>
        </>
      )}
      {may.operate && <TestSend dockingId={dockingId} ruleId={changed ? null : (rule.id ?? null)} />}
    </Flex>
  );
}

function TestSend({ dockingId, ruleId }: { dockingId: string; ruleId: string | null }): ReactNode {
  const { t } = useTranslation('reminders');
  const [employeeId, setEmployeeId] = useState<string | null>(null);
  const send = useTestCard(dockingId);
  return (
    <Flex vertical gap="small">
      <Typography.Text strong>{t('card.test')}</Typography.Text>
      <Flex gap="small" wrap>
        <BoundSelect
          dockingId={dockingId}
          label={t('card.person')}
          placeholder={t('card.person')}
          value={employeeId}
          onChange={setEmployeeId}
        />
        <Button
          disabled={ruleId === null || employeeId === null}
          loading={send.isPending}
          onClick={() => {
            if (ruleId !== null && employeeId !== null) send.mutate({ employeeId, ruleId });
          }}
        >
          {t('card.send')}
        </Button>
      </Flex>
      <Typography.Text type="secondary">
        {ruleId === null ? t('card.saveFirst') : t('card.testWhat')}
      </Typography.Text>
    </Flex>
  );
}
