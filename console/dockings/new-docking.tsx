/** The way to a new docking, on the list of all of them. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Drawer, Flex, Form } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../session/signed-in';
import { useCreateDocking, type CreatedDocking, type NewDocking as Wanted } from './create-docking';
import { MadeSecret } from './made-secret';
import { NewDockingForm } from './new-docking-form';

export function NewDocking(): ReactNode {
  const { t } = useTranslation('dockings');
  const may = useMay();
  const [open, setOpen] = useState(false);
  if (!may.create) return null;
  return (
    <>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
        {t('create.new')}
      </Button>
      {open && <NewDockingDrawer onClose={() => setOpen(false)} />}
    </>
  );
}

function NewDockingDrawer({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation('dockings');
  const navigate = useNavigate();
  const [form] = Form.useForm<Wanted>();
  const create = useCreateDocking(form);
  const [told, setTold] = useState<CreatedDocking>();
  const goTo = ({ id }: CreatedDocking): void => void navigate(`/dockings/${id}/setup`);
  return (
    <Drawer
      open
      size={640}
      title={t('create.new')}
      mask={{ closable: false }}
      onClose={onClose}
      footer={
        <Flex justify="end" gap="small">
          <Button onClick={onClose}>{t('cancel', { ns: 'console' })}</Button>
          <Button type="primary" loading={create.isPending} onClick={form.submit}>
            {t('create.create')}
          </Button>
        </Flex>
      }
    >
      <NewDockingForm
        form={form}
        onWanted={(wanted) =>
          create.mutate(wanted, {
            onSuccess: (created) => (created.webhookSecret ? setTold(created) : goTo(created)),
          })
        }
      />
      {told?.webhookSecret && <MadeSecret secret={told.webhookSecret} onSeen={() => goTo(told)} />}
    </Drawer>
  );
}
