/** People from the directory, an agent for each, and what became of them. */
import { Button, Drawer, Flex, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBatch, useBind } from './bind';
import type { Member } from './members';
import { isRefused, PairsTable, type PairRow } from './pairs-table';
import { PeoplePicker } from './people-picker';

interface Props {
  dockingId: string;
  open: boolean;
  onClose: () => void;
}

export function AddMember(props: Props): ReactNode {
  const { t } = useTranslation('bindings');
  return (
    <Drawer open={props.open} onClose={props.onClose} title={t('way.add')} size={760} destroyOnHidden>
      <AddMemberForm {...props} />
    </Drawer>
  );
}

const REFUSED = { outcome: 'already-bound', reason: 'bound-to-other' } as const;

function AddMemberForm({ dockingId, onClose }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const [rows, setRows] = useState<PairRow[]>([]);
  const bind = useBind(dockingId);
  const batch = useBatch(dockingId);
  // Who is refused is decided on one by one.
  const left = rows.filter((row) => row.result?.outcome !== 'bound' && !isRefused(row));
  const ready = left.flatMap(({ person: { employeeId }, agentId }) =>
    agentId === undefined ? [] : [{ employeeId, agentId }],
  );
  const change = (employeeId: string, changed: Partial<PairRow>): void =>
    setRows((before) =>
      before.map((row) => (row.person.employeeId === employeeId ? { ...row, ...changed } : row)),
    );
  const choose = (people: Member[]): void =>
    setRows((before) =>
      people.map((person) => before.find((row) => row.person.employeeId === person.employeeId) ?? { person }),
    );

  const bindOne = (pair: { employeeId: string; agentId: string }, replace: boolean): void =>
    bind.mutate(
      { ...pair, replace },
      {
        onSuccess: (bound) =>
          bound && rows.length === 1
            ? onClose()
            : change(pair.employeeId, { result: bound ? { outcome: 'bound', reason: 'listed' } : REFUSED }),
      },
    );
  const bindAll = (): void => {
    const [first] = ready;
    if (first && ready.length === 1) return bindOne(first, false);
    batch.mutate(
      { bindings: ready, replace: false, dryRun: false },
      {
        onSuccess: ({ results }) => {
          for (const { employee, outcome, reason } of results)
            change(employee, { result: { outcome, reason } });
          if (rows.length === results.length && results.every(({ outcome }) => outcome === 'bound'))
            onClose();
        },
      },
    );
  };
  return (
    <Flex vertical gap="middle">
      <Typography.Text type="secondary">{t('addWhat')}</Typography.Text>
      <PeoplePicker dockingId={dockingId} value={rows.map(({ person }) => person)} onChange={choose} />
      {rows.length > 0 && (
        <PairsTable
          dockingId={dockingId}
          rows={rows}
          busy={bind.isPending}
          onAgent={(employeeId, agentId) => change(employeeId, { agentId, result: undefined })}
          onReplace={(pair) => bindOne(pair, true)}
        />
      )}
      <Flex gap="small" justify="end">
        <Button onClick={onClose}>{t('close', { ns: 'console' })}</Button>
        <Button
          type="primary"
          disabled={ready.length === 0 || ready.length < left.length}
          loading={bind.isPending || batch.isPending}
          onClick={bindAll}
        >
          {t('bindChosen', { number: left.length })}
        </Button>
      </Flex>
    </Flex>
  );
}
