/** Cards that are out follow their ticket: changed in place, without a new message. */
import { FeishuError, type CallOptions } from '../../feishu';
import type { Delivery } from '../../store';
import type { ActivityPorts } from '../ports';
import { updateCard } from './living-card';
import { eventsOf, presentCard } from './present-card';

/** Of one ticket at once; the pace of the docking decides how fast they really go. */
const AT_ONCE = 5;

export interface RefreshedCards {
  changed: number;
  /** Too old, gone, or refused: they stay as they are. */
  left: number;
}

/** Repeats safely: the same content twice does no harm. Throws what another try can change. */
export async function refreshCards(
  ports: ActivityPorts,
  dockingId: string,
  deliveryIds: readonly string[],
  options: CallOptions,
): Promise<RefreshedCards> {
  const work = await ports.store.dockings.atWork(dockingId);
  const found = await ports.store.deliveries.getMany(deliveryIds);
  const cards = found.filter((delivery) => delivery.dockingId === dockingId && delivery.state === 'sent');
  if (work?.docking.state !== 'live') return { changed: 0, left: deliveryIds.length };
  const { docking, secrets } = work;
  const client = ports.feishu.for({
    appId: docking.appId,
    appSecret: secrets.appSecret,
    baseUrl: docking.platformUrl,
  });

  async function refresh(delivery: Delivery): Promise<boolean> {
    const { id, messageId, eventIds } = delivery;
    const records = await eventsOf(ports.store, delivery);
    if (!messageId || records.length === 0) return false;
    const { model } = await presentCard(ports, docking, delivery, records, { keepsItsWords: true });
    const call = { ...options, priority: 'routine' as const };
    const updated = await updateCard(client, messageId, model, call).catch((error: unknown) => {
      if (!(error instanceof FeishuError) || error.retry !== 'never') throw error;
      ports.log.warn({ deliveryId: id, code: error.code }, 'the card stays as it is');
      return 'refused' as const;
    });
    if (updated !== 'shown') return false;
    await ports.store.deliveries.noteShown(id, { events: eventIds.length, at: ports.now() });
    return true;
  }

  let changed = 0;
  for (let at = 0; at < cards.length; at += AT_ONCE) {
    const shown = await Promise.all(cards.slice(at, at + AT_ONCE).map(refresh));
    changed += shown.filter(Boolean).length;
  }
  return { changed, left: deliveryIds.length - changed };
}
