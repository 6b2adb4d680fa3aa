/** The settings of the docking itself. */
import { Alert, Col, Flex, Row, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocking, useDockingId } from '../dockings/docking';
import { useMay } from '../session/signed-in';
import { AddressesCard } from './addresses-card';
import { DeleteCard } from './delete-card';
import { EventsCard } from './events-card';
import { GeneralCard } from './general-card';
import { PowerCard } from './power-card';
import { SecretCard } from './secret-card';

export function SettingsTab(): ReactNode {
  const { t } = useTranslation('settings');
  const may = useMay();
  const { data: docking } = useDocking(useDockingId());
  if (!docking) return <Skeleton active />;
  return (
    <Row gutter={[16, 16]}>
      {!may.administer && (
        <Col span={24}>
          <Alert type="info" showIcon title={t('onlyAdmins')} />
        </Col>
      )}
      <Col xs={24} xl={12}>
        <Flex vertical gap="middle">
          <GeneralCard docking={docking} />
          {may.administer && <SecretCard docking={docking} />}
          <PowerCard docking={docking} />
        </Flex>
      </Col>
      <Col xs={24} xl={12}>
        <Flex vertical gap="middle">
          <AddressesCard docking={docking} />
          <EventsCard docking={docking} />
          {may.administer && <DeleteCard docking={docking} />}
        </Flex>
      </Col>
    </Row>
  );
}
