/** The exact changes of a repair, in their order, and what became of each. */
import { Alert, Descriptions, Flex, Steps, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { useItemNames } from './item-name';
import type { Repair, RepairChange, RepairStep } from './shapes';

const ALERT = { planned: 'info', applying: 'info', done: 'success', failed: 'error' } as const;
const STATUS = { pending: 'process', done: 'finish', refused: 'error', skipped: 'wait' } as const;
const COLOUR = { pending: 'blue', done: 'green', refused: 'red', skipped: 'default' } as const;

/** What comes after a refused change is not made any more. */
const outcomeOf = ({ outcome }: RepairChange, { state }: Repair): RepairChange['outcome'] | 'skipped' =>
  outcome === 'pending' && state === 'failed' ? 'skipped' : outcome;

export function RepairChanges({ repair }: { repair: Repair }): ReactNode {
  const { t } = useTranslation('setup');
  const format = useFormat();
  return (
    <Flex vertical gap="middle">
      <Alert
        type={ALERT[repair.state]}
        showIcon
        title={t(`repair.state.${repair.state}`, { until: format.time(repair.expiresAt) })}
        description={
          repair.state === 'planned' ? `${t('repair.nothingYet')} ${t('repair.unverified')}.` : undefined
        }
      />
      <Steps
        orientation="vertical"
        size="small"
        current={-1}
        items={repair.changes.map((change) => ({
          key: change.id,
          status: STATUS[outcomeOf(change, repair)],
          title: (
            <>
              {t(`repair.kind.${change.step.kind}`)}{' '}
              {repair.state !== 'planned' && (
                <Tag color={COLOUR[outcomeOf(change, repair)]}>
                  {t(`repair.outcome.${outcomeOf(change, repair)}`)}
                </Tag>
              )}
            </>
          ),
          content: <Change change={change} />,
        }))}
      />
    </Flex>
  );
}

function Change({ change: { step, effect, items, reason } }: { change: RepairChange }): ReactNode {
  const { t } = useTranslation('setup');
  const namesOf = useItemNames();
  return (
    <Flex vertical gap={4} style={{ paddingBottom: 12 }}>
      {reason && <Typography.Text type="danger">{reason}</Typography.Text>}
      <What step={step} />
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {t('repair.mends')}: {namesOf(items)} · {t(`repair.effect.${effect}`)}
      </Typography.Text>
    </Flex>
  );
}

function What({ step }: { step: RepairStep }): ReactNode {
  const { t } = useTranslation('setup');
  switch (step.kind) {
    case 'redirect-urls':
    case 'permissions':
      return step.add.map((one) => (
        <Typography.Text key={one} code>
          + {one}
        </Typography.Text>
      ));
    case 'abilities':
      return (
        <>
          {step.bot && <span>{t('repair.bot')}</span>}
          {step.webApp && (
            <Facts
              facts={[
                [t('repair.pcUrl'), step.webApp.pcUrl],
                [t('repair.mobileUrl'), step.webApp.mobileUrl],
              ]}
            />
          )}
        </>
      );
    case 'publish':
      return (
        <Facts
          facts={[
            [t('repair.changelog'), step.changelog],
            [t('repair.mobileDefault'), step.mobileDefault],
            [t('repair.desktopDefault'), step.desktopDefault],
          ]}
        />
      );
  }
}

const Facts = ({ facts }: { facts: [string, string][] }): ReactNode => (
  <Descriptions
    size="small"
    column={1}
    items={facts.map(([label, children]) => ({ key: label, label, children }))}
  />
);
