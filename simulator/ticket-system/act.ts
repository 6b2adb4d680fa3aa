import { z } from 'zod';
import { codeOfType, commit, statusTypeOf, type Edit } from './commit';
import type { Actor, Happening, SimulatedTicket, TicketAgent, TicketSystem } from './types';
import type { TicketWorld } from './world';

/** Everything that can happen to a ticket. `by` names the agent; left out, the assignee or any active agent acts. */
export const actSchema = z.strictObject({
  action: z.enum([
    'assign',
    'unassign',
    'claim',
    'reply',
    'note',
    'set_status',
    'set_priority',
    'solve',
    'close',
    'reopen',
    'delete',
    'restore',
    'urge',
    'rate',
    'category',
    'field',
    'follow',
    'unfollow',
    'cc',
    'tag',
    'untag',
    'title',
    'sla',
  ]),
  as: z.enum(['agent', 'customer', 'automation', 'system']).optional(),
  by: z.string().optional(),
  /** `assign`; also who `follow`, `unfollow` and `cc` are about. */
  toAgentId: z.string().optional(),
  toGroupId: z.string().optional(),
  status: z.string().optional(),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
  /** Reply, note, title, urge or rating text. */
  text: z.string().optional(),
  score: z.int().min(1).max(5).optional(),
  /** Id or path. */
  category: z.string().optional(),
  /** Id or name. */
  field: z.string().optional(),
  value: z.string().optional(),
  tag: z.string().optional(),
  metric: z.enum(['first_response', 'next_response', 'solution']).optional(),
  state: z.enum(['warning', 'breached']).optional(),
  dueInSeconds: z.int().optional(),
});
export type Act = z.output<typeof actSchema>;

/** A wish that cannot be carried out; `field` names the input. */
export class ActRefused extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** Carries out one action and tells the pushes. What changes nothing is not announced. */
export function act(world: TicketWorld, system: TicketSystem, ticket: SimulatedTicket, wish: Act): Happening {
  if (system.kind === 'sobot' && (wish.action === 'tag' || wish.action === 'untag')) {
    throw new ActRefused('action', 'Sobot tickets have no tags');
  }
  const actor = actorOf(system, ticket, wish);
  return commit(world, system, ticket, actor, (edit) => carryOut(system, wish, actor, edit));
}

function actorOf(system: TicketSystem, ticket: SimulatedTicket, wish: Act): Actor {
  const type = wish.as ?? (wish.action === 'rate' ? 'customer' : wish.action === 'sla' ? 'system' : 'agent');
  if (type === 'customer') return { type, id: ticket.customer.customerId, name: ticket.customer.name };
  if (type !== 'agent') return { type, id: '', name: '' };
  const agent =
    wish.by === undefined
      ? (system.agents.get(ticket.agentId) ??
        [...system.agents.values()].find((one) => one.status === 'active'))
      : system.agents.get(wish.by);
  if (!agent) throw new ActRefused('by', 'no such agent');
  return { type, id: agent.agentId, name: agent.name };
}

function agentOf(system: TicketSystem, id: string | undefined): TicketAgent {
  const agent = system.agents.get(id ?? '');
  if (!agent || agent.status === 'deleted') throw new ActRefused('toAgentId', 'no such agent');
  return agent;
}

