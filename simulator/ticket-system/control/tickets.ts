import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlError, controlRoute } from '../../control/route';
import { act, ActRefused, actSchema } from '../act';
import { commit, statusTypeOf } from '../commit';
import { newTicket } from '../generate';
import { ticketJson } from '../rest/ticket-json';
import type { SimulatedTicket, TicketSystem } from '../types';
import type { TicketWorld } from '../world';
import { cut, systemIn, window } from './agents';

const draftSchema = z.strictObject({
  title: z.string().default('Cannot sign in'),
  content: z.string().optional(),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).default('normal'),
  customer: z.int().min(0).default(0),
  /** Assigns the ticket at once. */
  agentId: z.string().optional(),
  groupId: z.string().optional(),
  flow: z.boolean().default(false),
});

function view(system: TicketSystem, ticket: SimulatedTicket): object {
  return {
    ...ticketJson(system, ticket),
    ticketId: ticket.ticketId,
    statusType: statusTypeOf(system, ticket),
    replies: ticket.replies.map(({ replyId, text, by, at, ...rest }) => ({
      replyId,
      text,
      public: rest.public,
      by,
      at: new Date(at).toISOString(),
    })),
    urges: ticket.urges,
    flow: ticket.flow,
    systemId: system.id,
  };
}

function refusalsNamed<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ActRefused) throw new ControlError(error.field, error.message);
    throw error;
  }
}

/** Tickets as the world sees them: make one, look, let an agent or the customer act. Each change is pushed. */
export function ticketControl(server: FastifyInstance, world: TicketWorld): void {
  const owner = (id: string | undefined): { system: TicketSystem; ticket: SimulatedTicket } => {
    const found = world.ownerOf(id ?? '');
    if (!found) throw new ControlError('id', 'no such ticket', 404);
    return found;
  };

  controlRoute(server, {
    method: 'GET',
    path: '/_control/tickets',
    query: z.strictObject({ system: z.string().optional(), agent: z.string().optional(), ...window }),
    handler: ({ query }) => {
      const system = systemIn(world, query.system);
      const found = [...system.tickets.values()].filter((one) => !query.agent || one.agentId === query.agent);
      return cut(found, query, (ticket) => view(system, ticket));
    },
  });
  controlRoute(server, {
    method: 'GET',
    path: '/_control/tickets/:id',
    handler: ({ params }) => {
      const { system, ticket } = owner(params.id);
      return view(system, ticket);
    },
  });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/tickets',
    query: z.strictObject({ system: z.string().optional() }),
    body: draftSchema,
    status: 201,
    handler: ({ query, body }) => {
      const system = systemIn(world, query.system);
      const { customer, agentId, groupId, title, content, priority, flow } = body;
      if (agentId !== undefined && !system.agents.has(agentId))
        throw new ControlError('agentId', 'no such agent');
      if (groupId !== undefined && !system.groups.has(groupId))
        throw new ControlError('groupId', 'no such group');
      const ticket = newTicket(world, system, {
        createdAt: world.clock.now(),
        title,
        ...(content !== undefined && { content }),
        priority,
        customerIndex: customer,
        categoryIndex: system.tickets.size,
        statusType: 'new',
        agentIndex: -1,
        flow,
      });
      system.tickets.set(ticket.ticketId, ticket);
      commit(world, system, ticket, ticket.creator, (edit) => {
        edit.created = true;
        const agent = agentId === undefined ? undefined : system.agents.get(agentId);
        const group = groupId ?? agent?.groupIds[0];
        if (group !== undefined) edit.set('groupId', group);
        if (agent) edit.set('agentId', agent.agentId);
      });
      return view(system, ticket);
    },
  });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/tickets/:id/act',
    body: actSchema,
    handler: ({ params, body }) => {
      const { system, ticket } = owner(params.id);
      const happening = refusalsNamed(() => act(world, system, ticket, body));
      return { events: happening.events, causeId: happening.causeId, ticket: view(system, ticket) };
    },
  });
}
