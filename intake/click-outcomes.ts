/** For how long what became of a click is true of its ticket: so long its card says so, and it is not done again. */
import { compareOrders, type ClickRecord, type Delivery, type TicketRecord } from '../store';
import type { Ticket } from '../tickets';
import { isFinished } from './ticket-state';

/** Of a snooze that names none. */
export const SNOOZE_MINUTES = 60;
/** Clocks of processes differ a little: the reminder itself must not find its moment ahead. */
const CLOCK_SLACK_MS = 5_000;

/**
 * Since when the outcome is not true any more, null while it is: claimed, and not theirs any more; closed, and open again; refused
 * because it was closed, and open again; snoozed, and the moment has passed or never comes. An acknowledgement and a note stay
 * true. `known` is the ticket as it was last told.
 */
export function outlivedSince(
  click: ClickRecord,
  card: Pick<Delivery, 'role'>,
  known: TicketRecord | null,
  now: Date,
): Date | null {
  if (click.state === 'asked') return null;
  if (click.state === 'done' && click.action === 'snooze') return snoozeOver(click, card, known, now);
  if (!known || !isToldAfter(known, click)) return null;
  return isContradicted(click, known.snapshot as Ticket) ? known.updatedAt : null;
}

/** Until when nobody is reminded, as the card says. */
export const snoozedUntil = ({ askedAt, minutes }: Pick<ClickRecord, 'askedAt' | 'minutes'>): Date =>
  new Date(askedAt.getTime() + (minutes ?? SNOOZE_MINUTES) * 60_000);

function snoozeOver(
  click: ClickRecord,
  { role }: Pick<Delivery, 'role'>,
  known: TicketRecord | null,
  now: Date,
): Date | null {
  const reminded = new Date(snoozedUntil(click).getTime() - CLOCK_SLACK_MS);
  if (reminded <= now) return reminded;
  if (!known) return null;
  // Closed in between it is not said again either: nobody waits for that any more.
  const { finishedAt, updatedAt, snapshot } = known;
  if (finishedAt && finishedAt > (click.toldAt ?? click.askedAt)) return finishedAt;
  const passedOn = role === 'assignee' && (snapshot as Ticket).assigneeId !== click.agentId;
  return passedOn ? updatedAt : null;
}

/** What was known of the ticket before the click took effect says nothing about it; events come in any order, and late. */
function isToldAfter({ order, updatedAt }: TicketRecord, click: ClickRecord): boolean {
  const newer = compareOrders(order, click.order ?? null);
  if (newer !== 0) return newer > 0;
  return updatedAt > (click.toldAt ?? click.askedAt);
}

function isContradicted(click: ClickRecord, ticket: Ticket): boolean {
  const { state, action, reason } = click;
  if (action !== 'claim' && action !== 'close') return isMended(reason, ticket);
  // Nobody has to wonder any more: the ticket shows whether it took effect.
  if (state === 'unknown') return true;
  if (state === 'done') return !isTrueOf(click, ticket);
  if (reason === 'stale' && action === 'claim' && !ticket.assigneeId) return true;
  return isMended(reason, ticket) || (!NEEDS_OPEN.has(reason) && isTrueOf(click, ticket));
}

const NEEDS_OPEN = new Set<string | null>(['ticket-closed', 'ticket-solved', 'unsupported']);

/** It was refused because of the ticket's state, which is another one now. */
const isMended = (reason: string | null, ticket: Ticket): boolean =>
  NEEDS_OPEN.has(reason) && !isFinished(ticket);

const isTrueOf = ({ action, agentId }: ClickRecord, ticket: Ticket): boolean =>
  action === 'claim' ? ticket.assigneeId === agentId : isFinished(ticket);
