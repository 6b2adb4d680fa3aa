/** One sentence on the state of the docking, and what keeps it from going live, in the order of the work. */
import { Alert, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../format';
import type { Docking } from '../http/shapes';
import { blockedBy } from './blocked-by';
import { useItemName, useItemNames } from './item-name';
import { isOpen, type Checklist, type ChecklistItem, type Onboarding } from './shapes';

/** More are in the list below. */
const SHOWN = 6;

interface StandingProps {
  docking: Docking;
  checklist: Checklist;
  onboarding: Onboarding | undefined;
}

export function Standing({ docking, checklist, onboarding }: StandingProps): ReactNode {
  const { t } = useTranslation('setup');
  const namesOf = useItemNames();
  const said = useSentence({ docking, checklist, onboarding });
  const left = blockedBy(checklist, onboarding);
  const warnings = checklist.items.filter((item) => !item.blocking && isOpen(item)).length;
  const steps = docking.state === 'live' || docking.state === 'disabled' ? [] : left.steps;
  const items = docking.state === 'disabled' ? [] : left.items;
  return (
    <Flex vertical gap="small">
      <Alert
        showIcon
        type={said.type}
        title={said.title}
        description={
          said.more !== undefined || steps.length + items.length > 0 ? (
            <Flex vertical gap={4}>
              {said.more && <div>{said.more}</div>}
              {docking.state === 'in-review' && <strong>{t('summary.blocked')}</strong>}
              {steps.map(({ step, title, owner }) => (
                <div key={step}>
                  <Link to={`/dockings/${docking.id}/setup/steps`}>{t('summary.stepOpen', { title })}</Link>{' '}
                  <Typography.Text type="secondary">– {t(`owner.${owner}`)}</Typography.Text>
                </div>
              ))}
              {items.slice(0, SHOWN).map((item) => (
                <Blocking key={item.id} item={item} />
              ))}
              {items.length > SHOWN && <div>{t('summary.more', { number: items.length - SHOWN })}</div>}
            </Flex>
          ) : undefined
        }
      />
      {checklist.drifted.length > 0 && (
        <Typography.Text type="danger">
          {t('summary.drifted', { items: namesOf(checklist.drifted) })}
        </Typography.Text>
      )}
      {warnings > 0 && (
        <Typography.Text type="warning">{t('summary.warnings', { number: warnings })}</Typography.Text>
      )}
    </Flex>
  );
}

function Blocking({ item }: { item: ChecklistItem }): ReactNode {
  const { t } = useTranslation('setup');
  const nameOf = useItemName();
  return (
    <div>
      <strong>{nameOf(item.id)}</strong>: {item.message}{' '}
      <Typography.Text type="secondary">– {t(`owner.${item.owner}`)}</Typography.Text>{' '}
      {item.link && (
        <Typography.Link href={item.link} target="_blank" rel="noreferrer">
          {t('summary.open')}
        </Typography.Link>
      )}
    </div>
  );
}

interface Sentence {
  type: 'success' | 'info' | 'warning' | 'error';
  title: string;
  more?: string;
}

function useSentence({ docking, checklist, onboarding }: StandingProps): Sentence {
  const { t } = useTranslation('setup');
  const format = useFormat();
  const left = blockedBy(checklist, onboarding);
  const review = onboarding?.steps.find(({ step }) => step === 'review');
  switch (docking.state) {
    case 'disabled':
      return { type: 'info', title: t('summary.disabled') };
    case 'paused':
      return {
        type: 'warning',
        title: t('summary.paused'),
        ...(docking.pausedReason ? { more: docking.pausedReason } : {}),
      };
    case 'live':
      return left.items.length > 0
        ? { type: 'error', title: t('summary.liveBroken') }
        : { type: 'success', title: t('summary.live') };
    case 'in-review':
      return {
        type: 'info',
        title: t('summary.inReview', { since: format.time(review?.since) }),
        more: t('summary.inReviewWhat'),
      };
    case 'setting-up':
      if (checklist.checkedAt === null) return { type: 'info', title: t('summary.never') };
      return left.items.length + left.steps.length > 0
        ? { type: 'warning', title: t('summary.blocked') }
        : { type: 'success', title: t('summary.ready'), more: t('summary.blockedNothing') };
  }
}
