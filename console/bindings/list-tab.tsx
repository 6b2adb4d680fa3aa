/** Live bindings: found, narrowed down, changed and exported. */
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Card, Flex } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDockingId } from '../dockings/docking';
import { ProblemAlert } from '../http/problem';
import { useMay } from '../session/signed-in';
import { BindingTable } from './binding-table';
import { exportAddress, useBindings } from './bindings';
import { Filters, useFilters } from './filters';
import { RebindModal } from './rebind-modal';
import type { Binding } from './shapes';
import { WaysToBind } from './ways-to-bind';

export function ListTab(): ReactNode {
  const { t } = useTranslation('bindings');
  const dockingId = useDockingId();
  const may = useMay();
  const [wanted, change] = useFilters();
  const bindings = useBindings(dockingId, wanted);
  const [rebinding, setRebinding] = useState<Binding | null>(null);
  return (
    <Card>
      <Flex vertical gap="middle">
        <Flex gap="small" wrap>
          {may.administer && <WaysToBind dockingId={dockingId} />}
          <Button
            icon={<DownloadOutlined />}
            href={exportAddress(dockingId, wanted)}
            download
            style={{ marginInlineStart: 'auto' }}
          >
            {t('export')}
          </Button>
        </Flex>
        <Filters dockingId={dockingId} wanted={wanted} onChange={change} />
        <ProblemAlert problem={bindings.error} retry={bindings.refetch} />
        <BindingTable
          dockingId={dockingId}
          bindings={bindings.data?.pages.flatMap(({ items }) => items) ?? []}
          loading={bindings.isPending || bindings.isPlaceholderData}
          onRebind={setRebinding}
        />
        {bindings.hasNextPage && (
          <Button loading={bindings.isFetchingNextPage} onClick={() => void bindings.fetchNextPage()}>
            {t('more', { ns: 'console' })}
          </Button>
        )}
      </Flex>
      <RebindModal dockingId={dockingId} binding={rebinding} onClose={() => setRebinding(null)} />
    </Card>
  );
}
