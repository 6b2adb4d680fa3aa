/** The activities' view of the world, built from the running parts. */
import type { Logger } from 'pino';
import type { ActivityPorts } from '../activities';
import type { DockingClient } from '../client';
import { replayParked, ticketChangeOf } from '../intake';
import { createFeishu, createPacer, type Feishu } from '../feishu';
import type { Store } from '../store';
import { createCallMeter } from './call-meter';
import { createLimitLedger } from './limit-ledger';
import { createTicketSystems } from './ticket-systems';

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
  return {
    store,
    feishu,
    now,
    log,
    publicUrl,
    ticketSystem: createTicketSystems(store, log),
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
