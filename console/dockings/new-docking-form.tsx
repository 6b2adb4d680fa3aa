/** What a docking is made of: the app, the addresses it must have, and the ticket system. */
import { Collapse, Divider, Form, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetFaults } from '../http/field-faults';
import type { NewDocking } from './create-docking';
import { AddressFields } from './address-fields';
import { AppFields } from './app-fields';
import { RareFields } from './rare-fields';
import { TicketSystemFields } from './ticket-system-fields';

export function NewDockingForm({
  form,
  onWanted,
}: {
  form: FormInstance<NewDocking>;
  onWanted: (wanted: NewDocking) => void;
}): ReactNode {
  const { t } = useTranslation('dockings');
  return (
    <Form<NewDocking>
      form={form}
      onValuesChange={forgetFaults(form)}
      layout="vertical"
      initialValues={{ brand: 'feishu', ticketSystem: { kind: 'sobot' } }}
      scrollToFirstError
      onFinish={onWanted}
    >
      <Divider titlePlacement="start">{t('create.app')}</Divider>
      <AppFields />
      <Divider titlePlacement="start">{t('create.ticketSystem')}</Divider>
      <TicketSystemFields />
      <Divider titlePlacement="start">{t('create.addresses')}</Divider>
      <AddressFields />
      <Collapse
        ghost
        items={[{ key: 'rare', label: t('create.more'), forceRender: true, children: <RareFields /> }]}
      />
    </Form>
  );
}
