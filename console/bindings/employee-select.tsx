/** One employee who is not bound yet, found as people type. A field of a form. */
import { Flex, Select, Tag, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { memberName, useFound, type Member } from './members';
import { useSettled } from '../settled';

interface Props {
  dockingId: string;
  id?: string;
  value?: string;
  onChange?: (employeeId: string) => void;
}

export function EmployeeSelect({ dockingId, onChange, ...field }: Props): ReactNode {
  const { t } = useTranslation('bindings');
  const [typed, setTyped] = useState('');
  const found = useFound(dockingId, useSettled(typed.trim()), 50);
  const [chosen, setChosen] = useState<Member | null>(null);
  const people = found.data?.people ?? [];
  const shown =
    chosen && !people.some(({ employeeId }) => employeeId === chosen.employeeId)
      ? [...people, chosen]
      : people;
  return (
    <Select<string, { value: string; label: string; disabled: boolean; person: Member }>
      {...field}
      placeholder={t('picker.search')}
      loading={found.isFetching}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent={
        typed === '' ? t('picker.type') : found.isFetching ? t('searching') : t('picker.nobody')
      }
      options={shown.map((person) => ({
        value: person.employeeId,
        label: memberName(person),
        disabled: person.boundTo !== null,
        person,
      }))}
      optionRender={({ data: { person } }) => (
        <Flex vertical>
          <span>
            {memberName(person)}{' '}
            {person.boundTo !== null && <Tag>{t('picker.boundTo', { agent: person.boundTo })}</Tag>}
          </span>
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {[person.jobTitle, person.email || person.enterpriseEmail, person.mobile]
              .filter(Boolean)
              .join(' · ')}
          </Typography.Text>
        </Flex>
      )}
      onChange={(employeeId) => {
        setChosen(shown.find((one) => one.employeeId === employeeId) ?? null);
        onChange?.(employeeId);
      }}
    />
  );
}
