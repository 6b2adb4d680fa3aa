import { ticketSchema, type Priority, type Ticket } from '../event';
import { ticketLink } from '../links';
import type { TicketHint, TicketStatus } from '../port';
import type { SobotTime } from './time';
import { SOURCES } from './sources';
import { count, given, plain, records, split, text, type Wire } from './wire';

export const LEVELS: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];

const NUMBER_FIELD = '5';
const CHOICE_FIELDS = new Set(['6', '7', '8', '9', '11']);
/** Given by Sobot to customer messages without a title: a prefix and a phone number or nickname. */
const UNTITLED = /^客户留言-/;

/** What turns a detail into a ticket besides the detail itself. */
export interface TicketContext {
  time: SobotTime;
  status: TicketStatus | undefined;
  /** The last push; only it knows the due times. */
  sla: TicketHint['sla'];
  previous: Ticket | undefined;
  ticketUrlTemplate: string | undefined;
}

/** The ticket behind an item of `get_ticket_by_id`. */
export function ticketOf(detail: Wire, context: TicketContext): Ticket {
  const { time, status, sla, previous } = context;
  const id = text(detail.ticketid);
  const code = text(detail.ticket_code);
  const content = plain(text(detail.ticket_content));
  const title = text(detail.ticket_title);
  const score = given(detail.score);
  // Tickets of a flow have several assignees; the first is the one whose turn it is.
  const [assigneeId] = split(detail.deal_agentid);
  const [assigneeName] = split(detail.deal_agent_name);
  return ticketSchema.parse({
    id,
    code,
    title: UNTITLED.test(title) && content !== '' ? content.slice(0, 60) : title,
    contentExcerpt: content,
    statusCode: text(detail.ticket_status),
    statusType: status?.type ?? null,
    statusName: status?.name ?? null,
    priority: LEVELS[Number(text(detail.ticket_level))] ?? null,
    categoryPath: given(detail.ticket_type_name),
    source: SOURCES[text(detail.ticket_from)] ?? given(detail.ticket_from),
    createdAt: time.toUtc(detail.create_datetime),
    updatedAt: time.toUtc(detail.update_datetime),
    firstResponseDueAt: sla?.firstResponseDueAt ?? previous?.firstResponseDueAt,
    dueAt: sla?.dueAt ?? previous?.dueAt,
    closedAt: time.toUtc(detail.closed_datetime),
    creator: {
      type: text(detail.start_type) === '1' ? 'customer' : 'agent',
      name: given(detail.start_name),
    },
    customer: {
      id: given(detail.userid),
      name: given(detail.user_name) ?? given(detail.user_nick),
      organization: given(detail.enterprise_name),
    },
    assigneeId: assigneeId ?? null,
    assigneeName: assigneeName ?? null,
    groupId: split(detail.deal_groupid)[0] ?? null,
    groupName: split(detail.deal_group_name)[0] ?? null,
    followerIds: split(detail.concern_serviceid),
    customFields: customFields(detail),
    urgeCount: count(detail.reminder_count),
    reopenCount: previous?.reopenCount ?? 0,
    rating: score === undefined ? null : { score: Number(score), remark: given(detail.remark) },
    url: ticketLink(context.ticketUrlTemplate, { id, code }),
  });
}

/** By the name people see; by id where two fields share a name. Choices show their text, not the option's id. */
function customFields(detail: Wire): Record<string, string | number | string[]> {
  const fields: Record<string, string | number | string[]> = Object.create(null) as Record<string, string>;
  for (const row of records(detail.extend_fields_list).slice(0, 200)) {
    const id = text(row.fieldid);
    const type = text(row.field_type);
    const name = given(row.field_name) ?? id;
    const shown = (CHOICE_FIELDS.has(type) ? given(row.field_text) : undefined) ?? text(row.field_value);
    if (shown === '') continue;
    const asNumber = Number(shown);
    fields[name in fields ? id : name] =
      type === NUMBER_FIELD && Number.isFinite(asNumber) ? asNumber : type === '7' ? split(shown) : shown;
  }
  return { ...fields };
}

/** A reply or note as a detail lists it. */
export interface SobotReply {
  id: string;
  text: string;
  public: boolean;
  /** 0 agent, 1 customer, 2 trigger, 3 robot, 5 system, 6 automation. */
  startType: string;
  by: string;
  at: string | undefined;
}

/** Replies in the order they were written; those without an id cannot be told apart and are left out. */
export function repliesOf(detail: Wire, time: SobotTime): SobotReply[] {
  return records(detail.deal_list)
    .map((row) => ({
      id: text(row.replyid),
      text: plain(text(row.reply_content)),
      public: text(row.reply_type) !== '1' && text(row.reply_type_new) !== '3',
      startType: text(row.start_type),
      by: text(row.update_user_name),
      at: time.toUtc(row.reply_datetime),
    }))
    .filter((reply) => reply.id !== '')
    .sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
}
