import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../dockings/docking';
import { useMay } from '../session/signed-in';
import { useCheck } from './checklist';

export function CheckAgain(): ReactNode {
  const { t } = useTranslation('setup');
  const may = useMay();
  const check = useCheck(useDockingId());
  if (!may.operate) return null;
  return (
    <Button type="primary" icon={<ReloadOutlined />} loading={check.underWay} onClick={check.start}>
      {check.underWay ? t('checking') : t('check')}
    </Button>
  );
}
