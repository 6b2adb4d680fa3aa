import { handOverFeishuEvent } from '../intake';
import { withFailures } from './failures';
import type { ActivityPorts } from './ports';

/** Younger ones are still under way at the door. */
const OLDER_THAN_MS = 15_000;
const AT_ONCE = 500;

/**
 * Hands over events of Feishu that are durable but went no further. One that cannot be handed over does not hold up the
 * others; fails only when none could.
 */
export function sweepFeishuEvents(ports: ActivityPorts): Promise<{ handedOver: number }> {
  const { store, feishuEvents, log } = ports;
  return withFailures(async () => {
    const left = await store.feishuEvents.unsettled({ olderThanMs: OLDER_THAN_MS, limit: AT_ONCE });
    const failures: unknown[] = [];
    for (const { dockingId, note } of left) {
      try {
        await handOverFeishuEvent(store, feishuEvents, dockingId, note);
      } catch (error) {
        log.warn({ err: error, dockingId, eventId: note.eventId }, 'a Feishu event could not be handed over');
        failures.push(error);
      }
    }
    if (left.length > 0 && failures.length === left.length) throw failures[0];
    return { handedOver: left.length - failures.length };
  });
}
