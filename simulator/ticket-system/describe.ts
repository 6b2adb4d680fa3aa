import { agentView } from './control/agents';
import type { TicketSystem } from './types';

/** What a docking needs to reach a simulated ticket system, secrets included. */
export interface TicketSystemDescription {
  id: string;
  kind: 'sobot' | 'rest';
  name: string;
  baseUrl: string;
  timezone: string;
  /** Sobot only. */
  appid?: string;
  appKey?: string;
  /** REST only. */
  apiKey?: string;
  webhookSecret: string;
  pushUrl: string;
  pushFormat: string;
  groups: { groupId: string; name: string; kind: string }[];
  agents: object[];
  ticketIds: string[];
}

export function describeSystem(system: TicketSystem, baseUrl: string): TicketSystemDescription {
  return {
    id: system.id,
    kind: system.kind,
    name: system.name,
    baseUrl,
    timezone: system.timezone,
    ...(system.kind === 'sobot' ? { appid: system.appid, appKey: system.appKey } : { apiKey: system.apiKey }),
    webhookSecret: system.webhookSecrets[0] ?? '',
    pushUrl: system.push.url,
    pushFormat: system.push.format,
    groups: [...system.groups.values()].map(({ groupId, name, kind }) => ({ groupId, name, kind })),
    agents: [...system.agents.values()].map((agent) => agentView(system, agent)),
    ticketIds: [...system.tickets.keys()],
  };
}
