/** Setting up a docking: where it stands, item by item, step by step, and its settings. */
import { Flex, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { useDockingId } from '../dockings/docking';
import { useChecklist } from './checklist';
import { ChecklistTab } from './checklist-tab';
import { SettingsTab } from './settings-tab';
import { isOpen } from './shapes';
import { StepsTab } from './steps-tab';
import { Summary } from './summary';

export function SetupPage(): ReactNode {
  return (
    <Routes>
      <Route index element={<SetupTabs />} />
      <Route path="steps" element={<SetupTabs />} />
      <Route path="settings" element={<SetupTabs />} />
      <Route path="*" element={<Navigate to="." replace />} />
    </Routes>
  );
}

function SetupTabs(): ReactNode {
  const { t } = useTranslation('setup');
  const dockingId = useDockingId();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const { data: checklist } = useChecklist(dockingId);
  const open = checklist?.items.filter(isOpen).length ?? 0;
  const tab = pathname.split('/')[4] ?? 'checklist';
  return (
    <Flex vertical gap="middle">
      <Summary />
      <Tabs
        activeKey={tab}
        onChange={(key) =>
          void navigate(`/dockings/${dockingId}/setup${key === 'checklist' ? '' : `/${key}`}`)
        }
        items={[
          {
            key: 'checklist',
            label: `${t('tab.checklist')}${open > 0 ? ` (${open})` : ''}`,
            children: <ChecklistTab />,
          },
          { key: 'steps', label: t('tab.steps'), children: <StepsTab /> },
          { key: 'settings', label: t('tab.settings'), children: <SettingsTab /> },
        ]}
      />
    </Flex>
  );
}
