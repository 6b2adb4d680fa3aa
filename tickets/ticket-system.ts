import { createHttp, systemClock } from './http';
import { memorySharedState, memoryTokenStore } from './memory';
import type { TicketSystem, TicketSystemConfig, TicketSystemPorts } from './port';
import { RestTicketSystem } from './rest/adapter';
import { SobotTicketSystem } from './sobot/adapter';

/**
 * The ticket system behind a docking. Makes no call yet; `capabilities()` is the probe. Keep the result: it holds
 * the token, the agent list and the statuses.
 */
export function createTicketSystem(config: TicketSystemConfig, ports: TicketSystemPorts = {}): TicketSystem {
  const clock = ports.clock ?? systemClock;
  const http = createHttp(config, ports);
  if (config.kind === 'rest') return new RestTicketSystem(config, http, clock);
  return new SobotTicketSystem(config, {
    http,
    clock,
    tokenStore: ports.tokenStore ?? memoryTokenStore(clock),
    sharedState: ports.sharedState ?? memorySharedState(),
    warn: ports.onWarning ?? (() => undefined),
  });
}
