/** What a card says now: the ticket as it is, the events noted on its delivery, and what became of the clicks on it. */
import type { CardState, ReminderCardModel } from '../../feishu';
import { cardModel, outlivedSince } from '../../intake';
import type { ClickRecord, Delivery, Docking, EventRecord, Store, TicketRecord } from '../../store';
import type { Ticket, TicketEvent } from '../../tickets';
import type { ActivityPorts } from '../ports';
import { withTicketLinks } from './abilities';
import { actionsFor } from './card-actions';
import { clickState } from './click-words';

/** A card names three of its events; the rest of what it says is the ticket's newest state. */
const MOST_EVENTS = 20;

/** Oldest first, by when they happened; of very many the latest. */
export async function eventsOf(
  store: Store,
  { dockingId, eventIds }: Pick<Delivery, 'dockingId' | 'eventIds'>,
): Promise<EventRecord[]> {
  const ids = eventIds.slice(-MOST_EVENTS);
  const records = await store.events.getForCards(dockingId, ids);
  return records.sort(
    (a, b) =>
      a.occurredAt.getTime() - b.occurredAt.getTime() || ids.indexOf(a.eventId) - ids.indexOf(b.eventId),
  );
}

export interface PresentCard {
  model: ReminderCardModel;
  /** Somebody took care of the ticket since the card went out: nobody has to be reminded of it. */
  handled: boolean;
}

/**
 * For the ordinary card, whose one event left the ticket as it still is, that event says all there is. A card that was overtaken
 * looks as if it had been sent in time and refreshed since: its own words, and what became of the ticket. `known`: its ticket, read
 * after the delivery was written.
 */
export async function cardToSend(
  ports: ActivityPorts,
  docking: Docking,
  delivery: Delivery,
  records: readonly EventRecord[],
  known: TicketRecord | null,
): Promise<ReminderCardModel> {
  const [only, ...more] = records;
  const event = only?.envelope as TicketEvent | undefined;
  const isOrdinary = event && more.length === 0 && delivery.attempts === 1 && !delivery.after;
  if (!isOrdinary || hasMovedOn(known, event.ticket)) {
    return (await presentCard(ports, docking, delivery, records, { keepsItsWords: true })).model;
  }
  const [linked, actions] = await Promise.all([
    withTicketLinks(ports, docking),
    actionsFor(ports, docking, delivery, event.ticket),
  ]);
  return cardModel(linked, delivery, { records }, actions);
}

/** An event may come while the card of the one before is on its way. */
const hasMovedOn = (known: TicketRecord | null, ticket: Ticket): boolean =>
  known !== null && JSON.stringify(known.snapshot) !== JSON.stringify(ticket);

/** How a card is to be shown whose ticket has moved on. */
export interface Showing {
  /** The one whose outcome is to be told; without it the latest that was told on this message. */
  click?: ClickRecord;
  /** Nothing was added to what the card tells: only what became of its ticket is shown. */
  keepsItsWords?: boolean;
}

export async function presentCard(
  ports: ActivityPorts,
  docking: Docking,
  delivery: Delivery,
  records: readonly EventRecord[],
  { click, keepsItsWords = false }: Showing = {},
): Promise<PresentCard> {
  const { store } = ports;
  const { messageId, employeeId, ticketId } = delivery;
  const since = delivery.after ? new Date(0) : (delivery.sentAt ?? delivery.plannedAt);
  const [known, onMessage, clicks] = await Promise.all([
    store.tickets.get(docking.id, ticketId),
    messageId ? store.deliveries.onMessage(messageId, employeeId) : [],
    store.clicks.toldSince(docking.id, ticketId, since),
  ]);
  const ofCard = new Set([delivery.id, delivery.after, ...onMessage.map(({ id }) => id)]);
  const told = click ?? clicks.find(({ deliveryId }) => ofCard.has(deliveryId));
  const isTrue = trueOf(delivery, known, ports.now());
  const present = known?.snapshot as Ticket | undefined;
  const ticket = present ?? (records.at(-1)?.envelope as TicketEvent | undefined)?.ticket;
  const [linked, actions] = await Promise.all([
    withTicketLinks(ports, docking),
    ticket ? actionsFor(ports, docking, delivery, ticket) : [],
  ]);
  return {
    model: {
      ...cardModel(linked, delivery, { records, present, keepsItsWords }, actions),
      ...stateOf(delivery, present, told && isTrue(told) ? clickState(told, docking) : undefined),
    },
    handled: isHandled(clicks, isTrue),
  };
}

/** Somebody took care of the ticket; whoever only put it off, or wrote an internal note, did not. */
const isHandled = (clicks: readonly ClickRecord[], isTrue: (click: ClickRecord) => boolean): boolean =>
  clicks.some(
    (click) =>
      click.state === 'done' && click.action !== 'snooze' && click.action !== 'reply' && isTrue(click),
  );

/** The same of a card that needs no change. */
export async function isTakenCareOf({ store, now }: ActivityPorts, delivery: Delivery): Promise<boolean> {
  const { dockingId, ticketId, sentAt, plannedAt } = delivery;
  const [clicks, known] = await Promise.all([
    store.clicks.toldSince(dockingId, ticketId, sentAt ?? plannedAt),
    store.tickets.get(dockingId, ticketId),
  ]);
  return isHandled(clicks, trueOf(delivery, known, now()));
}

/** Tells of a click whether what became of it still is so. */
const trueOf =
  (delivery: Delivery, known: TicketRecord | null, now: Date) =>
  (click: ClickRecord): boolean =>
    outlivedSince(click, delivery, known, now) === null;

/** That somebody else has the ticket now comes before whatever became of a click; the click is told beside it. */
function stateOf(
  { role, agentId }: Delivery,
  present: Ticket | undefined,
  told: CardState | undefined,
): Pick<ReminderCardModel, 'state' | 'told'> {
  const passedOn = role === 'assignee' && present?.assigneeId && present.assigneeId !== agentId;
  if (!passedOn || told?.kind === 'closed') return { state: told ?? { kind: 'open' } };
  const by = present.assigneeName;
  return { state: { kind: 'reassigned', ...(by ? { by } : {}) }, told };
}
