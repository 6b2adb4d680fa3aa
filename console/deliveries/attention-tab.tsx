/** Cards that did not arrive, or of which nobody knows: to be looked at, and sent again under their old key. */
import { Button, Card, Flex, Popconfirm, Segmented, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../dockings/docking';
import { useMay } from '../session/signed-in';
import { CardsTable } from './cards-table';
import { useDeliveries, useReplay, useReplayAll } from './deliveries';
import { oneOf, useFilters } from './filters';
import { STUCK_STATES, type StuckState } from './shapes';

export function AttentionTab(): ReactNode {
  const { t } = useTranslation('deliveries');
  const dockingId = useDockingId();
  const may = useMay();
  const filters = useFilters();
  const state = oneOf(STUCK_STATES, filters.get('state')) ?? 'needs-attention';
  const [chosen, setChosen] = useState<string[]>([]);
  const cards = useDeliveries(dockingId, { state });
  const replay = useReplay(dockingId);
  const replayAll = useReplayAll(dockingId);
  const any = (cards.data?.pages[0]?.items.length ?? 0) > 0;
  const turnTo = (next: StuckState): void => {
    setChosen([]);
    filters.set({ state: next });
  };
  return (
    <Card>
      <Flex vertical gap="middle">
        <Typography.Text type="secondary">{t('attention.what')}</Typography.Text>
        <Flex gap="small" wrap justify="space-between">
          <Segmented<StuckState>
            style={{ maxWidth: '100%', overflowX: 'auto' }}
            aria-label={t('stateTitle')}
            value={state}
            onChange={turnTo}
            options={STUCK_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
          {may.operate && (
            <Flex gap="small" wrap>
              <Button
                type="primary"
                disabled={chosen.length === 0}
                loading={replay.isPending}
                onClick={() => replay.mutate(chosen, { onSettled: () => setChosen([]) })}
              >
                {t('attention.replayChosen', { number: chosen.length })}
              </Button>
              <Popconfirm
                title={t('attention.sure')}
                disabled={!any}
                onConfirm={() => replayAll.mutate(state, { onSettled: () => setChosen([]) })}
              >
                <Button disabled={!any} loading={replayAll.isPending}>
                  {t('attention.replayAll')}
                </Button>
              </Popconfirm>
            </Flex>
          )}
        </Flex>
        <CardsTable
          dockingId={dockingId}
          cards={cards}
          none={t(`attention.none.${state}`)}
          {...(may.operate
            ? {
                selection: { chosen, onChoose: setChosen },
                action: ({ id }) => (
                  <Button
                    size="small"
                    disabled={replay.isPending}
                    onClick={(click) => {
                      click.stopPropagation();
                      replay.mutate([id]);
                    }}
                  >
                    {t('attention.replay')}
                  </Button>
                ),
              }
            : {})}
        />
      </Flex>
    </Card>
  );
}
