import { Button, Result } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** `what` is not there; the page itself where nothing is said. */
export function NotFoundPage({ what }: { what?: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <Result
      status="404"
      title={what ?? t('notFound')}
      extra={
        <Link to="/">
          <Button>{t('home')}</Button>
        </Link>
      }
    />
  );
}
