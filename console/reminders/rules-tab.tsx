/** The switch of the docking, and its rules. */
import { Button, Card, Flex, Switch, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../dockings/docking';
import { useFormat } from '../format';
import { ProblemAlert } from '../http/problem';
import { useMay } from '../session/signed-in';
import { useCatalogue } from './catalogue';
import { FaultList } from './fault-list';
import { RuleDrawer } from './rule-drawer';
import { useRuleSet, useSaveRuleSet, useTakeOver, type RuleSetChange } from './rule-set';
import { RulesTable } from './rules-table';
import { SavedInBetween } from './saved-in-between';
import { newRule, type Rule } from './shapes';

export function RulesTab(): ReactNode {
  const { t } = useTranslation('reminders');
  const format = useFormat();
  const dockingId = useDockingId();
  const may = useMay();
  const { data: set, error, isPending, refetch } = useRuleSet(dockingId);
  const catalogue = useCatalogue();
  const save = useSaveRuleSet(dockingId);
  const takeOver = useTakeOver(dockingId);
  const [edited, setEdited] = useState<Rule | null>(null);
  const change = (changes: Omit<RuleSetChange, 'base'>): void => {
    if (set) save.mutate({ base: set, ...changes });
  };
  return (
    <Card>
      <Flex vertical gap="middle">
        <Flex gap="small" align="center" wrap>
          <Switch
            aria-label={t('switch')}
            checked={set?.enabled ?? false}
            disabled={!may.administer || !set || save.isPending}
            onChange={(enabled) => change({ enabled })}
          />
          <Typography.Text strong>{t('switch')}</Typography.Text>
          <Typography.Text type={set && !set.enabled ? 'warning' : 'secondary'}>
            {set && !set.enabled ? t('switchedOff') : t('switchWhat')}
          </Typography.Text>
        </Flex>
        <ProblemAlert problem={error ?? catalogue.error} retry={error ? refetch : catalogue.refetch} />
        {set && save.error?.status === 412 && (
          <SavedInBetween
            dockingId={dockingId}
            base={save.variables?.base ?? set}
            hint={t('moved.notSaved')}
            onRead={(newer) => {
              takeOver(newer);
              save.reset();
            }}
          />
        )}
        {save.error?.status === 400 && <FaultList title={save.error.message} faults={save.error.errors} />}
        {save.error && save.error.status !== 412 && save.error.status !== 400 && (
          <ProblemAlert problem={save.error} />
        )}
        <Flex justify="space-between" align="center" wrap gap="small">
          <Typography.Text type="secondary">
            {set &&
              set.version > 0 &&
              t('version', { version: set.version, who: set.updatedBy, when: format.time(set.updatedAt) })}
          </Typography.Text>
          {may.administer && (
            <Button type="primary" disabled={!set || !catalogue.data} onClick={() => setEdited(newRule())}>
              {t('newRule')}
            </Button>
          )}
        </Flex>
        <RulesTable
          dockingId={dockingId}
          rules={set?.rules ?? []}
          loading={isPending}
          busy={save.isPending}
          onOpen={setEdited}
          onChange={(rules) => change({ rules })}
        />
        {set && catalogue.data && edited && (
          <RuleDrawer
            key={edited.id ?? 'new'}
            dockingId={dockingId}
            catalogue={catalogue.data}
            opened={set}
            rule={edited}
            onClose={() => setEdited(null)}
          />
        )}
      </Flex>
    </Card>
  );
}
