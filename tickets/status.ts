/** What an event tells of the status where its source left it out. */
import { STATUS_TYPES, type EventType, type StatusType } from './vocabulary';

const AFTER: Partial<Record<EventType, StatusType>> = {
  'ticket.solved': 'solved',
  'ticket.closed': 'closed',
  'ticket.deleted': 'deleted',
  'ticket.reopened': 'in_progress',
};

interface Said {
  type: EventType;
  changes: readonly { field: string; to: unknown }[];
  ticket: { statusType?: StatusType | null | undefined };
}

/** The ticket of an event that closes it is closed, for everybody who looks at it later. A status that is given stays as it is. */
export function withStatus<Event extends Said>(event: Event): Event {
  if (event.ticket.statusType) return event;
  const changed = event.changes.find(({ field }) => field === 'statusType')?.to;
  const statusType = STATUS_TYPES.find((one) => one === changed) ?? AFTER[event.type];
  return statusType ? { ...event, ticket: { ...event.ticket, statusType } } : event;
}
