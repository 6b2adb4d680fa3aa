/** Another agent for an employee who is bound already, in one step. */
import { Flex, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentSelect } from './agent-select';
import { agentOf, employeeOf, useBind } from './bind';
import { InTheWay } from './in-the-way';
import type { Binding } from './shapes';

interface Props {
  dockingId: string;
  /** Null: closed. */
  binding: Binding | null;
  onClose: () => void;
}

export function RebindModal({ dockingId, binding, onClose }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const [agentId, setAgentId] = useState<string>();
  const bind = useBind(dockingId);
  const refused = bind.isSuccess && bind.data === null;
  const choose = (chosen: string | undefined): void => {
    setAgentId(chosen);
    bind.reset();
  };
  const go = (replace: boolean): void => {
    if (!binding || agentId === undefined) return;
    bind.mutate(
      { employeeId: binding.employeeId, agentId, replace, instead: binding },
      { onSuccess: (bound) => bound && onClose() },
    );
  };
  return (
    <Modal
      open={binding !== null}
      title={binding && t('rebindTitle', { employee: employeeOf(binding) })}
      okText={t('conflict.bind')}
      okButtonProps={{ disabled: agentId === undefined || refused, loading: bind.isPending }}
      cancelText={t('cancel', { ns: 'console' })}
      onOk={() => go(false)}
      onCancel={onClose}
      afterClose={() => choose(undefined)}
      destroyOnHidden
    >
      <Flex vertical gap="middle">
        {binding && <div>{t('rebindNow', { agent: agentOf(binding) })}</div>}
        <AgentSelect dockingId={dockingId} value={agentId} onChange={choose} label={t('agent')} />
        {refused && binding && agentId !== undefined && (
          <InTheWay
            dockingId={dockingId}
            pair={{ employeeId: binding.employeeId, agentId }}
            busy={bind.isPending}
            onReplace={() => go(true)}
          />
        )}
      </Flex>
    </Modal>
  );
}
