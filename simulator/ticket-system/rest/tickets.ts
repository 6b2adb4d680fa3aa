import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { act, type Act } from '../act';
import { statusTypeOf } from '../commit';
import type { SimulatedTicket } from '../types';
import type { TicketWorld } from '../world';
import { read } from './agents';
import { cursorPage, RestError, restRoute, type RestAnswer, type RestCall } from './route';
import { publicChange, STATUS_WORDS, ticketJson } from './ticket-json';

const ACTIONS = [
  'claim',
  'assign',
  'unassign',
  'reply',
  'note',
  'set_status',
  'set_priority',
  'solve',
  'close',
  'reopen',
  'urge',
] as const;

const actionSchema = z.object({
  action: z.enum(ACTIONS),
  actorAgentId: z.string().min(1),
  toAgentId: z.string().nullish(),
  toGroupId: z.string().nullish(),
  status: z.string().nullish(),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).nullish(),
  text: z.string().max(20_000).nullish(),
  attachments: z.array(z.object({ name: z.string(), url: z.string() })).nullish(),
});

const EVENTS = [
  'created',
  'assigned_agent',
  'assigned_group',
  'unassigned',
  'accepted',
  'replied_by_customer',
  'replied_by_agent',
  'note_added',
  'cc_added',
  'status_changed',
  'priority_changed',
  'category_changed',
  'field_changed',
  'tag_changed',
  'sla_warning',
  'sla_breached',
  'urged',
  'followed',
  'unfollowed',
  'solved',
  'closed',
  'reopened',
  'rated',
  'deleted',
  'restored',
].map((name) => `ticket.${name}`);

/** Capabilities, statuses, tickets, actions and the replay of events. */
export function ticketRoutes(server: FastifyInstance, world: TicketWorld): void {
  restRoute(server, world, 'GET', '/v1/capabilities', ({ system }) => ({
    body: {
      name: system.name,
      version: '1',
      timezone: system.timezone,
      actions: ACTIONS,
      events: EVENTS,
      ticketUrlTemplate: `https://${system.id}.example/tickets/{id}`,
    },
  }));
  restRoute(server, world, 'GET', '/v1/statuses', ({ system }) => ({
    body: {
      items: system.statuses.map((status) => ({
        code: status.code,
        name: status.name,
        type: STATUS_WORDS[status.type],
      })),
    },
  }));
  restRoute(server, world, 'GET', '/v1/tickets/:id', (call) => answerTicket(call, ticketOf(call)));
  restRoute(server, world, 'GET', '/v1/tickets', ({ system, query }) => {
    const since = query.updatedSince ? Date.parse(query.updatedSince) : 0;
    if (Number.isNaN(since)) throw new RestError('invalid', 'not a time', { field: 'updatedSince' });
    const rows = [...system.tickets.values()]
      .filter((ticket) => ticket.updatedAt >= since)
      .sort((a, b) => a.updatedAt - b.updatedAt);
    return cursorPage(
      rows.map((ticket) => ticketJson(system, ticket)),
      query,
      100,
    );
  });
  restRoute(server, world, 'POST', '/v1/tickets/:id/actions', takeAction);
  restRoute(server, world, 'GET', '/v1/events', ({ system, query }) => {
    const all = system.recordedEvents;
    const at = query.after ? all.findIndex((event) => event.eventId === query.after) : -1;
    if (query.after && at < 0) throw new RestError('invalid', 'unknown event', { field: 'after' });
    const limit = Math.min(500, Math.max(1, Number(query.limit) || 100));
    return { body: { items: all.slice(at + 1, at + 1 + limit).map((event) => event.body) } };
  });
}

function ticketOf({ system, params }: RestCall): SimulatedTicket {
  const ticket = system.tickets.get(params.id ?? '');
  if (!ticket) throw new RestError('not_found', 'no such ticket');
  return ticket;
}

function answerTicket({ system }: RestCall, ticket: SimulatedTicket): RestAnswer {
  return { headers: { etag: `"${ticket.version}"` }, body: ticketJson(system, ticket) };
}

function takeAction(call: RestCall): RestAnswer {
  const { world, system, headers } = call;
  const ticket = ticketOf(call);
  const wish = read(actionSchema, call.body);
  const wanted = headers['if-match'];
  if (wanted !== undefined && wanted !== `"${ticket.version}"`) {
    throw new RestError('conflict_stale', 'the ticket has moved on');
  }
  const agent = system.agents.get(wish.actorAgentId);
  if (!agent || agent.status === 'deleted') {
    throw new RestError('invalid', 'no such agent', { field: 'actorAgentId' });
  }
  const type = statusTypeOf(system, ticket);
  if ((type === 'closed' || type === 'deleted') && wish.action !== 'reopen') {
    throw new RestError('unsupported', 'the ticket is closed');
  }
  if (ticket.flow && wish.action !== 'reply' && wish.action !== 'note') {
    throw new RestError('unsupported', 'a flow decides about this ticket');
  }
  const order: Act = { action: wish.action, as: 'agent', by: wish.actorAgentId };
  if (wish.toAgentId) order.toAgentId = wish.toAgentId;
  if (wish.toGroupId) order.toGroupId = wish.toGroupId;
  if (wish.status) order.status = wish.status;
  if (wish.priority) order.priority = wish.priority;
  if (wish.text) order.text = wish.text;
  const happening = act(world, system, ticket, order);
  return {
    headers: { etag: `"${ticket.version}"` },
    body: {
      ticket: ticketJson(system, ticket),
      applied: happening.changes.map((change) => publicChange(system, change)),
      ...(happening.reply && { replyId: happening.reply.replyId }),
      causeId: happening.causeId,
    },
  };
}
