/** Creates an agent for an employee in the ticket system and binds the two. */
import { Flex, Form, Input, Modal, Select, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAgents } from './agents';
import { EmployeeSelect } from './employee-select';
import { pageOf } from './paths';
import { useStart } from './runs';

interface Props {
  dockingId: string;
  open: boolean;
  onClose: () => void;
}

interface Fields {
  employeeId: string;
  role?: string;
  groupIds?: string[];
}

export function CreateAgentModal({ dockingId, open, onClose }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const start = useStart(dockingId);
  const go = ({ employeeId, role = '', groupIds = [] }: Fields): void =>
    start.mutate(
      { kind: 'createAgent', employeeId, template: { role: role.trim(), groupIds } },
      { onSuccess: ({ runId }) => void navigate(pageOf(dockingId, 'runs', runId)) },
    );
  return (
    <Modal
      open={open}
      title={t('way.create')}
      okText={t('create.go')}
      okButtonProps={{ loading: start.isPending }}
      cancelText={t('cancel', { ns: 'console' })}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <Flex vertical gap="middle">
        <Typography.Text type="secondary">{t('create.what')}</Typography.Text>
        <Form<Fields> form={form} layout="vertical" onFinish={go} preserve={false}>
          <Form.Item
            name="employeeId"
            label={t('employee')}
            rules={[{ required: true, message: t('create.whom') }]}
          >
            <EmployeeSelect dockingId={dockingId} />
          </Form.Item>
          <Form.Item name="role" label={t('create.role')} extra={t('create.roleWhat')}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="groupIds" label={t('create.groups')} extra={t('create.groupsWhat')}>
            <GroupSelect dockingId={dockingId} />
          </Form.Item>
        </Form>
      </Flex>
    </Modal>
  );
}

/** Offers the groups that agents are in; the ticket system's others can be typed. */
function GroupSelect({ dockingId, ...field }: { dockingId: string }): ReactNode {
  const agents = useAgents(dockingId, '');
  const known = new Set(agents.data?.items.flatMap(({ groupIds }) => groupIds));
  return (
    <Select<string[]>
      {...field}
      mode="tags"
      maxCount={100}
      tokenSeparators={[',', ' ']}
      options={[...known].sort().map((value) => ({ value, label: value }))}
    />
  );
}
