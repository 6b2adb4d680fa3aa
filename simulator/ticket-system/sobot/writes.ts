import type { FastifyInstance } from 'fastify';
import { afterReply } from '../act';
import { commit, statusTypeOf } from '../commit';
import { readSobotTime } from '../times';
import type { Actor, SimulatedTicket, TicketSystem } from '../types';
import type { TicketWorld } from '../world';
import { agentIn } from './agents';
import { SobotError } from './errors';
import { sobotRoute, text, type SobotCall } from './route';
import { LEVELS } from './ticket-json';
import { findTicket } from './tickets';

/** The two writes an agent has: everything is a reply, and the urge. A customer's reply is the third. */
export function writeRoutes(server: FastifyInstance, world: TicketWorld): void {
  sobotRoute(server, world, 'POST', '/api/ws/5/ticket/save_ticket_reply', saveReply);
  sobotRoute(server, world, 'POST', '/api/ws/5/ticket/reminder', remind);
  sobotRoute(server, world, 'POST', '/api/ws/5/ticket/save_user_reply', saveUserReply);
}

function saveReply({ world, system, body }: SobotCall): Record<string, never> {
  const given = (name: string): string => {
    const value = text(body, name);
    if (value === '') throw new SobotError('400004', name);
    return value;
  };
  const ticketId = given('ticketid');
  const title = given('ticket_title');
  const content = given('ticket_content');
  const readAt = readSobotTime(given('get_ticket_datetime'), system.timezone);
  if (readAt === undefined) throw new SobotError('400005');
  const replyType = given('reply_type');
  const actorId = text(body, 'reply_agentid');
  if (actorId === '') throw new SobotError('400006');
  given('reply_agent_name');
  const status = given('ticket_status');
  const level = LEVELS[Number(given('ticket_level'))];
  const replyText = text(body, 'reply_content');

  const ticket = findTicket(system, ticketId, '');
  const agent = agentIn(system, actorId);
  if (level === undefined) throw new SobotError('400011');
  if (!system.statuses.some((one) => one.code === status)) throw new SobotError('400311');
  const type = statusTypeOf(system, ticket);
  if ((type === 'closed' || type === 'deleted') && !world.switches.closedTicketsTakeWrites) {
    throw new SobotError('400258');
  }
  refuseStale(world, ticket, readAt);
  const deal = assignment(world, system, ticket, body);
  const actor: Actor = { type: 'agent', id: agent.agentId, name: agent.name };
  commit(world, system, ticket, actor, (edit) => {
    edit.set('title', title);
    edit.set('content', content);
    edit.set('priority', level);
    if (!ticket.flow) {
      edit.set('statusCode', status);
      edit.set('groupId', deal.groupId);
      edit.set('agentId', deal.agentId);
    }
    for (const [fieldId, value] of extendFields(body)) edit.setField(fieldId, value);
    if (replyText !== '') edit.say(replyText.replace(/<[^>]*>/g, ''), replyType === '0', actor);
  });
  return {};
}

/** An optimistic lock with one-second grain: the reading must be younger than the last change. */
function refuseStale(world: TicketWorld, ticket: SimulatedTicket, readAt: number): void {
  const updatedAt = Math.floor(ticket.updatedAt / 1000) * 1000;
  const fresh = world.switches.equalStampIsFresh ? readAt >= updatedAt : readAt > updatedAt;
  if (!fresh) throw new SobotError('400016');
}

function assignment(
  world: TicketWorld,
  system: TicketSystem,
  ticket: SimulatedTicket,
  body: SobotCall['body'],
): { agentId: string; groupId: string } {
  // A flow decides; what is written here is not even looked at.
  if (ticket.flow) return ticket;
  const omitted = world.switches.omittedAssigneeClears ? '' : undefined;
  const agentId = 'deal_agentid' in body ? text(body, 'deal_agentid') : (omitted ?? ticket.agentId);
  const groupId = 'deal_groupid' in body ? text(body, 'deal_groupid') : (omitted ?? ticket.groupId);
  if (groupId !== '' && system.groups.get(groupId)?.kind !== 'ticket') throw new SobotError('400012');
  if (agentId !== '') {
    const agent = agentIn(system, agentId);
    // Only a changed pair is looked at: a ticket may have been given away before the group was left.
    const same = agentId === ticket.agentId && groupId === ticket.groupId;
    if (!same && groupId !== '' && !agent.groupIds.includes(groupId)) throw new SobotError('400013');
  }
  return { agentId, groupId };
}

function extendFields(body: SobotCall['body']): [string, string][] {
  const fields = body['extend_fields'];
  if (fields === undefined || fields === null) return [];
  if (!Array.isArray(fields)) throw new SobotError('999999');
  return fields.map((field: Record<string, unknown>) => [text(field, 'fieldid'), text(field, 'field_value')]);
}

function remind({ world, system, body }: SobotCall): Record<string, never> {
  const ticket = findTicket(system, text(body, 'ticketid'), text(body, 'ticket_code'));
  const agentId = text(body, 'reminder_agentid');
  const remark = text(body, 'reminder_remark');
  if (agentId === '') throw new SobotError('400006');
  if (remark === '') throw new SobotError('400004', 'reminder_remark');
  const agent = agentIn(system, agentId);
  commit(world, system, ticket, { type: 'agent', id: agentId, name: agent.name }, (edit) => {
    edit.urge = { byAgentId: agentId, remark, at: edit.at };
    ticket.urges = [...ticket.urges, edit.urge];
  });
  return {};
}

function saveUserReply({ world, system, body }: SobotCall): Record<string, never> {
  const ticket = findTicket(system, text(body, 'ticketid'), '');
  const content = text(body, 'reply_content');
  if (content === '') throw new SobotError('400004', 'reply_content');
  const type = statusTypeOf(system, ticket);
  if (type === 'closed' || type === 'deleted') throw new SobotError('400258');
  const { customerId, name } = ticket.customer;
  const customer: Actor = { type: 'customer', id: customerId, name };
  commit(world, system, ticket, customer, (edit) => {
    edit.say(content, true, customer);
    afterReply(system, customer, edit);
  });
  return {};
}
