import { createHash } from 'node:crypto';
import { ticketEventSchema, type Actor, type EventType, type Ticket, type TicketEvent } from '../event';
import type { Hydrated, TicketHint, TicketSnapshot } from '../port';
import { changeActor, replyActor } from './actor';
import { differences, eventTypes, movesDueTimes } from './differences';
import { repliesOf, type SobotReply } from './ticket';
import type { SobotTime } from './time';
import type { Wire } from './wire';

const KEPT_REPLIES = 500;

/** One look at a ticket, beside the look before. */
export interface Look {
  dockingId: string;
  liveSince: string | undefined;
  time: SobotTime;
  now: string;
  hint: TicketHint;
  detail: Wire;
  ticket: Ticket;
  previous: TicketSnapshot | null;
}

/**
 * What happened between two looks, one event per thing that happened; all that one action did carries the same
 * `causeId`, so that it makes one card. Ids come from what was seen, so a push, a poll and a list of missed pushes
 * that tell the same thing make the same event. A ticket seen for the first time is learnt silently unless it is
 * younger than the docking; an urge or a reply younger than the docking is told even then.
 */
export function eventsBetween(look: Look): Hydrated {
  const { previous, ticket, detail, time } = look;
  const replies = repliesOf(detail, time);
  const actor = changeActor(detail, time, look.hint.actorName);
  const events: TicketEvent[] = [];
  const before = previous?.ticket;
  const isNew = !previous && isLive(look, ticket.createdAt);

  if (isNew) {
    const created = changeEvent(look, 'ticket.created', ticket.createdAt, creator(ticket), []);
    events.push({ ...created, causeId: ofCreation(look, actor).causeId });
  }
  for (const reply of replies) {
    const isKnown = previous ? previous.replyIds.includes(reply.id) : !isLive(look, reply.at);
    if (!isKnown) events.push(replyEvent(look, reply));
  }
  const urge = urgeEvent(look, actor);
  if (urge) events.push(urge);
  // A new ticket that already has an owner was also given to that owner.
  const base = before ?? (isNew ? { ...ticket, assigneeId: null, groupId: null, rating: null } : ticket);
  const changes = differences(base, ticket);
  const types = eventTypes(base, ticket, changes);
  if (types.includes('ticket.reopened')) ticket.reopenCount = (before?.reopenCount ?? 0) + 1;
  if (before && before.assigneeId !== ticket.assigneeId) ticket.previousAssigneeId = before.assigneeId;
  if (types.length + events.length === 0 && movesDueTimes(changes)) types.push('ticket.field_changed');
  const atCreation = isNew && (actor.type === 'customer' || ticket.updatedAt === ticket.createdAt);
  for (const type of types) {
    const told = changeEvent(look, type, ticket.updatedAt, actor, changes);
    if (isAssignment(type) && atCreation) events.push({ ...told, ...ofCreation(look, actor) });
    else if (isAssignment(type) && actor.type === 'customer') events.push({ ...told, ...bySomebody(look) });
    else events.push(told);
  }

  events.sort((a, b) => a.occurredAt.localeCompare(b.occurredAt));
  const seen = [...(previous?.replyIds ?? []), ...replies.map((reply) => reply.id)];
  return {
    events,
    snapshot: { ticket, replyIds: [...new Set(seen)].slice(-KEPT_REPLIES), takenAt: look.now },
  };
}

function isLive(look: Look, at: string | null | undefined): boolean {
  if (!look.liveSince) return true;
  // Sobot's times have lost their fraction of a second.
  return Boolean(at) && Date.parse(at ?? '') + 999 >= Date.parse(look.liveSince);
}

function creator(ticket: Ticket): Actor {
  const { type, name } = ticket.creator ?? {};
  return {
    type: type ?? 'system',
    id: type === 'customer' ? ticket.customer?.id : null,
    name: name ?? null,
  };
}

