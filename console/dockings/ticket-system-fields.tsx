/** Where tickets are, and how the docking gets in there. */
import { Form, Input, Radio } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewDocking } from './create-docking';

export function TicketSystemFields(): ReactNode {
  const { t } = useTranslation('dockings');
  const form = Form.useFormInstance<NewDocking>();
  const kind = Form.useWatch(['ticketSystem', 'kind'], form) ?? 'sobot';
  const needed = { required: true, whitespace: true, message: t('create.needed') };
  return (
    <>
      <Form.Item name={['ticketSystem', 'kind']} label={t('create.kind')}>
        <Radio.Group
          optionType="button"
          options={[
            { value: 'sobot', label: 'Sobot' },
            { value: 'rest', label: t('create.rest') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name={['ticketSystem', 'baseUrl']}
        label={t('create.baseUrl')}
        extra={t('create.baseUrlWhat')}
        rules={[needed]}
      >
        <Input placeholder="https://" />
      </Form.Item>
      {kind === 'sobot' ? (
        <>
          <Form.Item name={['ticketSystem', 'appid']} label={t('create.sobotAppid')} rules={[needed]}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name={['ticketSystem', 'appKey']} label={t('create.sobotAppKey')} rules={[needed]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </>
      ) : (
        <Form.Item name={['ticketSystem', 'apiKey']} label={t('create.apiKey')} rules={[needed]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      )}
      <Form.Item
        name={['ticketSystem', 'webhookSecret']}
        label={t('create.webhookSecret')}
        extra={kind === 'rest' ? t('create.webhookSecretRest') : t('create.webhookSecretSobot')}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
