/** What holds for everybody, and what one person asked for instead. */
import { Alert, Card, Flex, Spin } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../../dockings/docking';
import { ProblemAlert } from '../../http/problem';
import { useMay } from '../../session/signed-in';
import { BoundSelect } from '../bound-select';
import { usePreferences } from './preferences';
import { PreferencesForm } from './preferences-form';

export function PreferencesTab(): ReactNode {
  const { t } = useTranslation('reminders');
  const dockingId = useDockingId();
  const may = useMay();
  const [employeeId, setEmployeeId] = useState<string | null>(null);
  const { data, error, refetch } = usePreferences(dockingId, employeeId);
  return (
    <Card>
      <Flex vertical gap="middle">
        <BoundSelect
          dockingId={dockingId}
          label={t('wishes.of')}
          placeholder={t('wishes.everybody')}
          value={employeeId}
          onChange={setEmployeeId}
        />
        {employeeId !== null && data && (
          <Alert type="info" showIcon title={t(data.own ? 'wishes.own' : 'wishes.ofEverybody')} />
        )}
        <ProblemAlert problem={error} retry={refetch} />
        {data ? (
          <PreferencesForm
            key={JSON.stringify([employeeId, data])}
            dockingId={dockingId}
            employeeId={employeeId}
            kept={data}
            readOnly={employeeId === null ? !may.administer : !may.operate}
          />
        ) : (
          !error && <Spin />
        )}
      </Flex>
    </Card>
  );
}
