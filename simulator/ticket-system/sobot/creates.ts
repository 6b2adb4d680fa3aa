import type { FastifyInstance } from 'fastify';
import { commit, statusTypeOf } from '../commit';
import { newTicket } from '../generate';
import type { Actor, Customer, SimulatedTicket } from '../types';
import type { TicketWorld } from '../world';
import { agentIn, required } from './agents';
import { SobotError } from './errors';
import { sobotRoute, text, type SobotAnswer, type SobotCall } from './route';
import { LEVELS } from './ticket-json';
import { findTicket } from './tickets';

const MAX_TITLE = 100;
const MAX_CONTENT = 5000;
/** `ticket_from` numbers of the documentation. */
const SOURCES = new Set([
  ...Array.from({ length: 35 }, (_, i) => String(i)),
  ...['1002', '1004', '1005', '2001', '2002'],
]);

/** New tickets, and the calls that change one outside a reply: delete a reply, another customer, a rating, a file. */
export function createRoutes(server: FastifyInstance, world: TicketWorld): void {
  const post = (path: string, handler: (call: SobotCall) => SobotAnswer): void =>
    sobotRoute(server, world, 'POST', `/api/ws/5/ticket/${path}`, handler);
  post('save_agent_ticket', saveAgentTicket);
  post('save_user_ticket', saveUserTicket);
  post('del_reply_infos', deleteReply);
  post('update_ticket_user', changeCustomer);
  post('add_ticket_evaluation', rate);
  post('upload_file', ({ system }) => {
    const name = world.ids.next(`${system.id}-file`).slice(-32);
    return { item: { file_url: `https://files.example.com/${name}` } };
  });
}

interface Wish {
  title: string;
  content: string;
  categoryId: string;
  source: string;
}

function wishOf({ system, body }: SobotCall): Wish {
  if (required(body, 'companyid') !== system.companyId) throw new SobotError('400004', 'companyid');
  const wish = {
    title: required(body, 'ticket_title'),
    content: required(body, 'ticket_content'),
    source: required(body, 'ticket_from'),
    categoryId: required(body, 'ticket_typeid'),
  };
  if (wish.title.length > MAX_TITLE) throw new SobotError('400004', 'ticket_title');
  if (wish.content.length > MAX_CONTENT) throw new SobotError('400004', 'ticket_content');
  if (!SOURCES.has(wish.source)) throw new SobotError('400010');
  if (!system.categories.some((one) => one.categoryId === wish.categoryId)) throw new SobotError('400008');
  return wish;
}

function make(
  { world, system }: SobotCall,
  wish: Wish,
  creator: Actor,
  customer?: Customer,
): SimulatedTicket {
  const made = newTicket(world, system, {
    createdAt: world.clock.now(),
    title: wish.title,
    priority: 'normal',
    customerIndex: system.tickets.size,
    categoryIndex: 0,
    statusType: 'new',
    agentIndex: -1,
    flow: false,
  });
  const by = creator.type === 'customer' && customer ? { ...creator, id: customer.customerId } : creator;
  Object.assign(made, { content: wish.content, categoryId: wish.categoryId, source: wish.source });
  made.creator = by;
  if (customer) made.customer = customer;
  made.groupId = '';
  made.log = [{ title: '工单创建', contents: {}, by, at: made.createdAt }];
  return made;
}

