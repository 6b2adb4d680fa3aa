/** What is kept of an event that could not be judged: its reference, and why. It explains itself like any other. */
import type { EventRecord } from '../store';
import { offReceiver } from './event-record';
import { REASONS } from './reasons';

export type UnjudgedReason = 'ticket-unread' | 'ticket-unreadable' | 'event-refused';

/** As it was told, unchecked. */
export interface ToldReference {
  dockingId: string;
  ticketId: string;
  eventId: string;
  reference: { type?: unknown; occurredAt?: unknown };
}

const LONGEST_TYPE = 100;

/** `detail`: one sentence for people; default: that of the reason. */
export function unjudgedRecord(
  { dockingId, ticketId, eventId, reference }: ToldReference,
  reason: UnjudgedReason,
  receivedAt: Date,
  detail: string = REASONS[reason].en,
): EventRecord {
  const occurredAt = new Date(typeof reference.occurredAt === 'string' ? reference.occurredAt : Number.NaN);
  return {
    dockingId,
    eventId,
    ticketId,
    type: typeof reference.type === 'string' ? reference.type.slice(0, LONGEST_TYPE) : '',
    occurredAt: Number.isNaN(occurredAt.getTime()) ? receivedAt : occurredAt,
    receivedAt,
    entrance: 'client',
    envelope: { eventId, ticket: { id: ticketId } },
    state: reason === 'ticket-unread' ? 'unread' : 'given-up',
    stale: false,
    verdict: null,
    receivers: [{ ...offReceiver(reason), detail }],
    handedOverAt: null,
  };
}