const isAssignment = (type: EventType): boolean =>
  type === 'ticket.assigned_agent' || type === 'ticket.assigned_group';

type Attribution = Pick<TicketEvent, 'occurredAt' | 'actor' | 'causeId'>;

/**
 * A late look sees what a customer did last, and no customer gives a ticket to anybody: of a new ticket that was a part of its
 * creation. Taken for the customer's it would be one action with their reply, and one card. Anybody else did it themselves: Sobot
 * names no id of an agent who created a ticket, but that of who changed it last.
 */
const ofCreation = (look: Look, actor: Actor): Attribution => ({
  occurredAt: look.ticket.createdAt ?? look.now,
  actor: actor.type === 'customer' ? creator(look.ticket) : actor,
  causeId: digest(look, 'cause', 'created'),
});

/** Of any other ticket nobody tells who did it. */
function bySomebody(look: Look): Attribution {
  const occurredAt = look.ticket.updatedAt ?? look.now;
  const actor: Actor = { type: 'system', id: null, name: null };
  return { occurredAt, actor, causeId: causeOf(look, occurredAt, actor) };
}

/** Hex digits over what makes an event the same one again. */
function digest(look: Look, ...parts: unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify([look.dockingId, look.ticket.id, ...parts]))
    .digest('hex');
}

/** One agent action within one second. */
function causeOf(look: Look, at: string, actor: Actor): string {
  return digest(look, 'cause', at, actor.type, actor.id ?? actor.name ?? '');
}

function changeEvent(
  look: Look,
  type: EventType,
  at: string | null | undefined,
  actor: Actor,
  changes: TicketEvent['changes'],
): TicketEvent {
  const occurredAt = at ?? look.now;
  const sorted = [...changes].sort((a, b) => a.field.localeCompare(b.field));
  return event(look, type, digest(look, type, at ?? '', sorted), occurredAt, actor, { changes });
}

function replyEvent(look: Look, reply: SobotReply): TicketEvent {
  const actor = replyActor(reply, look.detail, look.ticket, look.time);
  const type = !reply.public
    ? 'ticket.note_added'
    : actor.type === 'customer'
      ? 'ticket.replied_by_customer'
      : 'ticket.replied_by_agent';
  return event(look, type, digest(look, 'reply', reply.id), reply.at ?? look.now, actor, {
    reply: { id: reply.id, public: reply.public, excerpt: reply.text },
  });
}

/**
 * An urge counts when the ticket's own counter grew, whatever a push claims; the push only adds who and why.
 * Without a counter (// unverified: always present) the push is believed and its time makes the id.
 */
function urgeEvent(look: Look, changedBy: Actor): TicketEvent | undefined {
  const { hint, ticket, previous } = look;
  const counted = ticket.urgeCount ?? undefined;
  const at = hint.urge?.at ?? ticket.updatedAt ?? look.now;
  if (counted === undefined) {
    if (!hint.urge) return undefined;
  } else if (previous) {
    if (counted <= (previous.ticket.urgeCount ?? 0)) return undefined;
  } else if (counted === 0 || !isLive(look, at)) {
    return undefined;
  }
  const id = digest(look, 'urge', counted ?? [hint.urge?.at, hint.urge?.byAgentId]);
  const by = hint.urge?.byAgentId;
  const actor: Actor = by === undefined || by === changedBy.id ? changedBy : { type: 'agent', id: by };
  return event(look, 'ticket.urged', id, at, actor, {
    urge: { byAgentId: by ?? actor.id ?? null, remark: hint.urge?.remark ?? null },
  });
}

function event(
  look: Look,
  type: EventType,
  eventId: string,
  occurredAt: string,
  actor: Actor,
  more: object,
): TicketEvent {
  return ticketEventSchema.parse({
    eventId,
    type,
    occurredAt,
    receivedAt: look.now,
    causeId: causeOf(look, occurredAt, actor),
    actor,
    ticket: look.ticket,
    ...more,
  });
}
