/** Events that joined a card which is out already: it is changed in place, once for all of them, without a new message. */
import type { CallOptions } from '../../feishu';
import { successorOf } from '../../intake';
import type { Delivery, DockingAtWork } from '../../store';
import type { ActivityPorts } from '../ports';
import { eventsOf, isTakenCareOf, presentCard } from './present-card';
import { showCard } from './show-card';

/** Several events are noted on a card that is out. Cards of digests and calls of webhooks stay as they went out. */
export function isJoined({ state, carriedBy, messageId, eventIds, bundles }: Delivery): boolean {
  const changeable = !bundles && (carriedBy === 'message' || carriedBy === 'update');
  return state === 'sent' && changeable && messageId !== null && eventIds.length > 1;
}

/** It shows fewer than are noted on it. */
export const isBehind = (delivery: Delivery): boolean =>
  isJoined(delivery) && (delivery.shown?.events ?? 1) < delivery.eventIds.length;

export interface BroughtUpToDate {
  /** Nobody has to be reminded of the card any more: somebody took care of the ticket. */
  handled: boolean;
  /** The card that goes on where this one cannot be changed any more. Absent = none. */
  instead?: string[];
}

/**
 * Shows what was noted by now, keeping what became of the clicks. Repeats safely: the same content twice does no harm, and what is
 * shown is noted after it is. Throws what another try can change.
 */
export async function bringUpToDate(
  ports: ActivityPorts,
  delivery: Delivery,
  options: CallOptions,
): Promise<BroughtUpToDate> {
  const { store, now } = ports;
  const { id, messageId, eventIds } = delivery;
  if ((delivery.shown?.events ?? 1) >= eventIds.length) {
    return { handled: await isTakenCareOf(ports, delivery) };
  }
  const [work, records] = await Promise.all([
    liveOrBehind(ports, delivery.dockingId, [id]),
    eventsOf(store, delivery),
  ]);
  if (!work || !messageId || records.length === 0) return { handled: false };
  const { model, handled } = await presentCard(ports, work.docking, delivery, records);
  const updated = await showCard(ports, work, { id, messageId }, model, {
    ...options,
    priority: delivery.urgency,
    beforePausing: () => store.deliveries.noteBehind(id, now()),
  });
  if (updated === 'off') return { handled };
  if (updated !== 'shown') {
    // Refused words too: a new message has more forms than a card that is changed, down to one without them. Not noted as shown: whoever asks again is told of the same new card, so it cannot be lost on the way. Later events join it.
    const next = successorOf(delivery, 'events', now());
    await store.deliveries.plan([next]);
    await store.deliveries.noteBehind(id, null);
    return { handled, instead: [next.id] };
  }
  await store.deliveries.noteShown(id, { events: eventIds.length, at: now() });
  return { handled };
}

/**
 * Null while the docking is off: its cards are behind then, and are shown when the docking works again (`intake/replay.ts`).
 */
export async function liveOrBehind(
  { store, now }: ActivityPorts,
  dockingId: string,
  ids: readonly string[],
): Promise<DockingAtWork | null> {
  const work = await store.dockings.atWork(dockingId);
  if (!work || work.docking.state === 'live') return work;
  for (const id of ids) await store.deliveries.noteBehind(id, now());
  // Whoever resumed it at this very moment did not see that.
  const again = await store.dockings.atWork(dockingId);
  return again?.docking.state === 'live' ? again : null;
}
