/** A link for somebody without an account here; it is told once. */
import { Alert, Flex, Form, Input, Modal, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../dockings/docking';
import { useFormat } from '../format';
import { useHandOver } from './onboarding';
import type { HandedOver, OnboardingStep } from './shapes';

export function HandOverModal({ step, onClose }: { step: OnboardingStep; onClose: () => void }): ReactNode {
  const { t } = useTranslation('setup');
  const [form] = Form.useForm<{ to: string }>();
  const handOver = useHandOver(useDockingId(), step.step);
  const handed = handOver.data;
  return (
    <Modal
      open
      title={t('steps.handOver')}
      okText={handed ? t('close', { ns: 'console' }) : t('steps.makeLink')}
      okButtonProps={{ loading: handOver.isPending }}
      cancelText={t('cancel', { ns: 'console' })}
      footer={(_, { OkBtn, CancelBtn }) => (
        <>
          {!handed && <CancelBtn />}
          <OkBtn />
        </>
      )}
      mask={{ closable: handed === undefined }}
      onCancel={onClose}
      onOk={handed ? onClose : form.submit}
    >
      <Typography.Paragraph strong>{step.title}</Typography.Paragraph>
      {handed ? (
        <TheLink handed={handed} />
      ) : (
        <>
          <Typography.Paragraph type="secondary">{t('steps.handOverWhat')}</Typography.Paragraph>
          <Form form={form} layout="vertical" onFinish={({ to }) => handOver.mutate({ to: to.trim() })}>
            <Form.Item
              name="to"
              label={t('steps.to')}
              extra={t('steps.toHint')}
              rules={[{ required: true, whitespace: true, message: t('steps.toNeeded') }]}
            >
              <Input maxLength={200} autoFocus />
            </Form.Item>
          </Form>
        </>
      )}
    </Modal>
  );
}

function TheLink({ handed: { handedOverTo, link, linkExpiresAt } }: { handed: HandedOver }): ReactNode {
  const { t } = useTranslation('setup');
  const format = useFormat();
  return (
    <Flex vertical gap="small">
      <Alert type="warning" showIcon title={t('steps.linkOnce', { to: handedOverTo })} />
      <Typography.Text
        code
        copyable={{ text: link, tooltips: [t('copy')] }}
        style={{ wordBreak: 'break-all' }}
      >
        {link}
      </Typography.Text>
      <Typography.Text type="secondary">
        {t('steps.linkExpires', { until: format.time(linkExpiresAt) })}
      </Typography.Text>
    </Flex>
  );
}
