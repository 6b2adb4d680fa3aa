/** A secret that the API made for the ticket system's pushes, and tells this once. */
import { Alert, Button, Flex, Modal, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function MadeSecret({ secret, onSeen }: { secret: string; onSeen: () => void }): ReactNode {
  const { t } = useTranslation('dockings');
  return (
    <Modal
      open
      closable={false}
      title={t('create.madeSecret')}
      footer={
        <Button type="primary" onClick={onSeen}>
          {t('create.copied')}
        </Button>
      }
    >
      <Flex vertical gap="middle">
        <Alert type="warning" showIcon title={t('create.madeSecretWhat')} />
        <Typography.Text code copyable={{ text: secret }} style={{ wordBreak: 'break-all' }}>
          {secret}
        </Typography.Text>
      </Flex>
    </Modal>
  );
}
