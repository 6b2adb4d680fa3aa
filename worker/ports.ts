/** The activities' view of the world, built from the running parts. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { ActivityPorts } from '../activities';
import type { DockingClient } from '../client';
import { replayParked, ticketChangeOf } from '../intake';
import { createFeishu, createPacer, type Feishu } from '../feishu';
import { createTicketSystem, type TicketSystem, type TicketSystemConfig, type TokenStore } from '../tickets';
import type { Docking, Store } from '../store';
import { createCallMeter } from './call-meter';
import { createLimitLedger } from './limit-ledger';

export interface WorkerPorts extends ActivityPorts {
  close(): Promise<void>;
}

export function createPorts(
  store: Store,
  client: DockingClient,
  log: Logger,
  publicUrl: string,
  now: () => Date = () => new Date(),
): WorkerPorts {
  const meter = createCallMeter(store, log, now);
  const feishu: Feishu = createFeishu({
    pacer: createPacer({ ledger: createLimitLedger(store.limits) }),
    meter: meter.count,
  });
  const owner = randomUUID();
  const tokenStore: TokenStore = {
    read: (key) => store.sealedTokens.read(key),
    write: (key, token, expiresAt) => store.sealedTokens.write(key, token, expiresAt),
    lease: (key, ms) => store.leases.acquire(key, ms, owner),
  };

  return {
    store,
    feishu,
    now,
    log,
    publicUrl,
    async ticketSystem(dockingId): Promise<TicketSystem> {
      const docking = await store.dockings.require(dockingId);
      return createTicketSystem(await configOf(store, docking), { tokenStore });
    },
    tellTicket: (dockingId, taken) => client.ticketChanged(dockingId, taken.ticketId, ticketChangeOf(taken)),
    feishuEvents: client,
    wakePull: (dockingId, because) => client.wakePull(dockingId, because),
    tellClick: (dockingId, ticketId, click) => client.cardClicked(dockingId, ticketId, click),
    tellDigest: ({ id, dockingId, at }) => client.digestDue({ dockingId, digestId: id, at: at.getTime() }),
    replayParked: (dockingId, reasons) => replayParked(store, client, dockingId, reasons),
    checkAgain: (dockingId) =>
      client.startValidation({ dockingId, reason: 'check-again', requestedBy: 'delivery' }),
    raiseAlert: (notice) => client.raiseAlert(notice),
    async close() {
      feishu.close();
      await meter.close();
    },
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
    ...(ticketSystem.language ? { language: ticketSystem.language } : {}),
  };
  // Pushes were checked at the door, so the adapters need not know what proves them.
  return ticketSystem.kind === 'sobot'
    ? { ...shared, kind: 'sobot', appid: ticketSystem.appid ?? '', appKey: ticketSystemKey }
    : { ...shared, kind: 'rest', apiKey: ticketSystemKey };
}
