/** What can be done with one binding. */
import { MoreOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, type MenuProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../session/signed-in';
import { agentOf, employeeOf } from './bind';
import { useResume, useUnbind } from './bindings';
import { pageOf } from './paths';
import type { Binding } from './shapes';

interface Props {
  dockingId: string;
  binding: Binding;
  onRebind: (binding: Binding) => void;
}

export function RowActions({ dockingId, binding, onRebind }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const may = useMay();
  const { modal } = App.useApp();
  const unbind = useUnbind(dockingId);
  const resume = useResume(dockingId);
  const history = `${pageOf(dockingId, 'history')}?employeeId=${encodeURIComponent(binding.employeeId)}`;
  if (!may.administer) return <Link to={history}>{t('history')}</Link>;

  const askToUnbind = (): void =>
    void modal.confirm({
      title: t('unbindTitle', { employee: employeeOf(binding), agent: agentOf(binding) }),
      content: t('unbindEffect'),
      okText: t('unbind'),
      okButtonProps: { danger: true },
      cancelText: t('cancel', { ns: 'console' }),
      // The refusal is told by the act itself.
      onOk: () => unbind.mutateAsync(binding).catch(() => undefined),
    });
  // Who left can only be resumed once they are back; the API refuses it before.
  const resumable =
    binding.state === 'suspended' && !binding.deliverability.reasons.includes('employee-left');
  const items: MenuProps['items'] = [
    { key: 'rebind', label: t('rebind'), onClick: () => onRebind(binding) },
    ...(resumable ? [{ key: 'resume', label: t('resume'), onClick: () => resume.mutate(binding) }] : []),
    { key: 'history', label: <Link to={history}>{t('history')}</Link> },
    { type: 'divider' },
    { key: 'unbind', label: t('unbind'), danger: true, onClick: askToUnbind },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button
        size="small"
        type="text"
        icon={<MoreOutlined />}
        loading={resume.isPending}
        aria-label={t('actionsOn', { employee: employeeOf(binding) })}
      />
    </Dropdown>
  );
}
