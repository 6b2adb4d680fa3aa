/** Stored events as they happened, each with what was known of its ticket when it came. */
import { JUDGED_AGAIN } from '../rules';
import { compareOrders, type Store } from '../store';
import type { Ticket, TicketEvent } from '../tickets';
import { orderOf } from './ticket-state';

export interface PastEvent {
  event: TicketEvent;
  receivedAt: number;
  /** A newer state of the ticket was known when it came. */
  stale: boolean;
}

/** The newest events count when there are more. */
const MOST_EVENTS = 50_000;

/** The newest of them, `most` events at most, in the order in which they happened. */
export async function pastEvents(
  store: Pick<Store, 'events'>,
  dockingId: string,
  since: Date,
  most = MOST_EVENTS,
): Promise<PastEvent[]> {
  const events: PastEvent[] = [];
  for await (const { envelope, receivedAt, stale, entrance } of store.events.streamSince(dockingId, since)) {
    const sent = envelope as TicketEvent;
    // Test cards are about no ticket, and whoever judges the events again finds by itself what time makes true.
    if (entrance === 'test' || sent.eventId.startsWith(JUDGED_AGAIN)) continue;
    const event = { ...sent, receivedAt: sent.receivedAt ?? receivedAt.toISOString() };
    events.push({ event, receivedAt: receivedAt.getTime(), stale });
    if (events.length === most) break;
  }
  return events.reverse();
}

/** For late events, by event id: the newest state of the ticket that had come before. */
export function newerStates(events: readonly PastEvent[]): Map<string, Ticket> {
  const late = events.filter(({ stale }) => stale);
  const tickets = new Map(late.map(({ event }) => [event.ticket.id, [] as PastEvent[]]));
  if (late.length > 0) for (const one of events) tickets.get(one.event.ticket.id)?.push(one);
  return new Map(
    late.flatMap((one): [string, Ticket][] => {
      const newer = newestBefore(one, tickets.get(one.event.ticket.id) ?? []);
      return newer ? [[one.event.eventId, newer]] : [];
    }),
  );
}

/** Null when the newer state came with an event that is not among these. */
function newestBefore({ event, receivedAt }: PastEvent, ofTicket: readonly PastEvent[]): Ticket | null {
  const own = orderOf(event.ticket);
  let newest: Ticket | null = null;
  for (const { event: other, receivedAt: otherAt } of ofTicket) {
    if (otherAt > receivedAt || compareOrders(orderOf(other.ticket), own) <= 0) continue;
    if (newest === null || compareOrders(orderOf(other.ticket), orderOf(newest)) > 0) newest = other.ticket;
  }
  return newest;
}
