/** Approving, sending back or reopening a step, with the words that go with it. */
import { Form, Input, Modal, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../dockings/docking';
import { useDecideStep, type StepDecision } from './onboarding';
import type { OnboardingStep } from './shapes';

interface ModalProps {
  step: OnboardingStep;
  verb: StepDecision['verb'];
  onClose: () => void;
}

export function StepDecisionModal({ step, verb, onClose }: ModalProps): ReactNode {
  const { t } = useTranslation('setup');
  const [form] = Form.useForm<{ words?: string }>();
  const decide = useDecideStep(useDockingId(), step.step);
  const rejects = verb === 'reject';
  return (
    <Modal
      open
      title={t(`steps.${verb}`)}
      okText={t(`steps.${verb}`)}
      okButtonProps={{ danger: rejects, loading: decide.isPending }}
      cancelText={t('cancel', { ns: 'console' })}
      onCancel={onClose}
      onOk={form.submit}
    >
      <Typography.Paragraph strong>{step.title}</Typography.Paragraph>
      <Form
        form={form}
        layout="vertical"
        onFinish={({ words = '' }) => decide.mutate(decisionOf(verb, words.trim()), { onSuccess: onClose })}
      >
        <Form.Item
          name="words"
          label={rejects ? t('steps.reason') : t('steps.comment')}
          rules={rejects ? [{ required: true, whitespace: true, message: t('steps.reasonNeeded') }] : []}
        >
          <Input.TextArea rows={3} maxLength={1000} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}

const decisionOf = (verb: StepDecision['verb'], words: string): StepDecision =>
  verb === 'reject'
    ? { verb, body: { reason: words } }
    : { verb, body: words === '' ? {} : { comment: words } };
