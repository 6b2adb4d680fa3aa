/** The ticket systems of all dockings: one adapter per docking as it stands, and what the adapters of all workers share. */
import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Docking, Store } from '../store';
import {
  createTicketSystem,
  type TicketSystem,
  type TicketSystemConfig,
  type TicketSystemPorts,
  type TicketSystemWarning,
} from '../tickets';

/** An adapter keeps the agents and statuses it has read; after this it reads them anew whatever happens. */
const KEPT_MS = 3_600_000;
const MOST_KEPT = 1000;

const NEXT_STEPS: Record<TicketSystemWarning, string> = {
  'appid-shared':
    'Tokens die early: another system uses the same appid. Ask the ticket system for a separate one.',
  'clock-zone-mismatch':
    'Writes are called stale although the ticket did not change: check the time zone of the docking.',
};

/** Gives the adapter of a docking: the same one until the docking changes. */
export function createTicketSystems(store: Store, log: Logger): (dockingId: string) => Promise<TicketSystem> {
  const owner = randomUUID();
  const shared: Pick<TicketSystemPorts, 'tokenStore' | 'sharedState'> = {
    tokenStore: {
      read: (key) => store.sealedTokens.read(key),
      write: (key, token, expiresAt) => store.sealedTokens.write(key, token, expiresAt),
      lease: (key, ms) => store.leases.acquire(key, ms, owner),
    },
    sharedState: store.limits,
  };
  const kept = new LRUCache<string, TicketSystem>({ max: MOST_KEPT, ttl: KEPT_MS });

  return async (dockingId) => {
    const docking = await store.dockings.require(dockingId);
    // Every change of a docking, its secrets included, moves this time.
    const version = `${docking.id}|${docking.updatedAt.getTime()}`;
    const known = kept.get(version);
    if (known) return known;
    const system = createTicketSystem(await configOf(store, docking), {
      ...shared,
      onWarning: (warning) =>
        log.warn({ dockingId, warning, nextStep: NEXT_STEPS[warning] }, 'the ticket system is set up oddly'),
    });
    kept.set(version, system);
    return system;
  };
}

async function configOf(store: Store, docking: Docking): Promise<TicketSystemConfig> {
  const { ticketSystem } = docking;
  const { ticketSystemKey = '' } = await store.dockings.secrets(docking.id);
  const shared = {
    dockingId: docking.id,
    baseUrl: ticketSystem.baseUrl,
    liveSince: docking.createdAt.toISOString(),
    ...(ticketSystem.timezone ? { timezone: ticketSystem.timezone } : {}),
    ...(ticketSystem.ticketUrlTemplate ? { ticketUrlTemplate: ticketSystem.ticketUrlTemplate } : {}),
    ...(ticketSystem.language ? { language: ticketSystem.language } : {}),
  };
  // Pushes were checked at the door, so the adapters need not know what proves them.
  return ticketSystem.kind === 'sobot'
    ? { ...shared, kind: 'sobot', appid: ticketSystem.appid ?? '', appKey: ticketSystemKey }
    : { ...shared, kind: 'rest', apiKey: ticketSystemKey };
}
