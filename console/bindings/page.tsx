/** Which employee is which agent: the bindings, the runs that made them, and those that have ended. */
import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { useDockingId } from '../dockings/docking';
import { HistoryTab } from './history-tab';
import { ListTab } from './list-tab';
import { pageOf } from './paths';
import { RunPage } from './run-page';
import { RunsTab } from './runs-tab';

export function BindingsPage(): ReactNode {
  return (
    <Routes>
      <Route path="runs/:runId" element={<RunPage />} />
      <Route path="runs" element={<BindingTabs />} />
      <Route path="history" element={<BindingTabs />} />
      <Route index element={<BindingTabs />} />
      <Route path="*" element={<Navigate to="." replace />} />
    </Routes>
  );
}

function BindingTabs(): ReactNode {
  const { t } = useTranslation('bindings');
  const dockingId = useDockingId();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return (
    <Tabs
      // Hidden ones would read the address of the one that is shown.
      destroyOnHidden
      activeKey={pathname.split('/')[4] ?? 'list'}
      onChange={(key) => void navigate(key === 'list' ? pageOf(dockingId) : pageOf(dockingId, key))}
      items={[
        { key: 'list', label: t('tab.list'), children: <ListTab /> },
        { key: 'runs', label: t('tab.runs'), children: <RunsTab /> },
        { key: 'history', label: t('tab.history'), children: <HistoryTab /> },
      ]}
    />
  );
}
