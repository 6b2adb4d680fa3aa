import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { REST_ROLES } from '../catalogue';
import type { TicketAgent } from '../types';
import type { TicketWorld } from '../world';
import { cursorPage, RestError, restRoute, type RestAnswer, type RestCall } from './route';
import { agentJson } from './ticket-json';

const draftSchema = z.object({
  name: z.string().min(1),
  email: z.email(),
  mobile: z.string().nullish(),
  role: z.string().default('agent'),
  groupIds: z.array(z.string()).default([]),
});

/** Reads a body or refuses it with the first bad field. */
export function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new RestError('invalid', issue?.message ?? 'invalid', { field: issue?.path.join('.') || 'body' });
}

/** Agents, groups and roles of the generic contract. */
export function agentRoutes(server: FastifyInstance, world: TicketWorld): void {
  restRoute(server, world, 'GET', '/v1/agents', ({ system, query }) => {
    const since = query.updatedSince ? Date.parse(query.updatedSince) : 0;
    if (Number.isNaN(since)) throw new RestError('invalid', 'not a time', { field: 'updatedSince' });
    const phone = query.phone?.replace(/\D/g, '');
    const rows = [...system.agents.values()].filter(
      (agent) =>
        (!query.status || agentJson(agent).status === query.status) &&
        (!query.email || agent.email.toLowerCase() === query.email.toLowerCase()) &&
        (!phone || agent.mobile.replace(/\D/g, '').endsWith(phone.slice(-11))) &&
        agent.updatedAt >= since,
    );
    return cursorPage(rows.map(agentJson), query, 200);
  });
  restRoute(server, world, 'GET', '/v1/agents/:id', (call) => ({ body: agentJson(agentOf(call)) }));
  restRoute(server, world, 'POST', '/v1/agents', createAgent);
  restRoute(server, world, 'PATCH', '/v1/agents/:id', (call) => {
    const agent = agentOf(call);
    const change = read(z.object({ status: z.enum(['active', 'disabled']).optional() }), call.body);
    if (change.status) agent.status = change.status;
    agent.updatedAt = world.clock.now();
    return { body: agentJson(agent) };
  });
  restRoute(server, world, 'GET', '/v1/groups', ({ system, query }) =>
    cursorPage(
      [...system.groups.values()].map((group) => ({
        id: group.groupId,
        name: group.name,
        kind: group.kind,
        memberIds: [...system.agents.values()]
          .filter((agent) => agent.status !== 'deleted' && agent.groupIds.includes(group.groupId))
          .map((agent) => agent.agentId),
      })),
      query,
      200,
    ),
  );
  restRoute(server, world, 'GET', '/v1/roles', () => ({ body: { items: REST_ROLES } }));
}

function agentOf({ system, params }: RestCall): TicketAgent {
  const agent = system.agents.get(params.id ?? '');
  if (!agent) throw new RestError('not_found', 'no such agent');
  return agent;
}

function createAgent({ world, system, body }: RestCall): RestAnswer {
  const draft = read(draftSchema, body);
  if (!REST_ROLES.some((role) => role.key === draft.role)) {
    throw new RestError('invalid', 'no such role', { field: 'role' });
  }
  if (draft.groupIds.some((id) => !system.groups.has(id))) {
    throw new RestError('invalid', 'no such group', { field: 'groupIds' });
  }
  const living = [...system.agents.values()].filter((agent) => agent.status !== 'deleted');
  const existing = living.find((agent) => agent.email.toLowerCase() === draft.email.toLowerCase());
  if (existing) {
    throw new RestError('already_exists', 'the e-mail is taken', {
      field: 'email',
      existingId: existing.agentId,
    });
  }
  if (world.switches.seatLimit > 0 && living.length >= world.switches.seatLimit) {
    throw new RestError('forbidden', 'no seat left');
  }
  const agent: TicketAgent = {
    agentId: world.ids.next(`${system.id}-agent`).slice(-32),
    name: draft.name,
    nick: draft.name,
    email: draft.email,
    mobile: draft.mobile ?? '',
    groupIds: draft.groupIds,
    status: world.switches.newAgentStatus,
    role: draft.role,
    maxAccept: 10,
    updatedAt: world.clock.now(),
  };
  system.agents.set(agent.agentId, agent);
  return { status: 201, body: agentJson(agent) };
}
