import type { FastifyInstance } from 'fastify';
import type { TicketGroup, TicketSystem } from '../types';
import type { TicketWorld } from '../world';
import { agentIn, agentJson, GROUP_TYPES, groupJson, required } from './agents';
import { SobotError } from './errors';
import { page, sobotRoute, text, type SobotCall } from './route';

/** Groups and who is in them, and the departments of the administration, under `/api/basic/5`. */
export function groupRoutes(server: FastifyInstance, world: TicketWorld): void {
  sobotRoute(server, world, 'GET', '/api/basic/5/agent/query_groups', ({ system, query }) =>
    page([...system.groups.values()].map(groupJson), query, world.switches.agentPageMax),
  );
  sobotRoute(server, world, 'GET', '/api/basic/5/agent/query_departments', ({ system }) => ({
    items: [
      {
        departid: system.companyId,
        depart_name: '客服中心',
        depart_level: 1,
        depart_type: '1,2,4',
        parentid: '-1',
        sub_department_list: [],
      },
    ],
  }));
  sobotRoute(server, world, 'POST', '/api/basic/5/group/save_groups', ({ system, body }) => {
    const name = required(body, 'group_name');
    const kind = kindOf(required(body, 'group_type'));
    const id = world.ids.next(`${system.id}-group`).slice(-32);
    const group: TicketGroup = { groupId: kind === 'ticket' ? `${id}_4` : id, name, kind };
    system.groups.set(group.groupId, group);
    return { item: groupJson(group) };
  });
  sobotRoute(server, world, 'POST', '/api/basic/5/group/update_groups', ({ system, body }) => {
    const name = required(body, 'group_name');
    const group = groupIn(system, required(body, 'groupid'));
    group.name = name;
    return { item: groupJson(group) };
  });
  sobotRoute(server, world, 'POST', '/api/basic/5/group/delete_groups', ({ system, body }) => {
    const { groupId } = groupIn(system, required(body, 'groupid'));
    system.groups.delete(groupId);
    for (const agent of system.agents.values())
      agent.groupIds = agent.groupIds.filter((id) => id !== groupId);
    return {};
  });
  sobotRoute(server, world, 'GET', '/api/basic/5/group_agent/query_agents', ({ system, query }) => ({
    items: [...system.agents.values()]
      .filter((agent) => agent.status !== 'deleted' && agent.groupIds.includes(query.groupid ?? ''))
      .map((agent) => ({ ...agentJson(world, system, agent), login_status: 0 })),
  }));
  sobotRoute(server, world, 'POST', '/api/basic/5/group_agent/save_agent', addMembers);
  sobotRoute(server, world, 'POST', '/api/basic/5/group_agent/delete_agent', ({ system, body }) => {
    const { groupId } = groupIn(system, required(body, 'groupid'));
    const agent = agentIn(system, text(body, 'agentid'));
    agent.groupIds = agent.groupIds.filter((id) => id !== groupId);
    return {};
  });
}

function addMembers({ system, body }: SobotCall): Record<string, never> {
  const { groupId } = groupIn(system, required(body, 'groupid'));
  const agents = required(body, 'agent_ids')
    .split(',')
    .filter(Boolean)
    .map((id) => agentIn(system, id));
  for (const agent of agents) agent.groupIds = [...new Set([...agent.groupIds, groupId])];
  return {};
}

function groupIn(system: TicketSystem, id: string): TicketGroup {
  const group = system.groups.get(id);
  if (!group) throw new SobotError('400012');
  return group;
}

function kindOf(type: string): TicketGroup['kind'] {
  const found = Object.entries(GROUP_TYPES).find(([, number]) => String(number) === type);
  if (!found) throw new SobotError('400004', 'group_type');
  return found[0] as TicketGroup['kind'];
}
