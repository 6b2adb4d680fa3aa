/** Which of a ticket's moments its workflow must hear of: those that it has not been told, over or ahead. */
import type { ReminderRule } from '../rules';
import type { Store } from '../store';
import type { Ticket, TicketEvent } from '../tickets';
import {
  dueTimeOf,
  eventIdOf,
  isOvertaken,
  metricOf,
  ticketDeadlines,
  type Deadline,
  type Metric,
  type OwnDeadline,
} from './deadlines';
import { isAnswer } from './reactions';

/**
 * What passed longer before we heard of it is an old story: a company that goes live with a thousand overdue tickets is not told
 * of each. Shorter: an outage, or a ticket system that is read slowly.
 */
const OLD_STORY_MS = 3_600_000;
/** Nor is anybody, even by news that came at once, of what was due days ago: an import, or a due time that nobody keeps. */
const STALE_NEWS_MS = 24 * 3_600_000;
/** Kept among what was told: the first response was given, and is due no more, whatever the status says. */
const ANSWERED = 'answered 0';
const FIELDS = { first_response: 'firstResponseDueAt', solution: 'dueAt' } as const;

/** How it came to our ears. */
export interface Heard {
  event: Pick<TicketEvent, 'eventId' | 'type' | 'changes' | 'occurredAt' | 'sla' | 'reply' | 'actor'>;
  at: Date;
}

/** What a workflow is to wait for, in place of what it was told before, and what is kept of that with the ticket. */
export interface Telling {
  /** Null = as before. */
  deadlines: Deadline[] | null;
  key: string;
}

/** Null: the workflow knows all of it. `toldKey`: what it was told before. */
export type TellOf = (ticket: Ticket, toldKey: string) => Promise<Telling | null>;

type Stored = Pick<Store, 'events'>;
type KnownTicket = { dockingId: string; ticket: Ticket; rules: readonly ReminderRule[]; toldKey: string };

/**
 * Null when there is nothing to tell, as of nearly every event. What was told counts as told when its moment is over: later events
 * of the ticket plan nothing anew.
 */
export async function deadlinesToTell(
  store: Stored,
  known: KnownTicket,
  heard: Heard,
): Promise<Telling | null> {
  const told = readKey(known.toldKey);
  const kept = worthTelling(known, heard, told);
  const isNew = (deadline: OwnDeadline): boolean => !told.has(partOf(deadline));
  const names = new Set(kept.map(partOf));
  const isCalledOff = [...told].some(([part, at]) => at > heard.at.getTime() && !names.has(part));
  const mustTell = isCalledOff || isFirstAnswer(known, heard, told);
  if (!mustTell && !kept.some(isNew)) return null;
  const open = await unmet(store, known, kept, heard.at);
  if (!mustTell && !open.some(isNew)) return null;
  const parts = [...kept.map(partOf), ...(isAnswered(heard, told) ? [ANSWERED] : [])];
  return { deadlines: open, key: parts.sort().join('; ') };
}

/**
 * Two events of a ticket may be taken in at the same moment. Whoever is second to note what it tells looks again: what both make of the
 * ticket's newest state is told, not what either saw.
 */
export async function noteTelling(
  { tickets }: Pick<Store, 'tickets'>,
  { dockingId, ticketId, toldKey }: { dockingId: string; ticketId: string; toldKey: string },
  telling: Telling | null,
  tellOf: TellOf,
): Promise<Telling | null> {
  for (let due = telling, before = toldKey; due;) {
    if (await tickets.noteTold(dockingId, ticketId, { deadlinesKey: due.key, before })) return due;
    const known = await tickets.get(dockingId, ticketId);
    // Removed with its docking.
    if (!known) return null;
    before = known.deadlinesKey ?? '';
    due = await tellOf(known.snapshot as Ticket, before);
  }
  return null;
}

