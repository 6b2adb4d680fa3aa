/** A due time that both the ticket system and the clock tell of: people hear it once, whoever is faster. */
import type { EventRecord, Store } from '../store';
import type { TicketEvent } from '../tickets';
import type { Metric } from './deadlines';

/** Clocks differ, and a ticket system looks at its due times now and then. */
const SAME_MS = 10 * 60_000;
const LATEST = 20;
const WARNING = 'ticket.sla_warning';
/** Two names of one happening. */
const BREACHES: readonly string[] = ['ticket.sla_breached', 'ticket.overdue'];

type Events = Pick<Store['events'], 'list'>;

/**
 * Our own event beside what the ticket system told of the same due time: null when it told this very thing; on the card that tells
 * it when it gave it the other name.
 */
export async function beside(
  events: Events,
  dockingId: string,
  own: TicketEvent,
): Promise<TicketEvent | null> {
  const told = (await toldOf(events, dockingId, own)).filter((other) => tellsTheSame(other, own));
  if (told.some(({ type }) => type === own.type)) return null;
  const causeId = told.map(({ envelope }) => (envelope as TicketEvent).causeId).find(Boolean);
  return causeId ? { ...own, causeId } : own;
}

/**
 * An event of the ticket system as its cards are planned: on our card, when we told the same before.
 * What it tells once more of one due time is a reminder of its own.
 */
export async function onOneCard(
  events: Events,
  dockingId: string,
  event: TicketEvent,
  now: Date,
): Promise<TicketEvent> {
  if (event.eventId.startsWith('timer:') || ![WARNING, ...BREACHES].includes(event.type)) return event;
  const known = await toldOf(events, dockingId, event);
  const due = dueOf(event);
  const isRepeated = known.some(
    (other) =>
      other.entrance !== 'timer' &&
      other.eventId !== event.eventId &&
      other.type === event.type &&
      isSameDue(dueOf(other.envelope as TicketEvent), due),
  );
  if (isRepeated) return event;
  const told = {
    ...event,
    entrance: 'api',
    envelope: event,
    occurredAt: new Date(event.occurredAt),
  } as const;
  const ours = known.find(
    ({ entrance, receivedAt, envelope }) =>
      entrance === 'timer' &&
      tellsTheSame(told, envelope as TicketEvent) &&
      // A ticket system may warn again, later than the rule wanted.
      (event.type !== WARNING || now.getTime() - receivedAt.getTime() < SAME_MS),
  );
  return ours ? { ...event, causeId: (ours.envelope as TicketEvent).causeId } : event;
}

async function toldOf(events: Events, dockingId: string, { type, ticket }: TicketEvent) {
  const types = BREACHES.includes(type) ? BREACHES : [type];
  const pages = await Promise.all(
    types.map((one) => events.list(dockingId, { ticketId: ticket.id, type: one, limit: LATEST })),
  );
  return pages.flatMap(({ items }) => items);
}

function tellsTheSame(
  other: Pick<EventRecord, 'entrance' | 'occurredAt'> & { envelope: unknown },
  own: TicketEvent,
): boolean {
  if (other.entrance === 'timer') return false;
  const said = other.envelope as TicketEvent;
  if (metricOf(said, own.sla?.metric) !== own.sla?.metric) return false;
  const later = other.occurredAt.getTime() - Date.parse(own.occurredAt);
  if (Math.abs(later) < SAME_MS) return true;
  // However late a breach is noticed. What was warned of before its time may be warned of again.
  return isSameDue(dueOf(said, own.sla?.metric), dueOf(own)) && (own.type !== WARNING || later > 0);
}

interface Due {
  metric: Metric;
  dueAt: string;
}

const isSameDue = (one: Due | null, other: Due | null): boolean =>
  one !== null && one.metric === other?.metric && one.dueAt === other.dueAt;

const metricOf = ({ type, sla }: TicketEvent, otherwise?: string): string | undefined =>
  sla?.metric ?? (type === 'ticket.overdue' ? 'solution' : otherwise);

/** Null when the event does not tell. */
function dueOf(event: TicketEvent, otherwise?: string): Due | null {
  const metric = metricOf(event, otherwise);
  if (metric !== 'solution' && metric !== 'first_response') return null;
  const { sla, ticket } = event;
  const dueAt = sla?.dueAt ?? (metric === 'solution' ? ticket.dueAt : ticket.firstResponseDueAt);
  return dueAt ? { metric, dueAt } : null;
}
