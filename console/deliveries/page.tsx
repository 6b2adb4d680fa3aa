/** What came, what was sent for it, what got stuck, and why somebody heard nothing. */
import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { useDockingId } from '../dockings/docking';
import { AttentionTab } from './attention-tab';
import { CardsTab } from './cards-tab';
import { EventsTab } from './events-tab';
import { MissingTab } from './missing-tab';

export function DeliveriesPage(): ReactNode {
  return (
    <Routes>
      <Route path="cards" element={<DeliveryTabs />} />
      <Route path="attention" element={<DeliveryTabs />} />
      <Route path="why" element={<DeliveryTabs />} />
      <Route index element={<DeliveryTabs />} />
      <Route path="*" element={<Navigate to="." replace />} />
    </Routes>
  );
}

function DeliveryTabs(): ReactNode {
  const { t } = useTranslation('deliveries');
  const dockingId = useDockingId();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return (
    <Tabs
      activeKey={pathname.split('/')[4] ?? 'events'}
      onChange={(key) =>
        void navigate(`/dockings/${dockingId}/deliveries${key === 'events' ? '' : `/${key}`}`)
      }
      // What narrows one list stands in the address and would narrow the others.
      destroyOnHidden
      items={[
        { key: 'events', label: t('tab.events'), children: <EventsTab /> },
        { key: 'cards', label: t('tab.cards'), children: <CardsTab /> },
        { key: 'attention', label: t('tab.attention'), children: <AttentionTab /> },
        { key: 'why', label: t('tab.why'), children: <MissingTab /> },
      ]}
    />
  );
}
