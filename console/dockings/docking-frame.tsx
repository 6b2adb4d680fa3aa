/** What stands around every page of one docking: its name and state, what asks for a decision, and the way around. */
import { Breadcrumb, Flex, Layout, Menu, Typography } from 'antd';
import {
  AuditOutlined,
  BellOutlined,
  CheckSquareOutlined,
  LinkOutlined,
  NotificationOutlined,
  SendOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { GuardAlert } from '../directory/guard-alert';
import { ProblemAlert } from '../http/problem';
import { NotFoundPage } from '../layout/not-found';
import { isGone, useDocking, useDockingId } from './docking';
import { StateTag } from './state-tag';

const PAGES = [
  { key: 'setup', icon: <CheckSquareOutlined /> },
  { key: 'directory', icon: <TeamOutlined /> },
  { key: 'bindings', icon: <LinkOutlined /> },
  { key: 'reminders', icon: <NotificationOutlined /> },
  { key: 'deliveries', icon: <SendOutlined /> },
  { key: 'audit', icon: <AuditOutlined /> },
] as const;

export function DockingFrame(): ReactNode {
  const { t } = useTranslation();
  const dockingId = useDockingId();
  const { pathname } = useLocation();
  const { data: docking, error, refetch } = useDocking(dockingId);
  if (isGone(error)) return <NotFoundPage what={t('dockingGone')} />;
  return (
    <Layout>
      <Layout.Sider theme="light" breakpoint="lg" collapsedWidth={56} width={200}>
        <Menu
          mode="inline"
          style={{ height: '100%', paddingTop: 12 }}
          selectedKeys={[pathname.split('/')[3] ?? '']}
          items={PAGES.map(({ key, icon }) => ({
            key,
            icon,
            label: <Link to={`/dockings/${dockingId}/${key}`}>{t(`page.${key}`)}</Link>,
          }))}
        />
      </Layout.Sider>
      <Layout.Content style={{ padding: 'clamp(12px, 3vw, 24px)', minWidth: 0 }}>
        <Flex vertical gap="middle">
          <Breadcrumb items={[{ title: <Link to="/">{t('home')}</Link> }, { title: docking?.name ?? '…' }]} />
          {docking && (
            <Flex gap="small" align="center" wrap>
              <Typography.Title level={4} style={{ margin: 0 }}>
                {docking.name}
              </Typography.Title>
              <StateTag state={docking.state} />
              {docking.pausedReason && (
                <Typography.Text type="warning">
                  <BellOutlined /> {docking.pausedReason}
                </Typography.Text>
              )}
            </Flex>
          )}
          <ProblemAlert problem={error} retry={refetch} />
          <GuardAlert />
          {!error && <Outlet />}
        </Flex>
      </Layout.Content>
    </Layout>
  );
}
