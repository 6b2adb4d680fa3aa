/** What the new app comes with, the code to confirm it with, and what became of it. */
import { Alert, Button, Collapse, Flex, QRCode, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { useBeginApp, type AppRegistration } from './app-registration';

const ALERT = {
  planned: 'info',
  waiting: 'info',
  created: 'success',
  denied: 'error',
  expired: 'warning',
} as const;

export function AppPlanned({ registration }: { registration: AppRegistration }): ReactNode {
  const { t } = useTranslation('dockings');
  const { state, appId } = registration;
  const begin = useBeginApp(registration.id);
  return (
    <>
      <Alert type={ALERT[state]} showIcon title={t(`create.appState.${state}`, { appId: appId ?? '' })} />
      {state === 'planned' && (
        <>
          <WillCreate registration={registration} />
          <div>
            <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate()}>
              {t('create.begin')}
            </Button>
          </div>
        </>
      )}
      {state === 'waiting' && <Code registration={registration} />}
    </>
  );
}

function WillCreate({ registration: { willCreate } }: { registration: AppRegistration }): ReactNode {
  const { t } = useTranslation('dockings');
  const lists = [
    { key: 'scopes', label: t('create.scopes'), all: willCreate.scopes },
    { key: 'events', label: t('create.events'), all: [...willCreate.events, ...willCreate.callbacks] },
  ];
  return (
    <>
      <Typography.Text>
        {t('create.appName')}: <strong>{willCreate.name}</strong>
      </Typography.Text>
      <Collapse
        size="small"
        items={lists.map(({ key, label, all }) => ({
          key,
          label: `${label} (${all.length})`,
          children: all.map((one) => <div key={one}>{one}</div>),
        }))}
      />
    </>
  );
}

function Code({
  registration: { confirmUrl, userCode, expiresAt },
}: {
  registration: AppRegistration;
}): ReactNode {
  const { t } = useTranslation('dockings');
  const format = useFormat();
  return (
    <Flex gap="middle" align="center">
      {confirmUrl && <QRCode value={confirmUrl} type="svg" errorLevel="L" size={240} />}
      <Flex vertical gap="small">
        {confirmUrl && (
          <Typography.Link href={confirmUrl} target="_blank" rel="noreferrer">
            {t('create.confirmThere')}
          </Typography.Link>
        )}
        {userCode && (
          <span>
            {t('create.userCode')}: <Typography.Text code>{userCode}</Typography.Text>
          </span>
        )}
        <Typography.Text type="secondary">
          {t('create.codeExpires', { since: format.since(expiresAt) })}
        </Typography.Text>
      </Flex>
    </Flex>
  );
}
