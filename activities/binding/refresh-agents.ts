import type { Agent } from '../../tickets';
import { beating, type Beat } from '../directory/beat';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';

/** Reads the whole list of agents; agents that are gone there are forgotten here. Nothing changes on a partial list. */
export function refreshAgents(ports: ActivityPorts, dockingId: string): Promise<{ agents: number }> {
  return withFailures(() => beating((beat) => readAgents(ports, dockingId, beat)));
}

/** The same as a part of an activity that beats already. */
export async function readAgents(
  ports: ActivityPorts,
  dockingId: string,
  beat: Beat,
): Promise<{ agents: number }> {
  const startedAt = ports.now();
  const ticketSystem = await ports.ticketSystem(dockingId);
  const agents = new Map<string, Agent>();
  for await (const page of ticketSystem.listAgents()) {
    beat.signal.throwIfAborted();
    for (const agent of page.agents) agents.set(agent.agentId, agent);
    beat.at({ agents: agents.size });
  }
  await ports.store.agents.replaceAll(
    dockingId,
    [...agents.values()].map(({ agentId, name, email, mobile, groupIds, state }) => ({
      agentId,
      name,
      email,
      mobile,
      groupIds,
      state,
    })),
    startedAt,
  );
  return { agents: agents.size };
}
