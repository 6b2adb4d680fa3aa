/** Top bar of every page. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Layout, Tooltip, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { useAct } from '../http/act';
import { become, signOut } from '../session/session';
import { useCurrentSession } from '../session/signed-in';
import { LanguageSwitch } from './language-switch';

export function Frame(): ReactNode {
  const { t } = useTranslation();
  const session = useCurrentSession();
  const queries = useQueryClient();
  const leave = useAct({
    run: signOut,
    done: () => {
      become(queries, { nobody: 'left' });
      return null;
    },
    changes: [],
  });
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <Layout.Header style={{ paddingInline: 'clamp(12px, 3vw, 24px)' }}>
        <Flex justify="space-between" align="center" gap="small" style={{ height: '100%' }}>
          <Link to="/">
            <Typography.Text strong style={{ color: '#fff', fontSize: 16, whiteSpace: 'nowrap' }}>
              {t('product')}
            </Typography.Text>
          </Link>
          <Flex gap="small" align="center">
            <LanguageSwitch />
            <Tooltip title={t('signedInAs', { role: t(`role.${session.role}`) })}>
              <Button type="text" style={{ color: '#fff', paddingInline: 8 }} onClick={() => leave.mutate()}>
                {t('signOut')}
              </Button>
            </Tooltip>
          </Flex>
        </Flex>
      </Layout.Header>
      <Outlet />
    </Layout>
  );
}
