/** Letting the platform create the app by QR code, as a field of the form: its value is the registration's id. */
import { Button, Flex, Typography } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../http/problem';
import { useAppRegistration, usePlanApp, type WantedApp } from './app-registration';
import { AppPlanned } from './app-planned';

interface AppByCodeProps {
  wanted: () => WantedApp;
  /** Of the form; told once the app is there. */
  onChange?: (registrationId: string) => void;
}

export function AppByCode({ wanted, onChange }: AppByCodeProps): ReactNode {
  const { t } = useTranslation('dockings');
  const [id, setId] = useState<string | null>(null);
  const plan = usePlanApp();
  const registration = useAppRegistration(id);
  const created = registration.data?.state === 'created' ? registration.data.id : undefined;
  useEffect(() => {
    if (created) onChange?.(created);
  }, [created, onChange]);
  return (
    <Flex vertical gap="small">
      <Typography.Text type="secondary">{t('create.byCodeWhat')}</Typography.Text>
      <ProblemAlert problem={registration.error} retry={registration.refetch} />
      {registration.data && <AppPlanned registration={registration.data} />}
      {registration.data?.state !== 'waiting' && created === undefined && (
        <div>
          <Button
            loading={plan.isPending}
            onClick={() => plan.mutate(wanted(), { onSuccess: (planned) => setId(planned.id) })}
          >
            {id === null ? t('create.plan') : t('create.planAgain')}
          </Button>
        </div>
      )}
    </Flex>
  );
}
