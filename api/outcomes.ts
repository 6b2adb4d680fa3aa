/** What became of an event for one of its receivers. */
import type { Delivery, EventRecord } from '../store';

export type Outcome = 'sent' | 'updated' | 'digested' | 'suppressed' | 'pending' | 'failed';

type Receiver = EventRecord['receivers'][number];

/** `digested`: told by the card of another event, of the same action or of a digest. */
export function outcomeOf(
  { state, eventId }: EventRecord,
  { suppressedBy, deliveryId }: Receiver,
  deliveries: ReadonlyMap<string, Delivery>,
): Outcome {
  // An event that nobody could judge was not kept from anybody: it waits, or is lost until it is told again.
  if (suppressedBy && state === 'unread') return 'pending';
  if (suppressedBy) return state === 'given-up' ? 'failed' : 'suppressed';
  const delivery = deliveryId ? deliveries.get(deliveryId) : undefined;
  switch (delivery?.state) {
    case 'sent':
      return delivery.carriedBy === 'update'
        ? 'updated'
        : delivery.carriedBy === 'digest' || delivery.eventIds[0] !== eventId
          ? 'digested'
          : 'sent';
    case 'failed':
    case 'needs-attention':
      return 'failed';
    default:
      return 'pending';
  }
}
