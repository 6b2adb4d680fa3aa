/** After a dry run: the same once more, for good. */
import { Alert, Button, Flex, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../format';
import { useMay } from '../session/signed-in';
import { DEFAULT_MATCHING, MatchingFields } from './matching-fields';
import { pageOf } from './paths';
import { useStart } from './runs';
import type { RunReport } from './shapes';

export function BindForGood({ dockingId, run }: { dockingId: string; run: RunReport }): ReactNode {
  const { t } = useTranslation('bindings');
  const format = useFormat();
  const may = useMay();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [matching, setMatching] = useState(run.matching ?? DEFAULT_MATCHING);
  const start = useStart(dockingId);
  const number = format.number(run.outcomes.bound ?? 0);
  const go = (): void =>
    start.mutate(
      { kind: 'auto', dryRun: false, ...matching },
      {
        onSuccess({ runId }) {
          setAsking(false);
          void navigate(pageOf(dockingId, 'runs', runId));
        },
      },
    );
  return (
    <>
      <Alert
        type="info"
        showIcon
        title={t('forGood.nothingYet')}
        description={t('forGood.would', { number })}
        action={
          may.administer && run.outcomes.bound ? (
            <Button type="primary" onClick={() => setAsking(true)}>
              {t('forGood.bind')}
            </Button>
          ) : null
        }
      />
      <Modal
        open={asking}
        title={t('forGood.bind')}
        okText={t('forGood.bind')}
        okButtonProps={{ loading: start.isPending }}
        cancelText={t('cancel', { ns: 'console' })}
        onOk={go}
        onCancel={() => setAsking(false)}
      >
        <Flex vertical gap="middle">
          <div>{t('forGood.effect', { number })}</div>
          <MatchingFields value={matching} onChange={setMatching} />
        </Flex>
      </Modal>
    </>
  );
}
