/** By which way events come, how the long connection is, and the secrets of the webhook. */
import { Button, Card, Flex, Form, Input, Select, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { forgetFaults } from '../http/field-faults';
import type { Docking, EventConnection } from '../http/shapes';
import { useMay } from '../session/signed-in';
import { useChangeDocking } from './change-docking';

const MODES = ['automatic', 'webhook', 'long-connection'] as const;
const COLOUR: Record<EventConnection['state'], string> = {
  connected: 'green',
  connecting: 'blue',
  waiting: 'orange',
  unattended: 'red',
};

interface Events {
  eventMode: Docking['eventMode'];
  encryptKey?: string;
  verificationToken?: string;
}

export function EventsCard({ docking }: { docking: Docking }): ReactNode {
  const { t } = useTranslation('settings');
  const may = useMay();
  const [form] = Form.useForm<Events>();
  const save = useChangeDocking(docking.id, t('saved'), form);
  const { events, clicks } = docking.appEventModes;
  return (
    <Card title={t('events.eventMode')}>
      <Flex vertical gap="small">
        <Typography.Text type="secondary">
          {t('events.appSays', {
            events: t(`events.way.${events ?? 'unknown'}`),
            clicks: t(`events.way.${clicks ?? 'unknown'}`),
          })}
        </Typography.Text>
        <Connection connection={docking.eventConnection} />
        <Form<Events>
          form={form}
          onValuesChange={forgetFaults(form)}
          layout="vertical"
          disabled={!may.administer}
          initialValues={{ eventMode: docking.eventMode }}
          onFinish={({ eventMode, encryptKey, verificationToken }) =>
            save.mutate(
              {
                eventMode,
                ...(encryptKey ? { encryptKey } : {}),
                ...(verificationToken ? { verificationToken } : {}),
              },
              { onSuccess: () => form.resetFields(['encryptKey', 'verificationToken']) },
            )
          }
        >
          <Form.Item name="eventMode" label={t('events.eventMode')}>
            <Select options={MODES.map((value) => ({ value, label: t(`events.eventModes.${value}`) }))} />
          </Form.Item>
          {may.administer && (
            <>
              <Form.Item name="encryptKey" label={t('events.encryptKey')} extra={t('events.secretsWhat')}>
                <Input.Password autoComplete="new-password" />
              </Form.Item>
              <Form.Item name="verificationToken" label={t('events.verificationToken')}>
                <Input.Password autoComplete="new-password" />
              </Form.Item>
              <Button htmlType="submit" loading={save.isPending}>
                {t('save', { ns: 'console' })}
              </Button>
            </>
          )}
        </Form>
      </Flex>
    </Card>
  );
}

function Connection({ connection }: { connection: EventConnection | null }): ReactNode {
  const { t } = useTranslation('settings');
  const format = useFormat();
  if (!connection) {
    return (
      <div>
        {t('events.connection')}: {t('events.connectionNone')}
      </div>
    );
  }
  const { state, since, reason, nextTryAt, lastEventAt } = connection;
  return (
    <Flex gap="small" wrap align="center">
      {t('events.connection')}:<Tag color={COLOUR[state]}>{t(`events.connectionState.${state}`)}</Tag>
      {since && <Typography.Text type="secondary">{format.since(since)}</Typography.Text>}
      {lastEventAt && (
        <Typography.Text type="secondary">
          {t('events.lastEvent', { since: format.since(lastEventAt) })}
        </Typography.Text>
      )}
      {nextTryAt && (
        <Typography.Text type="secondary">
          {t('events.nextTry', { since: format.since(nextTryAt) })}
        </Typography.Text>
      )}
      {reason && <Typography.Text type="warning">{reason}</Typography.Text>}
    </Flex>
  );
}