function carryOut(system: TicketSystem, wish: Act, actor: Actor, edit: Edit): void {
  const { ticket } = edit;
  const text = wish.text ?? '';
  switch (wish.action) {
    case 'assign':
      return assign(system, wish, edit);
    case 'unassign':
      return edit.set('agentId', '');
    case 'claim':
      if (actor.type !== 'agent') throw new ActRefused('as', 'only an agent can claim');
      if (statusTypeOf(system, ticket) === 'new') edit.set('statusCode', codeOfType(system, 'in_progress'));
      return edit.set('agentId', actor.id);
    case 'reply':
      edit.say(text || 'Any news?', true, actor);
      return afterReply(system, actor, edit);
    case 'note':
      return edit.say(text || 'Internal note', false, actor);
    case 'set_status':
      if (!system.statuses.some((status) => status.code === wish.status)) {
        throw new ActRefused('status', 'no such status');
      }
      return edit.set('statusCode', wish.status ?? '');
    case 'set_priority':
      return edit.set('priority', wish.priority ?? 'urgent');
    case 'solve':
      return edit.set('statusCode', codeOfType(system, 'solved'));
    case 'close':
      return edit.set('statusCode', codeOfType(system, 'closed'));
    case 'reopen':
    case 'restore':
      return edit.set('statusCode', codeOfType(system, 'in_progress'));
    case 'delete':
      return edit.set('statusCode', codeOfType(system, 'deleted'));
    case 'urge':
      edit.urge = { byAgentId: actor.id, remark: text, at: edit.at };
      ticket.urges = [...ticket.urges, edit.urge];
      return;
    case 'rate':
      return edit.set('rating', { score: wish.score ?? 5, remark: text, at: edit.at });
    case 'category': {
      const found = system.categories.find(
        (one) => one.categoryId === wish.category || one.path === wish.category,
      );
      if (!found) throw new ActRefused('category', 'no such category');
      return edit.set('categoryId', found.categoryId);
    }
    case 'field': {
      const found = system.fields.find((one) => one.fieldId === wish.field || one.name === wish.field);
      if (!found) throw new ActRefused('field', 'no such field');
      return edit.setField(found.fieldId, wish.value ?? '');
    }
    case 'follow':
      return edit.set('followerIds', [
        ...new Set([...ticket.followerIds, agentOf(system, wish.toAgentId).agentId]),
      ]);
    case 'unfollow':
      return edit.set(
        'followerIds',
        ticket.followerIds.filter((id) => id !== wish.toAgentId),
      );
    case 'cc':
      return edit.set('ccAgentIds', [
        ...new Set([...ticket.ccAgentIds, agentOf(system, wish.toAgentId).agentId]),
      ]);
    case 'tag':
      return edit.set('tags', [...new Set([...ticket.tags, wish.tag ?? 'tag'])]);
    case 'untag':
      return edit.set(
        'tags',
        ticket.tags.filter((tag) => tag !== wish.tag),
      );
    case 'title':
      return edit.set('title', text);
    case 'sla':
      return warn(wish, edit);
  }
}

function assign(system: TicketSystem, wish: Act, edit: Edit): void {
  if (wish.toAgentId === undefined && wish.toGroupId === undefined) {
    throw new ActRefused('toAgentId', 'toAgentId or toGroupId is needed');
  }
  if (wish.toGroupId !== undefined && system.groups.get(wish.toGroupId)?.kind !== 'ticket') {
    throw new ActRefused('toGroupId', 'no such ticket group');
  }
  const agent = wish.toAgentId === undefined ? undefined : agentOf(system, wish.toAgentId);
  const groupId = wish.toGroupId ?? groupFor(agent, edit.ticket);
  if (agent && agent.groupIds.length > 0 && !agent.groupIds.includes(groupId))
    throw new ActRefused('toGroupId', 'the agent is not in the group');
  edit.set('groupId', groupId);
  edit.set('agentId', agent?.agentId ?? '');
}

function groupFor(agent: TicketAgent | undefined, ticket: SimulatedTicket): string {
  if (!agent || agent.groupIds.includes(ticket.groupId)) return ticket.groupId;
  return agent.groupIds[0] ?? ticket.groupId;
}

/** A customer's word takes a waiting, solved or (Sobot: also any running) ticket back to the agent's desk. */
export function afterReply(system: TicketSystem, actor: Actor, edit: Edit): void {
  const type = statusTypeOf(system, edit.ticket);
  if (actor.type === 'customer') {
    if (type === 'new' || type === 'closed' || type === 'deleted') return;
    edit.set('statusCode', system.kind === 'sobot' ? '2' : codeOfType(system, 'in_progress'));
  } else if (actor.type === 'agent' && type === 'new') {
    edit.set('statusCode', codeOfType(system, 'in_progress'));
  }
}

function warn(wish: Act, edit: Edit): void {
  const metric = wish.metric ?? 'first_response';
  const due = edit.at + (wish.dueInSeconds ?? 900) * 1000;
  if (metric === 'solution') edit.ticket.dueAt = due;
  else edit.ticket.firstResponseDueAt = due;
  edit.sla = { metric, dueAt: due, state: wish.state ?? 'warning' };
}
