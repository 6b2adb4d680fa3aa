/** "Repair for me": offered where something failed; what it would change is shown before anything is. */
import { ToolOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../dockings/docking';
import { ProblemAlert } from '../http/problem';
import { useMay } from '../session/signed-in';
import { useChecklist } from './checklist';
import { RepairChanges } from './repair-changes';
import { useApplyRepair, usePlanRepair, useRepair } from './repairs';
import type { Checklist, Repair } from './shapes';

export function RepairOffer({ checklist }: { checklist: Checklist }): ReactNode {
  const { t } = useTranslation('setup');
  const may = useMay();
  const dockingId = useDockingId();
  const plan = usePlanRepair(dockingId);
  const [repairId, setRepairId] = useState<string | null>(null);
  const repair = useRepair(dockingId, repairId);
  const offered = may.administer && checklist.items.some(({ state }) => state === 'failed');
  return (
    <>
      {offered && (
        <Button
          icon={<ToolOutlined />}
          loading={plan.isPending}
          onClick={() => plan.mutate(undefined, { onSuccess: ({ id }) => setRepairId(id) })}
        >
          {t('repair.offer')}
        </Button>
      )}
      {repairId !== null && (
        <RepairModal repair={repair.data} onClose={() => setRepairId(null)}>
          <ProblemAlert problem={repair.error} retry={repair.refetch} />
        </RepairModal>
      )}
    </>
  );
}

interface ModalProps {
  repair: Repair | undefined;
  onClose: () => void;
  children: ReactNode;
}

function RepairModal({ repair, onClose, children }: ModalProps): ReactNode {
  const { t } = useTranslation('setup');
  const dockingId = useDockingId();
  const apply = useApplyRepair(dockingId, repair?.id ?? '');
  // The checklist is read again after the last change; that must not wait for the next quiet look.
  useChecklist(dockingId, repair?.state === 'done' || repair?.state === 'failed');
  const planned = repair?.state === 'planned';
  return (
    <Modal
      open
      width={760}
      title={t('repair.title')}
      onCancel={onClose}
      onOk={() => (planned ? apply.mutate() : onClose())}
      okText={planned ? t('repair.apply') : t('close', { ns: 'console' })}
      okButtonProps={{ loading: apply.isPending || repair?.state === 'applying' }}
      cancelText={t('cancel', { ns: 'console' })}
      footer={(_, { OkBtn, CancelBtn }) => (
        <>
          {planned && <CancelBtn />}
          <OkBtn />
        </>
      )}
      loading={repair === undefined && children === null}
    >
      {children}
      {repair && <RepairChanges repair={repair} />}
    </Modal>
  );
}
