import type { FastifyInstance } from 'fastify';
import { SOBOT_ROLES } from '../catalogue';
import type { AgentStatus, TicketAgent, TicketGroup, TicketSystem } from '../types';
import type { TicketWorld } from '../world';
import { SobotError } from './errors';
import { page, sobotRoute, text, type SobotCall } from './route';

/** 1 active, 9 disabled, −1 deleted; what an inactive agent shows is switched. */
const STATUS_NUMBERS: Record<Exclude<AgentStatus, 'inactive'>, number> = {
  active: 1,
  disabled: 9,
  deleted: -1,
};
export const GROUP_TYPES: Record<TicketGroup['kind'], number> = { ticket: 0, online: 1, phone: 2 };

export function groupJson(group: TicketGroup): Record<string, unknown> {
  return { groupid: group.groupId, group_name: group.name, group_type: GROUP_TYPES[group.kind] };
}

export function agentJson(
  { switches }: TicketWorld,
  system: TicketSystem,
  agent: TicketAgent,
): Record<string, unknown> {
  const groups = agent.groupIds.map((id) => system.groups.get(id)).filter((group) => group !== undefined);
  return {
    agentid: agent.agentId,
    companyid: system.companyId,
    agent_name: agent.name,
    agent_nick: agent.nick,
    agent_status: agent.status === 'inactive' ? switches.inactiveAgentNumber : STATUS_NUMBERS[agent.status],
    agent_role_type: Number(agent.role),
    agent_role_name: SOBOT_ROLES.find((role) => role.key === agent.role)?.name ?? '',
    agent_email: agent.email,
    phone_no: agent.mobile,
    group_name: groups.map((group) => group.name).join(';'),
    groups: groups.map(groupJson),
  };
}

/** The agent administration under `/api/basic/5`: lists without any filter, create, update, delete. */
export function agentRoutes(server: FastifyInstance, world: TicketWorld): void {
  sobotRoute(server, world, 'GET', '/api/basic/5/agent/query_agents', ({ system, query }) =>
    page(
      [...system.agents.values()].map((agent) => agentJson(world, system, agent)),
      query,
      world.switches.agentPageMax,
    ),
  );
  sobotRoute(server, world, 'POST', '/api/basic/5/agent/save_agent', saveAgent);
  sobotRoute(server, world, 'POST', '/api/basic/5/agent/update_agent', updateAgent);
  sobotRoute(server, world, 'POST', '/api/basic/5/agent/delete_agent', ({ system, body }) => {
    agentIn(system, text(body, 'agentid')).status = 'deleted';
    return {};
  });
  sobotRoute(server, world, 'GET', '/api/basic/5/agent/query_agent_roles', () => ({
    items: SOBOT_ROLES.map((role) => ({ dict_value: role.key, dict_name: role.name, dict_remark: '' })),
  }));
}

/** A living agent. Throws 400006 (no id) and 400007 (nobody). */
export function agentIn(system: TicketSystem, id: string): TicketAgent {
  if (id === '') throw new SobotError('400006');
  const agent = system.agents.get(id);
  if (!agent || agent.status === 'deleted') throw new SobotError('400007');
  return agent;
}

/** A parameter that must not be empty; numbers count too. Throws 400004. */
export function required(body: SobotCall['body'], name: string): string {
  const value = body[name];
  const given = typeof value === 'number' ? String(value) : text(body, name);
  if (given === '') throw new SobotError('400004', name);
  return given;
}

function groupsIn(system: TicketSystem, list: string): string[] {
  const ids = list.split(',').filter(Boolean);
  if (ids.some((id) => !system.groups.has(id))) throw new SobotError('400012');
  return ids;
}

function saveAgent({ world, system, body }: SobotCall): { item: unknown } {
  const email = required(body, 'email');
  const name = required(body, 'agent_name');
  const nick = required(body, 'agent_nick');
  const role = required(body, 'agent_role_type');
  const maxAccept = Number(required(body, 'max_accept'));
  if (!SOBOT_ROLES.some((one) => one.key === role)) throw new SobotError('400004', 'agent_role_type');
  if (!(maxAccept >= 0 && maxAccept <= 100)) throw new SobotError('400004', 'max_accept');
  const groupIds = groupsIn(system, text(body, 'group_ids'));
  const living = [...system.agents.values()].filter((agent) => agent.status !== 'deleted');
  const { duplicateEmailCode, seatLimit, seatLimitCode, newAgentStatus } = world.switches;
  if (living.some((agent) => agent.email.toLowerCase() === email.toLowerCase())) {
    throw new SobotError(duplicateEmailCode, 'email exists');
  }
  if (seatLimit > 0 && living.length >= seatLimit) throw new SobotError(seatLimitCode, 'no seat left');
  const agent: TicketAgent = {
    agentId: world.ids.next(`${system.id}-agent`).slice(-32),
    name,
    nick,
    email,
    mobile: text(body, 'phone_no'),
    groupIds,
    status: newAgentStatus,
    role,
    maxAccept,
    updatedAt: world.clock.now(),
  };
  system.agents.set(agent.agentId, agent);
  return { item: shortJson(system, agent) };
}

function updateAgent({ world, system, body }: SobotCall): { item: unknown } {
  const agent = agentIn(system, text(body, 'agentid'));
  const name = required(body, 'agent_name');
  const nick = required(body, 'agent_nick');
  const role = required(body, 'agent_role_type');
  const maxAccept = Number(required(body, 'max_accept'));
  const groups = text(body, 'group_ids');
  const mobile = text(body, 'phone_no');
  const status = body['agent_status'] === undefined ? '' : required(body, 'agent_status');
  if (status !== '') {
    const wanted = status === '1' ? 'active' : status === '9' ? 'disabled' : undefined;
    const allowed = agent.status === 'active' || agent.status === 'disabled';
    if (!wanted || !allowed) throw new SobotError('400004', 'agent_status');
    agent.status = wanted;
  }
  Object.assign(agent, { name, nick, role, maxAccept, updatedAt: world.clock.now() });
  if (groups !== '') agent.groupIds = groupsIn(system, groups);
  if (mobile !== '') agent.mobile = mobile;
  return { item: shortJson(system, agent) };
}

function shortJson(system: TicketSystem, agent: TicketAgent): Record<string, unknown> {
  return {
    companyid: system.companyId,
    agentid: agent.agentId,
    agent_nick: agent.nick,
    agent_name: agent.name,
  };
}
