/** Every permission that was never requested, requested in one go. */
import { Alert, Button, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Checklist } from './shapes';

export function MissingPermissions({ missing }: { missing: Checklist['missingPermissions'] }): ReactNode {
  const { t } = useTranslation('setup');
  if (missing.scopes.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t('permissions.title', { number: missing.scopes.length })}
      description={
        <Flex vertical gap="small">
          <div>{t('permissions.what')}</div>
          {missing.link && (
            <div>
              <Button type="primary" href={missing.link} target="_blank" rel="noreferrer">
                {t('permissions.link')}
              </Button>
            </div>
          )}
          {missing.batchImport && (
            <>
              <Typography.Text
                type="secondary"
                copyable={{ text: missing.batchImport, tooltips: [t('permissions.copyJson')] }}
              >
                {t('permissions.json')}
              </Typography.Text>
              <pre style={{ margin: 0, maxHeight: 160, overflow: 'auto', fontSize: 12 }}>
                {missing.batchImport}
              </pre>
            </>
          )}
        </Flex>
      }
    />
  );
}
