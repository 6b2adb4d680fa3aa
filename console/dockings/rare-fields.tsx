/** What most dockings leave as it is. */
import { Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../language';
import { ZONE_OPTIONS } from '../zones';

export function RareFields(): ReactNode {
  const { t } = useTranslation('dockings');
  return (
    <>
      <Form.Item name="encryptKey" label={t('create.encryptKey')} extra={t('create.webhookWhat')}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="verificationToken" label={t('create.verificationToken')}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name={['ticketSystem', 'language']}
        label={t('create.language')}
        extra={t('create.languageWhat')}
      >
        <Select allowClear options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item
        name={['ticketSystem', 'ticketUrlTemplate']}
        label={t('create.ticketUrl')}
        extra={t('create.ticketUrlWhat')}
      >
        <Input placeholder="https://desk.example.com/tickets/{id}" />
      </Form.Item>
      <Form.Item name={['ticketSystem', 'timezone']} label={t('create.timezone')}>
        <Select allowClear showSearch options={ZONE_OPTIONS} />
      </Form.Item>
      <Form.Item name="platformUrl" label={t('create.platformUrl')} extra={t('create.platformUrlWhat')}>
        <Input placeholder="https://" />
      </Form.Item>
    </>
  );
}
