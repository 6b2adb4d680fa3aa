import { storing } from './proxies';

/**
 * Finds what was made durable but went no further (a crash, or Temporal was away), and sends it on its way: events to
 * their tickets' workflows, events of Feishu to whom they concern, digests to their own workflows, stored pushes to be
 * read. Also wakes the look for changes that no push told.
 */
export async function handoverSweep(): Promise<{
  handedOver: number;
  feishuEvents: number;
  woken: number;
}> {
  const { handedOver } = await storing.sweepHandovers.executeWithOptions(
    { summary: 'Hand over what a crash left behind' },
    [],
  );
  const feishu = await storing.sweepFeishuEvents.executeWithOptions(
    { summary: 'Hand over events of Feishu that a crash left behind' },
    [],
  );
  await storing.sweepDigests.executeWithOptions({ summary: 'Have waiting digests go out at their time' }, []);
  const { woken } = await storing.wakePulls.executeWithOptions(
    { summary: 'Wake reading from ticket systems' },
    [],
  );
  return { handedOver, feishuEvents: feishu.handedOver, woken };
}
