import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Form, Input, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../http/act';
import { LanguageSwitch } from '../layout/language-switch';
import { isToken } from './link';
import { become, signIn, type Session, type Visitor } from './session';

type Nobody = Extract<Visitor, { nobody: string }>['nobody'];

export function SignInPage({ nobody }: { nobody: Nobody }): ReactNode {
  const { t } = useTranslation('session');
  const queries = useQueryClient();
  const enter = useAct<{ token: string }, Session>({
    run: ({ token }) => signIn(token.trim()),
    done: (session) => {
      become(queries, session);
      return t('welcome');
    },
    changes: [],
  });
  return (
    <Flex vertical align="center" style={{ marginTop: '16vh', padding: 16 }}>
      <Card title={t('title')} extra={<LanguageSwitch />} style={{ width: '100%', maxWidth: 440 }}>
        {(nobody === 'bad-link' || nobody === 'session-ended') && (
          <Alert type="warning" showIcon title={t(nobody)} style={{ marginBottom: 16 }} />
        )}
        <Form layout="vertical" onFinish={(values: { token: string }) => enter.mutate(values)}>
          <Form.Item
            name="token"
            label={t('token')}
            rules={[
              { required: true, message: t('required') },
              {
                validator: (_, text: string | undefined) =>
                  !text || isToken(text.trim()) ? Promise.resolve() : Promise.reject(new Error(t('unknown'))),
              },
            ]}
            {...(enter.error?.status === 401 ? { validateStatus: 'error' as const, help: t('unknown') } : {})}
          >
            <Input.Password autoFocus autoComplete="off" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={enter.isPending}>
            {t('enter')}
          </Button>
        </Form>
        <Typography.Paragraph type="secondary" style={{ marginTop: 16, marginBottom: 0 }}>
          {t('where')}
        </Typography.Paragraph>
      </Card>
    </Flex>
  );
}