function saveAgentTicket(call: SobotCall): SobotAnswer {
  const { world, system, body } = call;
  const wish = wishOf(call);
  const agent = agentIn(system, text(body, 'create_agentid'));
  required(body, 'create_agent_name');
  const status = required(body, 'ticket_status');
  const level = LEVELS[Number(required(body, 'ticket_level'))];
  if (level === undefined) throw new SobotError('400011');
  if (!system.statuses.some((one) => one.code === status)) throw new SobotError('400009');
  const groupId = text(body, 'deal_groupid');
  if (groupId !== '' && system.groups.get(groupId)?.kind !== 'ticket') throw new SobotError('400012');
  const dealer = text(body, 'deal_agentid') === '' ? undefined : agentIn(system, text(body, 'deal_agentid'));
  if (dealer && groupId !== '' && !dealer.groupIds.includes(groupId)) throw new SobotError('400013');
  const actor: Actor = { type: 'agent', id: agent.agentId, name: agent.name };
  const ticket = make(call, wish, actor);
  ticket.priority = level;
  system.tickets.set(ticket.ticketId, ticket);
  commit(world, system, ticket, actor, (edit) => {
    edit.created = true;
    edit.set('statusCode', status);
    edit.set('groupId', groupId);
    edit.set('agentId', dealer?.agentId ?? '');
  });
  return { item: { ticketid: ticket.ticketId } };
}

/** The customer is found by userid, then e-mail, then phone, else made. */
function saveUserTicket(call: SobotCall): SobotAnswer {
  const { world, system, body } = call;
  const wish = wishOf(call);
  const [userId, email, tel] = [text(body, 'userid'), text(body, 'user_emails'), text(body, 'user_tels')];
  const known = [...system.tickets.values()].map((ticket) => ticket.customer);
  const customer = known.find((one) => userId !== '' && one.customerId === userId) ??
    known.find((one) => email !== '' && one.emails.includes(email)) ??
    known.find((one) => tel !== '' && one.tels.includes(tel)) ?? {
      customerId: userId || world.ids.next(`${system.id}-customer`).slice(-32),
      name: text(body, 'user_nick') || text(body, 'user_name') || tel || email || 'Customer',
      tels: tel === '' ? [] : [tel],
      emails: email === '' ? [] : [email],
      vip: false,
      organization: '',
    };
  const actor: Actor = { type: 'customer', id: customer.customerId, name: customer.name };
  const ticket = make(call, wish, actor, customer);
  system.tickets.set(ticket.ticketId, ticket);
  commit(world, system, ticket, actor, (edit) => {
    edit.created = true;
  });
  return { item: { ticketid: ticket.ticketId } };
}

function deleteReply({ system, body }: SobotCall): SobotAnswer {
  const ticket = findTicket(system, text(body, 'ticketid'), '');
  const replyId = required(body, 'replyid');
  if (!ticket.replies.some((reply) => reply.replyId === replyId)) throw new SobotError('400021');
  ticket.replies = ticket.replies.filter((reply) => reply.replyId !== replyId);
  return {};
}

/** Shown with query parameters in the documentation; both places are read. */
function given({ query, body }: SobotCall, name: string): string {
  return query[name] ?? text(body, name);
}

function changeCustomer(call: SobotCall): SobotAnswer {
  const { system } = call;
  const ticket = findTicket(system, given(call, 'ticket_id'), given(call, 'ticket_code'));
  const userId = given(call, 'user_id');
  if (userId === '') throw new SobotError('400004', 'user_id');
  const known = [...system.tickets.values()].map((one) => one.customer);
  const customer = known.find((one) => one.customerId === userId);
  if (!customer) throw new SobotError('400014');
  ticket.customer = customer;
  return {};
}

function rate(call: SobotCall): SobotAnswer {
  const { world, system } = call;
  const ticket = findTicket(system, given(call, 'ticketId'), '');
  if (given(call, 'companyId') !== system.companyId) throw new SobotError('400004', 'companyId');
  const score = Number(given(call, 'score'));
  if (!(Number.isInteger(score) && score >= 1 && score <= 5)) throw new SobotError('400004', 'score');
  if (statusTypeOf(system, ticket) === 'deleted') throw new SobotError('400258');
  const { customerId: id, name } = ticket.customer;
  commit(world, system, ticket, { type: 'customer', id, name }, (edit) =>
    edit.set('rating', { score, remark: given(call, 'remark'), at: edit.at }),
  );
  return {};
}
