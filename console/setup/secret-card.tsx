/** A new App Secret in the place of the old one. It is never read back. */
import { Button, Card, Form, Input, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../http/problem';
import type { Docking } from '../http/shapes';
import { useRotateSecret } from './change-docking';

export function SecretCard({ docking }: { docking: Docking }): ReactNode {
  const { t } = useTranslation('settings');
  const [form] = Form.useForm<{ appSecret: string }>();
  const rotate = useRotateSecret(docking.id);
  return (
    <Card title={t('secret.title')}>
      <Typography.Paragraph type="secondary">{t('secret.what')}</Typography.Paragraph>
      <Form
        form={form}
        layout="vertical"
        onFinish={({ appSecret }) =>
          rotate.mutate({ appSecret: appSecret.trim() }, { onSuccess: () => form.resetFields() })
        }
      >
        <Form.Item
          name="appSecret"
          label={t('secret.field')}
          rules={[{ required: true, whitespace: true, message: t('secret.needed') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <ProblemAlert problem={rotate.error} />
        <Button htmlType="submit" loading={rotate.isPending} style={{ marginTop: rotate.error ? 16 : 0 }}>
          {t('secret.rotate')}
        </Button>
      </Form>
    </Card>
  );
}
