/** Name, expected addresses, the ticket's own page and quota. */
import { Button, Card, Form, Input, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetFaults } from '../http/field-faults';
import type { Docking } from '../http/shapes';
import { useMay } from '../session/signed-in';
import { useChangeDocking } from './change-docking';

interface General {
  name: string;
  homepageUrl: string;
  redirectUrl: string;
  monthlyCallQuota: number | null;
  ticketUrlTemplate?: string;
}

export function GeneralCard({ docking }: { docking: Docking }): ReactNode {
  const { t } = useTranslation('settings');
  const may = useMay();
  const [form] = Form.useForm<General>();
  const save = useChangeDocking(docking.id, t('saved'), form);
  const { name, homepageUrl, redirectUrl, monthlyCallQuota, ticketSystem } = docking;
  const { ticketUrlTemplate = '' } = ticketSystem;
  return (
    <Card title={t('general.title')}>
      <Form<General>
        form={form}
        onValuesChange={forgetFaults(form)}
        layout="vertical"
        disabled={!may.administer}
        initialValues={{ name, homepageUrl, redirectUrl, monthlyCallQuota, ticketUrlTemplate }}
        onFinish={({ ticketUrlTemplate: page, ...general }) =>
          save.mutate({ ...general, ticketUrlTemplate: page?.trim() || null })
        }
      >
        <Form.Item
          name="name"
          label={t('general.name')}
          rules={[{ required: true, whitespace: true, message: t('general.nameNeeded') }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="homepageUrl" label={t('general.homepageUrl')} extra={t('general.urlHint')}>
          <Input />
        </Form.Item>
        <Form.Item name="redirectUrl" label={t('general.redirectUrl')} extra={t('general.urlHint')}>
          <Input />
        </Form.Item>
        <Form.Item name="ticketUrlTemplate" label={t('general.ticketUrl')} extra={t('general.ticketUrlHint')}>
          <Input placeholder="https://desk.example.com/tickets/{id}" />
        </Form.Item>
        <Form.Item name="monthlyCallQuota" label={t('general.quota')} extra={t('general.quotaHint')}>
          <InputNumber min={1} precision={0} style={{ width: 200 }} />
        </Form.Item>
        {may.administer && (
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('save', { ns: 'console' })}
          </Button>
        )}
      </Form>
    </Card>
  );
}
