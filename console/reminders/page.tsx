/** Who is reminded of what: the rules, who stands behind the roles that they name, and what people want to hear. */
import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { useDockingId } from '../dockings/docking';
import { RolesTab } from './roles/roles-tab';
import { RulesTab } from './rules-tab';
import { PreferencesTab } from './wishes/preferences-tab';

export function RemindersPage(): ReactNode {
  return (
    <Routes>
      <Route path="roles" element={<ReminderTabs />} />
      <Route path="preferences" element={<ReminderTabs />} />
      <Route index element={<ReminderTabs />} />
      <Route path="*" element={<Navigate to="." replace />} />
    </Routes>
  );
}

function ReminderTabs(): ReactNode {
  const { t } = useTranslation('reminders');
  const dockingId = useDockingId();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return (
    <Tabs
      activeKey={pathname.split('/')[4] ?? 'rules'}
      onChange={(key) => void navigate(`/dockings/${dockingId}/reminders${key === 'rules' ? '' : `/${key}`}`)}
      items={[
        { key: 'rules', label: t('pageTab.rules'), children: <RulesTab /> },
        { key: 'roles', label: t('pageTab.roles'), children: <RolesTab /> },
        { key: 'preferences', label: t('pageTab.preferences'), children: <PreferencesTab /> },
      ]}
    />
  );
}
