/** The pair of addresses that the app must have: of a known region, or one's own. */
import { Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../http/problem';
import { useTicketRegions, type NewDocking } from './create-docking';

export function AddressFields(): ReactNode {
  const { t } = useTranslation('dockings');
  const form = Form.useFormInstance<NewDocking>();
  const regions = useTicketRegions();
  const items = regions.data?.items ?? [];
  const needed = { required: true, whitespace: true, message: t('create.needed') };
  const fillIn = (wanted: string): void => {
    const region = items.find((one) => one.region === wanted);
    if (!region) return;
    const { homepageUrl, redirectUrl } = region;
    form.setFields([
      { name: 'homepageUrl', value: homepageUrl, errors: [] },
      { name: 'redirectUrl', value: redirectUrl, errors: [] },
    ]);
  };
  return (
    <>
      <ProblemAlert problem={regions.error} retry={regions.refetch} />
      <Form.Item label={t('create.region')} htmlFor="region" extra={t('create.regionWhat')}>
        <Select<string>
          id="region"
          allowClear
          loading={regions.isPending}
          placeholder={t('create.regionChoose')}
          onChange={fillIn}
          options={items.map(({ region, hosts }) => ({
            value: region,
            label: `${region.toUpperCase()} (${hosts.join(', ')})`,
          }))}
        />
      </Form.Item>
      <Form.Item name="homepageUrl" label={t('create.homepageUrl')} rules={[needed]}>
        <Input placeholder="https://" />
      </Form.Item>
      <Form.Item name="redirectUrl" label={t('create.redirectUrl')} rules={[needed]}>
        <Input placeholder="https://" />
      </Form.Item>
    </>
  );
}
