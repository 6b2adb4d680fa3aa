/** From an event to the flat facts that conditions look at. */
import { readCalendar, type CalendarReader, type WorkingCalendar } from './calendar';
import type { RuleEvent, RuleTicket } from './event';
import type { FactChange, FactValue } from './facts';

/** What time-dependent operators need besides the facts. */
export interface JudgingContext {
  /** Moment of judging, ms since 1970. */
  readonly now: number;
  readonly calendar: CalendarReader | null;
}

export const JUDGING = Symbol('judging context');

/** Dotted name → value; no prototype, absent means "the event does not have it". */
export interface Facts {
  readonly [name: string]: FactValue | undefined;
  readonly [JUDGING]: JudgingContext;
}

export interface FactsContext {
  /** When the rules are judged: `olderThan`, `withinNext` and calendar.* are relative to it. */
  now: Date;
  /** Without it calendar.* is absent and `inCalendar` is false. */
  calendar?: WorkingCalendar;
}

/**
 * All facts of one event. null, absent and empty text are all "absent"; lists are always there, empty when the event
 * has none.
 */
export function factsFor(event: RuleEvent, context: FactsContext): Facts {
  const now = context.now.getTime();
  const calendar = context.calendar ? readCalendar(context.calendar) : null;
  const facts = Object.create(null) as Record<string, FactValue>;
  Object.defineProperty(facts, JUDGING, { value: { now, calendar } satisfies JudgingContext });
  const put = (name: string, value: FactValue | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') facts[name] = value;
  };

  putTicket(put, event.ticket);
  put('event.id', event.eventId);
  put('event.type', event.type);
  put('event.occurredAt', event.occurredAt);
  put('event.receivedAt', event.receivedAt);
  put('event.causeId', event.causeId);
  putChanges(put, event.changes ?? []);
  put('actor.type', event.actor?.type);
  put('actor.id', event.actor?.id);
  put('actor.name', event.actor?.name);
  put('reply.id', event.reply?.id);
  put('reply.public', event.reply?.public);
  put('reply.excerpt', event.reply?.excerpt);
  const attachments = event.reply?.attachments ?? [];
  put('reply.attachmentCount', event.reply ? attachments.length : null);
  put(
    'reply.attachmentNames',
    attachments.flatMap((attachment) => attachment.name ?? []),
  );
  put('reply.mentionedAgentIds', event.reply?.mentionedAgentIds ?? []);
  put('sla.metric', event.sla?.metric);
  put('sla.dueAt', event.sla?.dueAt);
  put('sla.state', event.sla?.state);
  put('urge.byAgentId', event.urge?.byAgentId);
  put('urge.remark', event.urge?.remark);
  if (calendar) lendCalendar(facts, calendar, now);
  return facts as unknown as Facts;
}

/** The same facts at another moment (ms): what the calendar says is of then. */
export function factsAt(facts: Facts, now: number): Facts {
  const { calendar } = facts[JUDGING];
  const then = Object.create(facts) as object;
  Object.defineProperty(then, JUDGING, { value: { now, calendar } satisfies JudgingContext });
  if (calendar) lendCalendar(then, calendar, now);
  return then as Facts;
}

type Put = (name: string, value: FactValue | null | undefined) => void;

const TICKET_SCALARS = [
  'id',
  'code',
  'version',
  'title',
  'contentExcerpt',
  'statusCode',
  'statusType',
  'statusName',
  'priority',
  'categoryPath',
  'source',
  'createdAt',
  'updatedAt',
  'firstResponseDueAt',
  'dueAt',
  'closedAt',
  'assigneeId',
  'assigneeName',
  'previousAssigneeId',
  'groupId',
  'groupName',
  'reopenCount',
  'urgeCount',
  'url',
] as const satisfies readonly (keyof RuleTicket)[];

function putTicket(put: Put, ticket: RuleTicket): void {
  for (const field of TICKET_SCALARS) put(`ticket.${field}`, ticket[field]);
  put('ticket.creator.id', ticket.creator?.id);
  put('ticket.creator.type', ticket.creator?.type);
  put('ticket.creator.name', ticket.creator?.name);
  put('ticket.customer.id', ticket.customer?.id);
  put('ticket.customer.name', ticket.customer?.name);
  put('ticket.customer.vip', ticket.customer?.vip);
  put('ticket.customer.organization', ticket.customer?.organization);
  put('ticket.followerIds', ticket.followerIds ?? []);
  put('ticket.ccAgentIds', ticket.ccAgentIds ?? []);
  put('ticket.tags', ticket.tags ?? []);
  put('ticket.rating', ticket.rating?.score);
  put('ticket.rating.score', ticket.rating?.score);
  put('ticket.rating.remark', ticket.rating?.remark);
  for (const [id, value] of Object.entries(ticket.customFields ?? {}))
    put(`ticket.customFields.${id}`, value);
}

/** One field changed twice in one event counts as one change, from the first to the last value. */
function putChanges(put: Put, changes: NonNullable<RuleEvent['changes']>): void {
  const byField = new Map<string, FactChange>();
  for (const { field, from = null, to = null } of changes) {
    const earlier = byField.get(field);
    byField.set(field, { from: earlier ? earlier.from : from, to });
  }
  for (const [field, change] of byField) {
    put(`changes.${field}`, change);
    put(`changes.${field}.from`, change.from);
    put(`changes.${field}.to`, change.to);
  }
  put('event.changedFields', [...byField.keys()]);
}

/** Worked out when a rule first asks: local time costs more than all other facts together. */
function lendCalendar(facts: object, calendar: CalendarReader, now: number): void {
  const lent: Record<string, () => FactValue> = {
    'calendar.workingHours': () => calendar.within('workingHours', now),
    'calendar.workingDay': () => calendar.within('workingDay', now),
    'calendar.holiday': () => calendar.within('holiday', now),
    'calendar.weekday': () => calendar.local(now).weekday,
    'calendar.hour': () => calendar.local(now).hour,
    'calendar.date': () => calendar.local(now).toISODate() ?? '',
  };
  for (const [name, get] of Object.entries(lent))
    Object.defineProperty(facts, name, { get, enumerable: true });
}
