import { sobotTime } from '../times';
import type { Actor, Priority, SimulatedTicket, TicketSystem } from '../types';

export const LEVELS: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];

/** `start_type` of replies and log rows. */
const START_TYPES: Record<Actor['type'], string> = {
  agent: '0',
  customer: '1',
  automation: '6',
  system: '5',
};

function categoryName(system: TicketSystem, ticket: SimulatedTicket): string {
  return system.categories.find((category) => category.categoryId === ticket.categoryId)?.path ?? '';
}

/** What the detail and the push have in common. Levels and statuses are text here, as queries answer them. */
export function ticketFields(system: TicketSystem, ticket: SimulatedTicket): Record<string, unknown> {
  const zone = system.timezone;
  return {
    companyid: system.companyId,
    ticketid: ticket.ticketId,
    ticket_code: ticket.code,
    ticket_title: ticket.title,
    ticket_content: ticket.content,
    ticket_typeid: ticket.categoryId,
    ticket_type_name: categoryName(system, ticket),
    ticket_status: ticket.statusCode,
    ticket_level: String(LEVELS.indexOf(ticket.priority)),
    ticket_from: ticket.source,
    deal_groupid: ticket.groupId,
    deal_group_name: system.groups.get(ticket.groupId)?.name ?? '',
    deal_agentid: ticket.agentId,
    deal_agent_name: system.agents.get(ticket.agentId)?.name ?? '',
    userid: ticket.customer.customerId,
    user_nick: ticket.customer.name,
    user_name: ticket.customer.name,
    start_type: ticket.creator.type === 'customer' ? '1' : '0',
    extend_fields_list: extendFields(system, ticket),
    closed_time: sobotTime(ticket.closedAt, zone),
  };
}

function extendFields(system: TicketSystem, ticket: SimulatedTicket): Record<string, unknown>[] {
  return Object.entries(ticket.fields).map(([fieldId, value]) => {
    const field = system.fields.find((one) => one.fieldId === fieldId);
    return {
      fieldid: fieldId,
      field_name: field?.name ?? '',
      field_type: String(field?.type ?? 1),
      field_value: value,
      field_text: field?.options.find((option) => option.value === value)?.name ?? value,
    };
  });
}

/** A row of the two ticket lists: no ids of assignee, group, category or customer. */
export function listItem(system: TicketSystem, ticket: SimulatedTicket): Record<string, unknown> {
  const zone = system.timezone;
  return {
    ticketid: ticket.ticketId,
    ticket_title: ticket.title,
    ticket_content: ticket.content,
    ticket_code: ticket.code,
    ticket_from: ticket.source,
    ticket_level: String(LEVELS.indexOf(ticket.priority)),
    ticket_status: ticket.statusCode,
    start_type: ticket.creator.type === 'customer' ? '1' : '0',
    start_name: ticket.creator.name,
    ticket_type_name: categoryName(system, ticket),
    deal_agent_name: system.agents.get(ticket.agentId)?.name ?? '',
    deal_group_name: system.groups.get(ticket.groupId)?.name ?? '',
    create_datetime: sobotTime(ticket.createdAt, zone),
    update_datetime: sobotTime(ticket.updatedAt, zone),
    user_nick: ticket.customer.name,
    user_name: ticket.customer.name,
    user_tels: ticket.customer.tels.join(','),
    user_emails: ticket.customer.emails.join(','),
    evaluation_datetime: sobotTime(ticket.rating?.at ?? null, zone),
    score: ticket.rating ? String(ticket.rating.score) : '',
    remark: ticket.rating?.remark ?? '',
  };
}

/** The full item of `get_ticket_by_id`: no due times of the service agreement, which only a push carries. */
export function ticketDetail(system: TicketSystem, ticket: SimulatedTicket): Record<string, unknown> {
  const zone = system.timezone;
  return {
    ...listItem(system, ticket),
    ...ticketFields(system, ticket),
    update_agent_name: ticket.log[0]?.by.name ?? '',
    file_list: [],
    deal_list: ticket.replies.map((reply) => ({
      replyid: reply.replyId,
      reply_title: '',
      reply_content: `<p>${reply.text}</p>`,
      reply_type: reply.public ? '0' : '1',
      reply_type_new: reply.public ? 1 : 3,
      reply_datetime: sobotTime(reply.at, zone),
      start_type: START_TYPES[reply.by.type],
      update_user_name: reply.by.name,
      face_img: '',
      file_list: [],
    })),
    update_log_list: ticket.log.map((row) => ({
      update_title: row.title,
      update_contents: JSON.stringify(row.contents),
      log_from: row.by.type === 'automation' ? '3' : row.by.type === 'system' ? '6' : '1',
      update_datetime: sobotTime(row.at, zone),
      start_type: START_TYPES[row.by.type],
      update_agent_name: row.by.name,
      ...((row.by.type === 'agent' || row.by.type === 'customer') && { update_agent_id: row.by.id }),
    })),
    params_extends_list: [],
    closed_datetime: sobotTime(ticket.closedAt, zone),
    first_accept_datetime: sobotTime(ticket.firstAcceptAt, zone),
    first_complete_datetime: null,
    concern_serviceid: ticket.followerIds.join(','),
    concern_service_name: ticket.followerIds.map((id) => system.agents.get(id)?.name ?? '').join(','),
    is_reminded: ticket.urges.length > 0 ? '1' : '0',
    reminder_count: String(ticket.urges.length),
    first_reminder_time: sobotTime(ticket.urges[0]?.at ?? null, zone),
  };
}
