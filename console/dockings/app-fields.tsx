/** Which app: one that is there, by its id and secret, or one that the platform creates now. */
import { Form, Input, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AppByCode } from './app-by-code';
import type { WantedApp } from './app-registration';
import type { NewDocking } from './create-docking';

export function AppFields(): ReactNode {
  const { t } = useTranslation('dockings');
  const form = Form.useFormInstance<NewDocking>();
  const [isThere, setIsThere] = useState(true);
  const needed = { required: true, whitespace: true, message: t('create.needed') };
  const wanted = (): WantedApp => {
    const { brand, name, platformUrl } = form.getFieldsValue();
    return { brand, ...(name ? { name: name.slice(0, 60) } : {}), ...(platformUrl ? { platformUrl } : {}) };
  };
  return (
    <>
      <Form.Item name="brand" label={t('brand')}>
        <Radio.Group
          optionType="button"
          options={[
            { value: 'feishu', label: t('create.feishu') },
            { value: 'lark', label: t('create.lark') },
          ]}
        />
      </Form.Item>
      <Form.Item name="name" label={t('name')} extra={t('create.nameWhat')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item label={t('create.which')} htmlFor="which">
        <Radio.Group
          id="which"
          value={isThere}
          onChange={({ target }) => setIsThere(target.value as boolean)}
          options={[
            { value: true, label: t('create.isThere') },
            { value: false, label: t('create.byCode') },
          ]}
        />
      </Form.Item>
      {isThere ? (
        <>
          <Form.Item name="appId" label={t('app')} extra={t('create.appIdWhere')} rules={[needed]}>
            <Input placeholder="cli_…" autoComplete="off" />
          </Form.Item>
          <Form.Item name="appSecret" label="App Secret" extra={t('create.appSecretWhat')} rules={[needed]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </>
      ) : (
        <Form.Item
          name="registrationId"
          preserve={false}
          rules={[{ required: true, message: t('create.appNeeded') }]}
        >
          <AppByCode wanted={wanted} />
        </Form.Item>
      )}
    </>
  );
}
