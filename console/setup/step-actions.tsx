/** What an admin may decide on a step in its state. The API has the last word. */
import { Button, Flex } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isApprovable, isByPerson } from './blocked-by';
import { HandOverModal } from './hand-over-modal';
import type { StepDecision } from './onboarding';
import type { ChecklistItem, OnboardingStep } from './shapes';
import { StepDecisionModal } from './step-decision-modal';

type Asking = StepDecision['verb'] | 'hand-over';

export function StepActions({
  step,
  items,
}: {
  step: OnboardingStep;
  items: readonly ChecklistItem[];
}): ReactNode {
  const { t } = useTranslation('setup');
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = (): void => setAsking(null);
  const done = step.state === 'done';
  return (
    <Flex gap="small" wrap>
      {isApprovable(step, items) && (
        <Button size="small" type="primary" onClick={() => setAsking('approve')}>
          {t('steps.approve')}
        </Button>
      )}
      {!done && !isByPerson(step) && (
        <Button size="small" danger onClick={() => setAsking('reject')}>
          {t('steps.reject')}
        </Button>
      )}
      {!done && (
        <Button size="small" onClick={() => setAsking('hand-over')}>
          {t('steps.handOver')}
        </Button>
      )}
      {(done || step.state === 'rejected') && (
        <Button size="small" onClick={() => setAsking('reopen')}>
          {t('steps.reopen')}
        </Button>
      )}
      {asking === 'hand-over' && <HandOverModal step={step} onClose={close} />}
      {asking !== null && asking !== 'hand-over' && (
        <StepDecisionModal step={step} verb={asking} onClose={close} />
      )}
    </Flex>
  );
}
