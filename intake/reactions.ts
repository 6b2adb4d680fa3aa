/** What people did in the ticket system about a card that was waited on: as good as a click on it. */
import type { Delivery, Store } from '../store';
import type { Actor, TicketEvent } from '../tickets';

const REACTIONS = ['ticket.replied_by_agent', 'ticket.accepted'] as const;
/** Of one ticket since the card; what is older than these was said by one of these too. */
const LATEST = 20;

/** An internal note is no answer, nor is what an automation sends. */
export const isAnswer = ({ type, reply, actor }: Pick<TicketEvent, 'type' | 'reply' | 'actor'>): boolean =>
  type === 'ticket.replied_by_agent' && reply?.public !== false && isSomebody(actor);

/**
 * Somebody of the desk answered the ticket or accepted it, after what the card is about. Not who set it off: giving a ticket to
 * somebody else and writing to the customer that this was done is no reaction of the one who has it now. A snooze that was asked for
 * after that is kept.
 */
export async function hasReacted(
  store: Pick<Store, 'events' | 'clicks'>,
  { dockingId, ticketId, employeeId, plannedAt }: Delivery,
  about: TicketEvent,
): Promise<boolean> {
  // What time made of an event of before is news of the moment when its card was made.
  const since = about.eventId.startsWith('timer:') ? plannedAt : new Date(about.occurredAt);
  const pages = await Promise.all(
    REACTIONS.map((type) =>
      store.events.list(dockingId, { ticketId, type, from: new Date(since.getTime() + 1), limit: LATEST }),
    ),
  );
  const reactions = pages
    .flatMap(({ items }) => items)
    .filter(({ envelope }) => isReaction(envelope as TicketEvent, about))
    .map(({ occurredAt }) => occurredAt);
  if (reactions.length === 0) return false;
  const latest = new Date(Math.max(...reactions.map((at) => at.getTime())));
  const clicks = await store.clicks.toldSince(dockingId, ticketId, latest);
  return !clicks.some(
    (click) =>
      click.action === 'snooze' &&
      click.state === 'done' &&
      click.employeeId === employeeId &&
      click.askedAt > latest,
  );
}

function isReaction(event: TicketEvent, about: TicketEvent): boolean {
  if (about.causeId && event.causeId === about.causeId) return false;
  if (isSame(event.actor, about.actor)) return false;
  return event.type === 'ticket.accepted' ? isSomebody(event.actor) : isAnswer(event);
}

/** Sources that do not tell who did it have the system as actor. */
const isSomebody = ({ type }: Actor): boolean => type !== 'automation' && type !== 'customer';

function isSame(one: Actor, other: Actor): boolean {
  const name = one.id ?? one.name;
  return Boolean(name) && one.type === other.type && name === (other.id ?? other.name);
}
