/** What is entered elsewhere, to copy: addresses of ours, and whose app and company this is. */
import { Card, Descriptions, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Docking } from '../http/shapes';

export function AddressesCard({ docking }: { docking: Docking }): ReactNode {
  const { t } = useTranslation('settings');
  const { ticketSystem } = docking;
  return (
    <Card title={t('events.title')}>
      <Descriptions
        size="small"
        layout="vertical"
        column={1}
        items={[
          {
            key: 'feishu',
            label: t('events.feishuEventsUrl'),
            children: <Copied text={docking.feishuEventsUrl} />,
          },
          {
            key: 'push',
            label: t('events.ticketPushUrl'),
            children: <Copied text={docking.ticketPushUrl} />,
          },
          { key: 'proof', label: t('events.ticketPushProof'), children: docking.ticketPushProof },
          { key: 'app', label: t('events.app'), children: <Copied text={docking.appId} /> },
          {
            key: 'platform',
            label: t('events.platform'),
            children: `${docking.brand === 'lark' ? 'Lark' : 'Feishu'} (${docking.platformUrl})`,
          },
          {
            key: 'tenant',
            label: t('events.tenant'),
            children: docking.tenantName ? `${docking.tenantName} (${docking.tenantKey ?? '–'})` : '–',
          },
          {
            key: 'tickets',
            label: t('events.ticketSystem'),
            children: `${ticketSystem.kind} (${ticketSystem.baseUrl})`,
          },
        ]}
      />
    </Card>
  );
}

function Copied({ text }: { text: string }): ReactNode {
  const { t } = useTranslation('setup');
  return (
    <Typography.Text code copyable={{ text, tooltips: [t('copy')] }} style={{ wordBreak: 'break-all' }}>
      {text}
    </Typography.Text>
  );
}
