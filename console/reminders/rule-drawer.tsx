/** One rule, from the first word to the save: form, JSON, trial over past events, and its card. */
import { Alert, App, Button, Drawer, Flex, Tabs } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../http/problem';
import type { ApiProblem } from '../http/request';
import { useMay } from '../session/signed-in';
import { CardPreview } from './card-preview';
import type { Catalogue } from './catalogue';
import { EditingProvider } from './editing';
import { FaultList } from './fault-list';
import { faultsOfRule, unchangedSince } from './faults';
import { RuleForm } from './rule-form';
import { RuleJson } from './rule-json';
import { useSaveRuleSet, useTakeOver, type TaggedRuleSet } from './rule-set';
import { SavedInBetween } from './saved-in-between';
import type { Rule } from './shapes';
import { isShowable } from './showable';
import { Simulation } from './simulation';

export interface RuleDrawerProps {
  dockingId: string;
  catalogue: Catalogue;
  /** What the page shows when the drawer opens. */
  opened: TaggedRuleSet;
  rule: Rule;
  onClose: () => void;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The draft in its place; at the end where it is new, or where somebody deleted it meanwhile. */
function withDraft(rules: readonly Rule[], draft: Rule): { rules: Rule[]; index: number } {
  const at = draft.id === undefined ? -1 : rules.findIndex(({ id }) => id === draft.id);
  return at < 0
    ? { rules: [...rules, draft], index: rules.length }
    : { rules: rules.with(at, draft), index: at };
}

export function RuleDrawer({ dockingId, catalogue, opened, rule, onClose }: RuleDrawerProps): ReactNode {
  const { t } = useTranslation('reminders');
  const { modal } = App.useApp();
  const may = useMay();
  const [base, setBase] = useState(opened);
  const [original, setOriginal] = useState(rule);
  const [draft, setDraft] = useState(rule);
  const [broken, setBroken] = useState(false);
  const [refused, setRefused] = useState<{ problem: ApiProblem; draft: Rule } | null>(null);
  const [tab, setTab] = useState('form');
  const save = useSaveRuleSet(dockingId);
  const takeOver = useTakeOver(dockingId);
  const changed = !same(draft, original);
  const whole = withDraft(base.rules, draft);
  const all = refused ? faultsOfRule(refused.problem, whole.index) : [];
  const faults = refused ? unchangedSince(all, refused.draft, draft) : [];
  const elsewhere = (refused?.problem.errors.length ?? 0) - all.length;
  const refuse = (problem: ApiProblem | null): void =>
    setRefused(problem?.status === 400 ? { problem, draft } : null);
  const faulty = faults.length + elsewhere > 0 ? refused : null;
  const moved = save.error?.status === 412;
  const failed = save.error !== null && !moved && save.error.status !== 400;
  const close = (): void => {
    if (!changed) return onClose();
    void modal.confirm({
      title: t('leaveSure'),
      okText: t('leave'),
      // Return must not lose what was written.
      autoFocusButton: 'cancel',
      okButtonProps: { danger: true },
      onOk: onClose,
    });
  };
  const submit = (): void =>
    save.mutate({ base, rules: whole.rules }, { onSuccess: onClose, onError: refuse });
  const readAgain = (newer: TaggedRuleSet): void => {
    setBase(newer);
    save.reset();
    takeOver(newer);
    const theirs = newer.rules.find(({ id }) => id !== undefined && id === draft.id);
    if (theirs && !same(theirs, original)) {
      void modal.confirm({
        title: t('moved.same'),
        okText: t('moved.mine'),
        cancelText: t('moved.theirs'),
        // Escape must not decide.
        keyboard: false,
        onCancel: () => {
          setDraft(theirs);
          setOriginal(theirs);
        },
      });
    }
  };
  return (
    <Drawer
      open
      size="min(1000px, 100vw)"
      title={rule.id ? rule.name : t('newRule')}
      onClose={close}
      footer={
        <Flex gap="small" justify="end">
          <Button onClick={close}>{t(may.administer ? 'cancel' : 'close', { ns: 'console' })}</Button>
          {may.administer && (
            <Button type="primary" disabled={broken || !changed} loading={save.isPending} onClick={submit}>
              {t('save', { ns: 'console' })}
            </Button>
          )}
        </Flex>
      }
    >
      <EditingProvider
        value={{
          dockingId,
          catalogue,
          faults,
          readOnly: !may.administer,
          others: base.rules.filter(({ id }) => id !== draft.id),
        }}
      >
        <Flex vertical gap="middle">
          {(moved || failed || faulty) && (
            <div style={{ position: 'sticky', top: 0, zIndex: 5, maxHeight: '40vh', overflow: 'auto' }}>
              {moved && (
                <SavedInBetween
                  dockingId={dockingId}
                  base={base}
                  hint={t('moved.draftKept')}
                  onRead={readAgain}
                />
              )}
              <ProblemAlert problem={failed ? save.error : null} />
              {faulty && <FaultList title={faulty.problem.message} faults={faults} elsewhere={elsewhere} />}
            </div>
          )}
          <Tabs
            activeKey={tab}
            onChange={(next) => {
              // What could not be read stays out of the draft.
              setBroken(false);
              setTab(next);
            }}
            items={[
              {
                key: 'form',
                label: t('tab.form'),
                children: isShowable(draft) ? (
                  <RuleForm rule={draft} onChange={setDraft} />
                ) : (
                  <Alert type="info" showIcon title={t('json.only')} />
                ),
              },
              {
                key: 'json',
                // Shows the draft as it is when it is turned to.
                destroyOnHidden: true,
                label: t('tab.json'),
                children: (
                  <RuleJson
                    key={JSON.stringify(original)}
                    rule={draft}
                    onChange={(one) => setDraft(one as Rule)}
                    onBroken={setBroken}
                  />
                ),
              },
              {
                key: 'try',
                label: t('tab.try'),
                children: <Simulation dockingId={dockingId} rules={whole.rules} onRefused={refuse} />,
              },
              {
                key: 'card',
                destroyOnHidden: true,
                label: t('tab.card'),
                children: <CardPreview dockingId={dockingId} rule={draft} changed={changed} />,
              },
            ]}
          />
        </Flex>
      </EditingProvider>
    </Drawer>
  );
}
