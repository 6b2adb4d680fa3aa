/** One step: state, since when, by what it is proven, why it was sent back, and what a person may decide. */
import { Alert, Flex, Popover, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { useMay } from '../session/signed-in';
import { useItemName } from './item-name';
import type { ChecklistItem, OnboardingStep, StepState } from './shapes';
import { StepActions } from './step-actions';

const COLOUR: Record<StepState, string> = {
  open: 'default',
  waiting: 'gold',
  done: 'green',
  rejected: 'red',
};

interface StepProps {
  step: OnboardingStep;
  items: readonly ChecklistItem[];
}

export function StepBody({ step, items }: StepProps): ReactNode {
  const { t } = useTranslation('setup');
  const may = useMay();
  return (
    <Flex vertical gap="small" style={{ paddingBottom: 16 }}>
      <StateLine step={step} />
      {step.rejectedBy !== null && (
        <Alert
          type="error"
          showIcon
          title={t('steps.rejectedBy', {
            by: step.rejectedBy === 'platform' ? t('steps.platform') : step.rejectedBy,
          })}
          description={step.rejectReason}
        />
      )}
      <Flex justify="space-between" wrap gap="small">
        <Proofs step={step} items={items} />
        {may.administer && <StepActions step={step} items={items} />}
      </Flex>
    </Flex>
  );
}

function StateLine({ step }: { step: OnboardingStep }): ReactNode {
  const { t } = useTranslation('setup');
  const format = useFormat();
  return (
    <Flex gap="small" align="center" wrap>
      <Tag color={COLOUR[step.state]}>{t(`steps.state.${step.state}`)}</Tag>
      <Typography.Text type="secondary" title={format.time(step.since)}>
        {t('summary.since', { since: format.time(step.since) })}
      </Typography.Text>
      {step.doneBy && (
        <Typography.Text type="secondary">
          {t(`steps.doneBy.${step.doneBy}`, { by: step.approvedBy ?? '–' })}
        </Typography.Text>
      )}
      {step.handedOverTo && <Tag color="purple">{t('steps.handedOver', { to: step.handedOverTo })}</Tag>}
      {step.link && step.state !== 'done' && (
        <Typography.Link href={step.link} target="_blank" rel="noreferrer">
          {t('steps.goTo')}
        </Typography.Link>
      )}
      <Popover
        trigger="click"
        title={t('steps.history')}
        content={step.history.map(({ at, what, by }) => (
          <div key={`${at} ${what}`}>
            {format.time(at)} {t(`steps.what.${what as 'opened'}`, { defaultValue: what })} – {by}
          </div>
        ))}
      >
        <Typography.Link>{t('steps.history')}</Typography.Link>
      </Popover>
    </Flex>
  );
}

/** Where all is passed their number tells enough; where something is not, it is named. */
function Proofs({ step, items }: StepProps): ReactNode {
  const { t } = useTranslation('setup');
  const nameOf = useItemName();
  if (step.proof.length === 0) {
    return <Typography.Text type="secondary">{t('steps.byPerson')}</Typography.Text>;
  }
  const states = new Map(items.map(({ id, state }) => [id, state]));
  // Facts of our own are not on the checklist; a step that they prove says so.
  const own = step.doneBy === 'proof' ? 'passed' : undefined;
  const passed = step.proof.filter((id) => states.get(id) === 'passed');
  const many = step.proof.length > 4;
  const named = many ? step.proof.filter((id) => states.get(id) !== 'passed') : step.proof;
  return (
    <Flex gap={4} wrap align="center">
      <Typography.Text type="secondary">{t('steps.proofs')}:</Typography.Text>
      {many && (
        <Typography.Text type="secondary">
          {t('summary.passed', { passed: passed.length, all: step.proof.length })}
        </Typography.Text>
      )}
      {named.map((id) => (
        <Tag key={id} color={tagColour(states.get(id) ?? own)}>
          {nameOf(id)}
        </Tag>
      ))}
    </Flex>
  );
}

const tagColour = (state: ChecklistItem['state'] | undefined): string =>
  state === 'passed' ? 'green' : state === 'failed' ? 'red' : state === 'waiting' ? 'gold' : 'default';
