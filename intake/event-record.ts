/** What is kept of an event that was judged, and what a repetition is answered from it. */
import type { Verdict } from '../rules';
import type { Delivery, EventRecord } from '../store';
import type { TicketEvent } from '../tickets';
import type { Deadline } from './deadlines';
import type { Telling, TellOf } from './deadlines-told';
import type { Entrance, Taken } from './intake';
import { REASONS, type ReasonCode } from './reasons';
import { settlesOf } from './ticket-state';

/** What was decided about an event. */
export interface Judged {
  verdict: Verdict;
  /** A newer state of the ticket was known. */
  stale: boolean;
  receivers: EventRecord['receivers'];
  deliveries: Delivery[];
  /** The ticket's workflow had something to wait for before this event. */
  followedUp: boolean;
  settles: Taken['settles'];
  /** What the ticket's workflow is to be told of due times. */
  telling: Telling | null;
  /** What it was told before. */
  toldKey: string;
  /** Asks once more, of the ticket as it is and what was told by then. */
  tellOf: TellOf;
  rechecks: Deadline[];
  /** Deliveries whose cards are out and do not show the ticket as it is now. */
  refreshes: string[];
  handOver: boolean;
}

export function offReceiver(reason: ReasonCode): EventRecord['receivers'][number] {
  return {
    role: 'all',
    agentId: null,
    employeeId: null,
    ruleIds: [],
    deliveryId: null,
    suppressedBy: reason,
    detail: REASONS[reason].en,
  };
}

/** What the first intake of an event answered. */
export function seenBefore(existing: EventRecord): Taken {
  const deliveryIds = existing.receivers.flatMap(({ deliveryId, digested }) =>
    deliveryId && !digested ? [deliveryId] : [],
  );
  return {
    eventId: existing.eventId,
    ticketId: existing.ticketId,
    state: 'duplicate',
    deliveryIds: [...new Set(deliveryIds)],
    urgent: false,
    statusType: null,
    settles: existing.stale ? null : settlesOf(existing.envelope as TicketEvent, null),
    deadlines: null,
    rechecks: [],
    refreshes: existing.refreshes ?? [],
    followedUp: false,
    handOver: existing.state === 'planned',
  };
}

export function recordOf(
  dockingId: string,
  event: TicketEvent,
  entrance: Entrance,
  receivedAt: Date,
  { verdict, stale, receivers, deliveries, refreshes, handOver }: Judged,
): EventRecord {
  return {
    dockingId,
    eventId: event.eventId,
    ticketId: event.ticket.id,
    type: event.type,
    occurredAt: new Date(event.occurredAt),
    receivedAt,
    entrance,
    envelope: event,
    state: handOver || deliveries.length > 0 ? 'planned' : 'silent',
    stale,
    verdict,
    receivers,
    ...(deliveries.length > 0 ? { cards: deliveries } : {}),
    ...(refreshes.length > 0 ? { refreshes } : {}),
    handedOverAt: null,
  };
}
