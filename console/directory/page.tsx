/** The mirrored directory: its runs, its people, and who left. */
import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { useDockingId } from '../dockings/docking';
import { LeaversTab } from './leavers-tab';
import { PeopleTab } from './people-tab';
import { RunPage } from './run-page';
import { RunsTab } from './runs-tab';

export function DirectoryPage(): ReactNode {
  return (
    <Routes>
      <Route path="syncs/:runId" element={<RunPage />} />
      <Route path="people" element={<DirectoryTabs />} />
      <Route path="leavers" element={<DirectoryTabs />} />
      <Route index element={<DirectoryTabs />} />
      <Route path="*" element={<Navigate to="." replace />} />
    </Routes>
  );
}

function DirectoryTabs(): ReactNode {
  const { t } = useTranslation('directory');
  const dockingId = useDockingId();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return (
    <Tabs
      activeKey={pathname.split('/')[4] ?? 'runs'}
      onChange={(key) => void navigate(`/dockings/${dockingId}/directory${key === 'runs' ? '' : `/${key}`}`)}
      items={[
        { key: 'runs', label: t('tab.runs'), children: <RunsTab /> },
        { key: 'people', label: t('tab.people'), children: <PeopleTab /> },
        { key: 'leavers', label: t('tab.leavers'), children: <LeaversTab /> },
      ]}
    />
  );
}
