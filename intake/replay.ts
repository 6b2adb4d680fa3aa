/** Cards that failed or were parked go out after all, under the same keys. */
import type { Delivery, Store } from '../store';

/** Who is told that a card is due again; the client's calls. */
export interface Told {
  ticketChanged(
    dockingId: string,
    ticketId: string,
    change: { eventId: string; deliveryIds: string[]; refreshes?: string[] },
  ): Promise<void>;
  digestDue(digest: { dockingId: string; digestId: string; at: number; replay: string }): Promise<void>;
}

/**
 * False when the card is in no state to be sent again. A card that a digest carried goes out with all that the digest
 * carried: alone it would be seen twice.
 */
export async function replayOne(
  { deliveries }: Pick<Store, 'deliveries'>,
  told: Told,
  delivery: Delivery,
): Promise<boolean> {
  const carrier = delivery.bundledInto ? await deliveries.get(delivery.bundledInto) : delivery;
  if (!carrier || !(await deliveries.replay(carrier.id))) return false;
  const { id, dockingId, ticketId, attempts, bundles } = carrier;
  if (bundles) await told.digestDue({ dockingId, digestId: bundles.digestId, at: 0, replay: id });
  else
    await told.ticketChanged(dockingId, ticketId, {
      eventId: `replay:${id}:${attempts}`,
      deliveryIds: [id],
    });
  return true;
}

/**
 * Those that were parked for one of these reasons, and those that are out and could not be changed meanwhile; gives how many. Each
 * once: what the platform refuses again is parked again, and waits for the next time.
 */
export async function replayParked(
  store: Pick<Store, 'deliveries'>,
  told: Told,
  dockingId: string,
  reasons: readonly string[],
): Promise<number> {
  const seen = new Set<string>();
  let replayed = 0;
  for (;;) {
    const parked = await store.deliveries.parked(dockingId, reasons);
    const due = parked.filter(({ id }) => !seen.has(id));
    if (due.length === 0) return replayed + (await bringUpToDate(store, told, dockingId));
    for (const delivery of due) {
      seen.add(delivery.id);
      if (await replayOne(store, told, delivery)) replayed += 1;
    }
  }
}

/**
 * Cards that are out and could not be changed meanwhile; gives how many. The ticket's run looks at each again: once, however many
 * events that are. Events that joined the card are told on it; where only its ticket moved on, it follows.
 */
export async function bringUpToDate(
  { deliveries }: Pick<Store, 'deliveries'>,
  told: Told,
  dockingId: string,
): Promise<number> {
  const behind = await deliveries.behind(dockingId);
  for (const { id, ticketId, behindSince, eventIds, shown } of behind) {
    const eventId = `behind:${id}:${behindSince?.getTime() ?? 0}`;
    const change =
      (shown?.events ?? 1) < eventIds.length ? { deliveryIds: [id] } : { deliveryIds: [], refreshes: [id] };
    await told.ticketChanged(dockingId, ticketId, { eventId, ...change });
  }
  return behind.length;
}
