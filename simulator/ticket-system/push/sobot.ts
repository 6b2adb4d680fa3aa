import { sobotTime } from '../times';
import { ticketFields } from '../sobot/ticket-json';
import type { Happening, PushFormat, TicketSystem } from '../types';

/** The content of one Sobot push: the whole ticket after the change, or the short form of an urge. */
export function sobotPush(
  system: TicketSystem,
  happening: Happening,
  numbers: 'ints' | 'strings',
): Record<string, unknown> {
  const { ticket, actor, reply, urge } = happening;
  const zone = system.timezone;
  const time = sobotTime(happening.at, zone);
  const urgeFields = urge && {
    is_reminder: '1',
    reminder_agentid: urge.byAgentId,
    reminder_agent_name: system.agents.get(urge.byAgentId)?.name ?? '',
    reminder_remark: urge.remark,
    reminder_time: time,
  };
  if (urgeFields) {
    return {
      companyid: system.companyId,
      ticketid: ticket.ticketId,
      ticket_code: ticket.code,
      ...urgeFields,
      update_time: time,
    };
  }
  const fields = ticketFields(system, ticket);
  return {
    ...fields,
    ...(numbers === 'ints' && {
      ticket_status: Number(fields.ticket_status),
      ticket_level: Number(fields.ticket_level),
    }),
    hope_accept_time: sobotTime(ticket.firstResponseDueAt, zone),
    hope_complete_time: sobotTime(ticket.dueAt, zone),
    update_name: actor.name,
    update_time: time,
    reply_content: reply ? `<p>${reply.text}</p>` : '',
    reply_type: reply ? (reply.public ? '0' : '1') : '',
    is_receipt: ticket.firstAcceptAt === null ? '0' : '1',
    is_reminder: '0',
    concern_serviceid: ticket.followerIds.join(','),
  };
}

/** The same content in the documented wrapper, as a flat object, or as a bare list. */
export function wrapped(content: Record<string, unknown>, format: PushFormat): unknown {
  if (format === 'flat') return content;
  if (format === 'bare') return [content];
  return { sys_code: '4', type: 'ticket', content: [content] };
}
