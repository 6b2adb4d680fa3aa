/** Moments of a ticket at which something becomes true by time alone: its SLA, its due date, rules that wait. */
import { createHash } from 'node:crypto';
import type { ReminderRule, Verdict } from '../rules';
import { ticketEventSchema, type Ticket, type TicketEvent } from '../tickets';

/** `at` in Unix ms. Ids and times only: it is kept by a ticket's workflow. */
export type Deadline =
  | { kind: 'ticket.sla_breached'; metric: Metric; at: number }
  /** `leadMinutes`: of the rules that want it so early; absent = the default. */
  | { kind: 'ticket.sla_warning'; metric: Metric; at: number; leadMinutes?: number }
  | { kind: 'ticket.overdue'; at: number }
  /** Judge this rule about this event again, with the ticket as it is then. */
  | { kind: 'recheck'; ruleId: string; eventId: string; at: number };

export type Metric = 'first_response' | 'solution';
/** One that the ticket itself has. */
export type OwnDeadline = Exclude<Deadline, { kind: 'recheck' }>;

/** How long before a due time the warning comes, unless a rule's timing says otherwise. */
const WARN_BEFORE_MINUTES = 15;
const MINUTE = 60_000;
/** More rules than this wait for one event only when something is wrong with them. */
const MOST_RECHECKS = 20;
const FINISHED = new Set<string | null | undefined>(['solved', 'closed', 'deleted']);

/** What the ticket itself has, over or ahead, as far as a rule that is on listens to it. Empty for a finished ticket. */
export function ticketDeadlines(ticket: Ticket, rules: readonly ReminderRule[]): OwnDeadline[] {
  if (FINISHED.has(ticket.statusType)) return [];
  const heard = new Set(rules.filter(({ enabled }) => enabled).flatMap(({ triggers }) => triggers));
  const due = dueTimes(ticket);
  const wanted: OwnDeadline[] = due.flatMap(({ metric, at }) => [
    ...leads(rules).map((lead) => warning(metric, at, lead)),
    { kind: 'ticket.sla_breached' as const, metric, at },
    ...(metric === 'solution' ? [{ kind: 'ticket.overdue' as const, at }] : []),
  ]);
  return wanted.filter(({ kind }) => heard.has(kind));
}

/** Rules that do not match yet and will, if nothing but time moves on. */
export function recheckDeadlines(eventId: string, { rules }: Verdict): Deadline[] {
  return rules
    .flatMap(({ ruleId, checkAgainAt }): Deadline[] =>
      checkAgainAt ? [{ kind: 'recheck', ruleId, eventId, at: Date.parse(checkAgainAt) }] : [],
    )
    .slice(0, MOST_RECHECKS);
}

/** The event that a deadline is, now that it has come; null when the ticket has moved on. Same deadline, same event id. */
export function eventOfDeadline(deadline: OwnDeadline, ticket: Ticket): TicketEvent | null {
  if (FINISHED.has(ticket.statusType)) return null;
  const metric = metricOf(deadline);
  const due = dueTimes(ticket).find((one) => one.metric === metric);
  if (!due || due.at !== dueTimeOf(deadline)) return null;
  const dueAt = new Date(due.at).toISOString();
  const state = deadline.kind === 'ticket.sla_warning' ? 'warning' : 'breached';
  return ticketEventSchema.parse({
    eventId: eventIdOf(deadline, ticket.id),
    type: deadline.kind,
    occurredAt: new Date(deadline.at).toISOString(),
    causeId: `${causeIdOf(ticket.id, metric, dueAt, state)}${early(deadline)}`,
    actor: { type: 'system' },
    ticket,
    sla: { metric, dueAt, state },
  });
}

/** Overdue and breached are one happening: whoever listens to both gets one card. */
const causeIdOf = (ticketId: string, metric: Metric, dueAt: string, state: 'warning' | 'breached'): string =>
  `timer:${metric}:${digest(`${ticketId} ${dueAt}`)}:${state}`;

export function eventIdOf(deadline: OwnDeadline, ticketId: string): string {
  const dueAt = new Date(dueTimeOf(deadline)).toISOString();
  return `timer:${deadline.kind}:${metricOf(deadline)}:${digest(`${ticketId} ${dueAt}${early(deadline)}`)}`;
}

