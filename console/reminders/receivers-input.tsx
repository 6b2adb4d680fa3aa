/** Who is told, by their role on the ticket; some roles can be given people by name. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Select, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentsSelect } from './agent-select';
import { useEditing } from './editing';
import { faultsUnder, faultText } from './faults';
import type { Receiver } from './shapes';

/** Roles that the ticket itself does not name. The catalogue does not tell them apart. */
const NAMEABLE = new Set(['agents', 'watchers', 'group-lead', 'fallback']);

export function ReceiversInput({
  value,
  pointer,
  onChange,
}: {
  value: Receiver[];
  pointer: string;
  onChange: (value: Receiver[]) => void;
}): ReactNode {
  const { t } = useTranslation('reminders');
  const { catalogue, dockingId, faults, readOnly } = useEditing();
  const free = catalogue.receiverRoles.filter((role) => value.every((one) => one.role !== role));
  const put = (index: number, by: Receiver): void =>
    onChange(value.map((one, at) => (at === index ? by : one)));
  return (
    <Flex vertical gap="small">
      {value.map((receiver, index) => {
        const own = faultsUnder(faults, `${pointer}/${index}`);
        return (
          <div key={index} role="group" aria-label={t('receiver')}>
            <Flex gap="small" wrap>
              <Select<string>
                aria-label={t('role')}
                style={{ width: 220 }}
                value={receiver.role}
                disabled={readOnly}
                options={[receiver.role, ...free].map((role) => ({
                  value: role,
                  label: t(`roles.${role}`, { defaultValue: role }),
                }))}
                onChange={(role: string) =>
                  put(index, NAMEABLE.has(role) && receiver.agentIds ? { ...receiver, role } : { role })
                }
              />
              {(NAMEABLE.has(receiver.role) || receiver.agentIds) && (
                <AgentsSelect
                  dockingId={dockingId}
                  label={t('agents')}
                  disabled={readOnly}
                  value={receiver.agentIds ?? []}
                  onChange={(agentIds) =>
                    put(index, agentIds.length > 0 ? { ...receiver, agentIds } : { role: receiver.role })
                  }
                />
              )}
              {!readOnly && (
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('removeReceiver')}
                  onClick={() => onChange(value.toSpliced(index, 1))}
                />
              )}
            </Flex>
            {own.length > 0 && <Typography.Text type="danger">{faultText(own)}</Typography.Text>}
          </div>
        );
      })}
      {!readOnly && free[0] && (
        <div>
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => onChange([...value, { role: free[0] ?? '' }])}
          >
            {t('addReceiver')}
          </Button>
        </div>
      )}
    </Flex>
  );
}
