/** Effects of agent binding: reading agents, matching, creating, and the record of each run. */
import type { ActivityPorts } from '../ports';
import { createAgentAndBind, type CreateAgentInput } from './create-agent';
import { inviteEmployees, type InviteInput } from './invite';
import { matchAgents, type MatchInput } from './match-agents';
import { refreshAgents } from './refresh-agents';
import { closeBindingRun, noteBindingRun, openBindingRun, type OpenBindingRun } from './runs';

// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the inferred type is the contract that workflows import
export function createBindingActivities(ports: ActivityPorts) {
  return {
    refreshAgents: (dockingId: string) => refreshAgents(ports, dockingId),
    openBindingRun: (run: OpenBindingRun) => openBindingRun(ports, run),
    noteBindingRun: (run: Parameters<typeof noteBindingRun>[1]) => noteBindingRun(ports, run),
    closeBindingRun: (run: Parameters<typeof closeBindingRun>[1]) => closeBindingRun(ports, run),
    matchAgents: (input: MatchInput) => matchAgents(ports, input),
    inviteEmployees: (input: InviteInput) => inviteEmployees(ports, input),
    createAgentAndBind: (input: CreateAgentInput) => createAgentAndBind(ports, input),
  };
}
