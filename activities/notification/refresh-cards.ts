/** Cards that are out follow their ticket: changed in place, without a new message. */
import type { CallOptions } from '../../feishu';
import type { Delivery, DockingAtWork } from '../../store';
import type { ActivityPorts } from '../ports';
import { eventsOf, presentCard } from './present-card';
import { showCard } from './show-card';
import { liveOrBehind } from './up-to-date';

/** Of one ticket at once; the pace of the docking decides how fast they really go. */
const AT_ONCE = 5;

export interface RefreshedCards {
  changed: number;
  /** Too old, gone, or refused: they stay as they are. */
  left: number;
}

/**
 * Repeats safely: the same content twice does no harm. Cards of a docking that may not change them now are noted: whoever resumes it
 * has them changed (`intake/replay.ts`). Throws what another try can change.
 */
export async function refreshCards(
  ports: ActivityPorts,
  dockingId: string,
  deliveryIds: readonly string[],
  options: CallOptions,
): Promise<RefreshedCards> {
  const { store } = ports;
  const found = await store.deliveries.getMany(deliveryIds);
  const cards = found.filter(
    (delivery) => delivery.dockingId === dockingId && delivery.state === 'sent' && delivery.messageId,
  );

  const refresh = async (work: DockingAtWork, delivery: Delivery): Promise<boolean> => {
    const { id, messageId } = delivery;
    if (!messageId) return false;
    // An event that came after may have gone into the same card: what it says stays.
    const [tells = delivery] = await store.deliveries.onMessage(messageId, delivery.employeeId);
    const records = await eventsOf(store, tells);
    if (records.length === 0) return isOver(id);
    const { model } = await presentCard(ports, work.docking, tells, records, { keepsItsWords: true });
    const updated = await showCard(ports, work, { id, messageId }, model, {
      ...options,
      priority: 'routine',
      beforePausing: () => store.deliveries.noteBehind(id, ports.now()),
    });
    if (updated === 'off') return false;
    if (updated !== 'shown') return isOver(id);
    const at = ports.now();
    if (tells.id !== id)
      await store.deliveries.noteShown(id, { events: delivery.shown?.events ?? 1, at: before(at) });
    await store.deliveries.noteShown(tells.id, { events: tells.eventIds.length, at });
    return true;
  };

  /** Asked again each time that the docking is resumed, such a card would never be done with. */
  const isOver = async (id: string): Promise<false> => {
    await store.deliveries.noteFrozen(id, ports.now());
    return false;
  };

  let changed = 0;
  for (let at = 0; at < cards.length; at += AT_ONCE) {
    // One of the cards before may have had it paused.
    const work = await liveOrBehind(
      ports,
      dockingId,
      cards.slice(at).map(({ id }) => id),
    );
    if (!work) break;
    const shown = await Promise.all(cards.slice(at, at + AT_ONCE).map((card) => refresh(work, card)));
    changed += shown.filter(Boolean).length;
  }
  return { changed, left: deliveryIds.length - changed };
}

/** The one that a card shows now is the one that was shown last. */
const before = (at: Date): Date => new Date(at.getTime() - 1);