/** Which of the ticket's due times it is about. */
export const metricOf = (deadline: OwnDeadline): Metric =>
  deadline.kind === 'ticket.overdue' ? 'solution' : deadline.metric;

/** The due time itself, Unix ms. */
export const dueTimeOf = (deadline: OwnDeadline): number => deadline.at + leadOf(deadline) * MINUTE;

/** A warning of what has happened already says nothing: the breach is told instead. */
export const isOvertaken = (deadline: OwnDeadline, now: Date): boolean =>
  deadline.kind === 'ticket.sla_warning' && dueTimeOf(deadline) <= now.getTime();

const warns = ({ triggers, enabled }: ReminderRule): boolean =>
  enabled && triggers.includes('ticket.sla_warning');
const leadOfRule = ({ timing }: ReminderRule): number => timing?.warnBeforeMinutes ?? WARN_BEFORE_MINUTES;

/** Different leads of the rules that listen to warnings, the longest first. */
function leads(rules: readonly ReminderRule[]): number[] {
  return [...new Set(rules.filter(warns).map(leadOfRule))].sort((a, b) => b - a);
}

/** Rules that want their warning at this deadline; null = all that listen, as for every other deadline. */
export function rulesOfDeadline(deadline: OwnDeadline, rules: readonly ReminderRule[]): string[] | null {
  if (deadline.kind !== 'ticket.sla_warning') return null;
  const lead = leadOf(deadline);
  return rules.filter((rule) => warns(rule) && leadOfRule(rule) === lead).map(({ id }) => id);
}

function warning(metric: Metric, dueAt: number, lead: number): OwnDeadline {
  const at = dueAt - lead * MINUTE;
  return {
    kind: 'ticket.sla_warning',
    metric,
    at,
    ...(lead === WARN_BEFORE_MINUTES ? {} : { leadMinutes: lead }),
  };
}

/** Minutes before the due time. */
function leadOf(deadline: OwnDeadline): number {
  return deadline.kind === 'ticket.sla_warning' ? (deadline.leadMinutes ?? WARN_BEFORE_MINUTES) : 0;
}

/** Each lead is an event of its own. */
const early = (deadline: OwnDeadline): string =>
  deadline.kind === 'ticket.sla_warning' && deadline.leadMinutes !== undefined
    ? ` ${deadline.leadMinutes}`
    : '';

/**
 * A card said that a due time is near or over, and the ticket does not have that due time any more: it was moved, or the first
 * response was given. Of a ticket system that tells no due times nothing can be said.
 */
export function isDueMoved({ ticket: before, sla }: TicketEvent, ticket: Ticket): boolean {
  const dueOf = (of: Ticket): number | undefined =>
    dueTimes(of).find(({ metric }) => metric === sla?.metric)?.at;
  const due = dueOf(before);
  return due !== undefined && due !== dueOf(ticket);
}

/**
 * The same event with the ticket as it is now, for one rule. Several events that make a rule wait for one moment are one: whichever is
 * met first is judged, and the others are repetitions of it.
 */
export function eventOfRecheck(
  { ruleId, at }: Extract<Deadline, { kind: 'recheck' }>,
  original: TicketEvent,
  ticket: Ticket,
): TicketEvent | null {
  if (FINISHED.has(ticket.statusType)) return null;
  const eventId = `timer:recheck:${digest(`${ticket.id} ${ruleId} ${at}`)}`;
  return ticketEventSchema.parse({ ...original, eventId, ticket });
}

/** The first response is given once the ticket is not new any more; `deadlines-told.ts` knows of answers, too. */
function dueTimes({ statusType, firstResponseDueAt, dueAt }: Ticket): { metric: Metric; at: number }[] {
  const open = statusType === 'new' || statusType === null || statusType === undefined;
  return [
    ...(open && firstResponseDueAt
      ? [{ metric: 'first_response' as const, at: Date.parse(firstResponseDueAt) }]
      : []),
    ...(dueAt ? [{ metric: 'solution' as const, at: Date.parse(dueAt) }] : []),
  ];
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
