import type { Agent } from '../../tickets';
import { beating, type Beat } from '../directory/beat';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';

/**
 * Reads the whole list of agents; those who are gone there are deleted here. Nothing changes on a partial list, nor on an empty
 * one: a key that lost its rights sees nobody, and then nobody would be told of anything.
 */
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
  if (agents.size === 0) {
    ports.log.warn({ dockingId }, 'the ticket system names no agents: those known before are kept');
    return { agents: 0 };
  }
  const { kept } = await ports.store.agents.replaceAll(
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
  if (kept > 0) {
    ports.log.warn(
      { dockingId, named: agents.size, kept },
      'most agents are missing from the list of the ticket system: they are kept unless the next list lacks them too',
    );
  }
  return { agents: agents.size };
}