/** While nobody is told anything an answer is remembered all the same; null when there is none, or it is known. */
export function answerKept(toldKey: string, event: Heard['event']): Telling | null {
  if (!isAnswer(event) || readKey(toldKey).has(ANSWERED)) return null;
  return { deadlines: null, key: [...(toldKey === '' ? [] : [toldKey]), ANSWERED].join('; ') };
}

const isAnswered = ({ event }: Heard, told: ReadonlyMap<string, number>): boolean =>
  told.has(ANSWERED) || isAnswer(event);

/** To be kept, also where nobody waits for the due time yet: the next event would tell of it. */
function isFirstAnswer(
  { ticket, rules }: KnownTicket,
  { event, at }: Heard,
  told: ReadonlyMap<string, number>,
): boolean {
  if (told.has(ANSWERED) || !isAnswer(event)) return false;
  return ticketDeadlines(ticket, rules).some(
    (deadline) => metricOf(deadline) === 'first_response' && dueTimeOf(deadline) > at.getTime(),
  );
}

/** All that its workflow should wait for or meet at once, whatever it was told: after a hand-over that may never have arrived. */
export async function deadlinesToTellAgain(
  store: Stored,
  known: KnownTicket,
  heard: Heard,
  now: Date,
): Promise<Deadline[]> {
  return unmet(store, known, worthTelling(known, heard, readKey(known.toldKey)), now);
}

/**
 * What lies ahead, what was told before, and of what is over what somebody still has to hear: the ticket is new, the event itself
 * moved the due time, or it passed a moment ago. A warning is told as long as the due time lies ahead.
 */
function worthTelling(
  { ticket, rules }: KnownTicket,
  heard: Heard,
  told: ReadonlyMap<string, number>,
): OwnDeadline[] {
  const { event, at } = heard;
  // Neither is what time makes of an event of before news about the due time, nor what happened long ago.
  const isFresh =
    !event.eventId.startsWith('timer:') && at.getTime() - Date.parse(event.occurredAt) < OLD_STORY_MS;
  const isNews = (field: string): boolean =>
    isFresh && (event.type === 'ticket.created' || event.changes.some((change) => change.field === field));
  return ticketDeadlines(ticket, rules).filter((deadline) => {
    if (metricOf(deadline) === 'first_response' && isAnswered(heard, told)) return false;
    const ago = at.getTime() - dueTimeOf(deadline);
    if (ago < 0 || told.has(partOf(deadline))) return true;
    if (deadline.kind === 'ticket.sla_warning' || tellsItself(event, metricOf(deadline))) return false;
    return ago < OLD_STORY_MS || (ago < STALE_NEWS_MS && isNews(FIELDS[metricOf(deadline)]));
  });
}

/** The ticket system tells of the breach: under which name is its own affair. */
const tellsItself = ({ type, sla }: Heard['event'], metric: Metric): boolean =>
  (type === 'ticket.sla_breached' || type === 'ticket.overdue') && (sla?.metric ?? 'solution') === metric;

/** Without those that are over and became events: met once more, their cards would be followed up from the beginning. */
async function unmet(
  { events }: Stored,
  { dockingId, ticket }: KnownTicket,
  deadlines: readonly OwnDeadline[],
  now: Date,
): Promise<OwnDeadline[]> {
  const open = deadlines.filter((deadline) => !isOvertaken(deadline, now));
  const over = open.filter(({ at }) => at <= now.getTime());
  if (over.length === 0) return open;
  const ids = over.map((deadline) => eventIdOf(deadline, ticket.id));
  const met = new Set((await events.getMany(dockingId, ids)).map(({ eventId }) => eventId));
  return open.filter((deadline) => !met.has(eventIdOf(deadline, ticket.id)));
}

/** The same for the same deadline; ends with its time. */
function partOf({ at, ...deadline }: OwnDeadline): string {
  return `${Object.values(deadline).join(' ')} ${at}`;
}

/** Unix ms by part. */
function readKey(key: string): Map<string, number> {
  const parts = key === '' ? [] : key.split('; ');
  return new Map(parts.map((part) => [part, Number(part.slice(part.lastIndexOf(' ') + 1))]));
}
