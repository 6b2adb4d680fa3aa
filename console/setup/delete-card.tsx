/** Deleting the docking, once its name was typed. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Input, Modal, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { dockingKey } from '../dockings/docking';
import type { Docking } from '../http/shapes';
import { useDeleteDocking } from './change-docking';

export function DeleteCard({ docking: { id, name } }: { docking: Docking }): ReactNode {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const leave = async (): Promise<void> => {
    await navigate('/');
    queries.removeQueries({ queryKey: dockingKey(id) });
  };
  const remove = useDeleteDocking(id, leave);
  return (
    <Card title={t('remove.title')}>
      <Typography.Paragraph type="secondary">{t('remove.what')}</Typography.Paragraph>
      <Button danger onClick={() => setAsking(true)}>
        {t('remove.ask')}
      </Button>
      <Modal
        open={asking}
        title={t('remove.sure', { name })}
        okText={t('remove.confirm')}
        okButtonProps={{ danger: true, disabled: typed !== name, loading: remove.isPending }}
        cancelText={t('cancel', { ns: 'console' })}
        onCancel={() => setAsking(false)}
        onOk={() => remove.mutate()}
        afterClose={() => setTyped('')}
      >
        <Typography.Paragraph>{t('remove.what')}</Typography.Paragraph>
        <Typography.Paragraph>{t('remove.type', { name })}</Typography.Paragraph>
        <Input
          aria-label={t('remove.type', { name })}
          value={typed}
          autoComplete="off"
          onChange={({ target }) => setTyped(target.value)}
        />
      </Modal>
    </Card>
  );
}
