/** Cards that are out follow their ticket: changed in place, without a new message. */
import type { CallOptions } from '../../feishu';
import type { Delivery } from '../../store';
import type { ActivityPorts } from '../ports';
import { eventsOf, presentCard } from './present-card';
import { showCard } from './show-card';

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
  const atWork = await ports.store.dockings.atWork(dockingId);
  const found = await ports.store.deliveries.getMany(deliveryIds);
  const cards = found.filter((delivery) => delivery.dockingId === dockingId && delivery.state === 'sent');
  if (atWork?.docking.state !== 'live') return { changed: 0, left: deliveryIds.length };

  const refresh = async (delivery: Delivery): Promise<boolean> => {
    const { id, messageId, eventIds } = delivery;
    const records = await eventsOf(ports.store, delivery);
    if (!messageId || records.length === 0) return false;
    const { model } = await presentCard(ports, atWork.docking, delivery, records, { keepsItsWords: true });
    const updated = await showCard(ports, atWork, { id, messageId }, model, {
      ...options,
      priority: 'routine',
    });
    if (updated !== 'shown') return false;
    await ports.store.deliveries.noteShown(id, { events: eventIds.length, at: ports.now() });
    return true;
  };

  let changed = 0;
  for (let at = 0; at < cards.length; at += AT_ONCE) {
    const shown = await Promise.all(cards.slice(at, at + AT_ONCE).map(refresh));
    changed += shown.filter(Boolean).length;
  }
  return { changed, left: deliveryIds.length - changed };
}
