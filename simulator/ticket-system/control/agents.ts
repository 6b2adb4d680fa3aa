import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlError, controlRoute } from '../../control/route';
import type { TicketAgent, TicketSystem } from '../types';
import type { TicketWorld } from '../world';

const agentSchema = z.strictObject({
  name: z.string().min(1),
  email: z.string().default(''),
  mobile: z.string().default(''),
  groupIds: z.array(z.string()).default([]),
  status: z.enum(['active', 'inactive', 'disabled', 'deleted']).default('active'),
  role: z.string().optional(),
});

/** The system a control call means: `system=<id>`, or the only one, or the first. */
export function systemIn(world: TicketWorld, id: string | undefined): TicketSystem {
  const system = id === undefined ? [...world.systems.values()][0] : world.systems.get(id);
  if (!system) throw new ControlError('system', 'no such ticket system', 404);
  return system;
}

export function agentView(system: TicketSystem, agent: TicketAgent): object {
  const { agentId, name, email, mobile, groupIds, status, role } = agent;
  return { agentId, name, email, mobile, groupIds, status, role, systemId: system.id };
}

/** `cursor` and `limit` of a list. */
export const window = {
  cursor: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(20_000).default(1000),
};

/** One page of a list; the cursor is the position of its first row. */
export function cut<T>(
  rows: readonly T[],
  { cursor, limit }: { cursor: number; limit: number },
  show: (row: T) => object,
): { items: object[]; nextCursor: string | null } {
  const end = cursor + limit;
  return {
    items: rows.slice(cursor, end).map(show),
    nextCursor: end < rows.length ? String(end) : null,
  };
}

function checkGroups(system: TicketSystem, ids: readonly string[] | undefined): void {
  const stranger = ids?.find((id) => !system.groups.has(id));
  if (stranger !== undefined) throw new ControlError('groupIds', `${stranger} is not a group of the system`);
}

/** Agents as the world sees them: hire, change, dismiss. */
export function agentControl(server: FastifyInstance, world: TicketWorld): void {
  controlRoute(server, {
    method: 'GET',
    path: '/_control/agents',
    query: z.strictObject({ system: z.string().optional(), q: z.string().optional(), ...window }),
    handler: ({ query }) => {
      const system = systemIn(world, query.system);
      const wanted = query.q?.toLowerCase() ?? '';
      const found = [...system.agents.values()].filter((agent) =>
        `${agent.name} ${agent.email} ${agent.mobile}`.toLowerCase().includes(wanted),
      );
      return cut(found, query, (agent) => agentView(system, agent));
    },
  });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/agents',
    query: z.strictObject({ system: z.string().optional() }),
    body: agentSchema,
    status: 201,
    handler: ({ query, body }) => {
      const system = systemIn(world, query.system);
      checkGroups(system, body.groupIds);
      const agent: TicketAgent = {
        agentId: world.ids.next(`${system.id}-agent`).slice(-32),
        ...body,
        role: body.role ?? (system.kind === 'sobot' ? '5555' : 'agent'),
        nick: body.name,
        maxAccept: 10,
        updatedAt: world.clock.now(),
      };
      system.agents.set(agent.agentId, agent);
      return agentView(system, agent);
    },
  });
  controlRoute(server, {
    method: 'PATCH',
    path: '/_control/agents/:id',
    body: z.strictObject({
      name: z.string().min(1).optional(),
      email: z.string().optional(),
      mobile: z.string().optional(),
      groupIds: z.array(z.string()).optional(),
      status: z.enum(['active', 'inactive', 'disabled', 'deleted']).optional(),
      role: z.string().optional(),
    }),
    handler: ({ params, body }) => {
      const { system, agent } = agentNamed(world, params.id);
      checkGroups(system, body.groupIds);
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      Object.assign(agent, given, { updatedAt: world.clock.now() });
      return agentView(system, agent);
    },
  });
  controlRoute(server, {
    method: 'DELETE',
    path: '/_control/agents/:id',
    handler: ({ params }) => {
      const { system, agent } = agentNamed(world, params.id);
      Object.assign(agent, { status: 'deleted', updatedAt: world.clock.now() });
      return agentView(system, agent);
    },
  });
}

function agentNamed(
  world: TicketWorld,
  id: string | undefined,
): { system: TicketSystem; agent: TicketAgent } {
  for (const system of world.systems.values()) {
    const agent = system.agents.get(id ?? '');
    if (agent) return { system, agent };
  }
  throw new ControlError('id', 'no such agent', 404);
}
