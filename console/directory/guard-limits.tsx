/** From how large a change on a sync stops and asks. */
import { Button, Card, Flex, Form, InputNumber, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dockingKey, pathOf, useDocking } from '../dockings/docking';
import { useAct } from '../http/act';
import { request } from '../http/request';
import type { Docking } from '../http/shapes';
import { useMay } from '../session/signed-in';

type Limits = Docking['directoryGuard'];
const FIELDS = ['leavers', 'leaversPercent', 'departmentsPercent'] as const;

export function GuardLimits({ dockingId }: { dockingId: string }): ReactNode {
  const { t } = useTranslation('directory');
  const may = useMay();
  const { data: docking } = useDocking(dockingId);
  const save = useAct<Limits, Docking>({
    run: (directoryGuard) => request('PATCH', pathOf(dockingId), { body: { directoryGuard } }),
    done: t('limits.saved'),
    changes: [dockingKey(dockingId)],
  });
  if (!docking) return null;
  return (
    <Card title={t('limits.title')}>
      <Flex vertical gap="middle">
        <Typography.Text type="secondary">{t('limits.what')}</Typography.Text>
        <Form<Limits>
          layout="inline"
          initialValues={docking.directoryGuard}
          disabled={!may.administer}
          onFinish={(limits) => save.mutate(limits)}
        >
          {FIELDS.map((field) => (
            <Form.Item key={field} name={field} label={t(`limits.${field}`)} rules={[{ required: true }]}>
              <InputNumber
                min={0}
                style={{ width: 'min(90px, 16vw)' }}
                precision={0}
                {...(field === 'leavers' ? {} : { max: 100, suffix: '%' })}
              />
            </Form.Item>
          ))}
          <Button htmlType="submit" loading={save.isPending}>
            {t('save', { ns: 'console' })}
          </Button>
        </Form>
      </Flex>
    </Card>
  );
}
