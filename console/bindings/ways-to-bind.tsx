/** The ways to bind people: each opens its own dialog. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Flex } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AddMember } from './add-member';
import { AutomaticModal } from './automatic-modal';
import { CreateAgentModal } from './create-agent-modal';
import { InviteDrawer } from './invite-drawer';
import { PasteModal } from './paste-modal';

type Way = 'add' | 'paste' | 'automatic' | 'create' | 'invite';

export function WaysToBind({ dockingId }: { dockingId: string }): ReactNode {
  const { t } = useTranslation('bindings');
  const [way, setWay] = useState<Way | null>(null);
  const shown = (one: Way): { dockingId: string; open: boolean; onClose: () => void } => ({
    dockingId,
    open: way === one,
    onClose: () => setWay(null),
  });
  return (
    <>
      <Flex gap="small" wrap>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setWay('add')}>
          {t('way.add')}
        </Button>
        {(['automatic', 'paste', 'create', 'invite'] as const).map((one) => (
          <Button key={one} onClick={() => setWay(one)}>
            {t(`way.${one}`)}
          </Button>
        ))}
      </Flex>
      <AddMember {...shown('add')} />
      <AutomaticModal {...shown('automatic')} />
      <PasteModal {...shown('paste')} />
      <CreateAgentModal {...shown('create')} />
      <InviteDrawer {...shown('invite')} />
    </>
  );
}
