/** What the activities need from the outside world; `worker/` builds it once per process. */
import type { Logger } from 'pino';
import type { Feishu } from '../feishu';
import type { DigestRecord, Store } from '../store';
import type { FeishuEventReceivers, Taken, ToldClick } from '../intake';
import type { TicketSystem } from '../tickets';
import type { AdminNotice } from './alerts/notice';

export interface ActivityPorts {
  store: Store;
  /** Platform clients per docking; paced, with shared token cache. */
  feishu: Feishu;
  /** The docking's ticket system, ready to call. */
  ticketSystem(dockingId: string): Promise<TicketSystem>;
  /** Hands an event's due cards to its ticket's workflow. */
  tellTicket(dockingId: string, taken: Taken): Promise<void>;
  /** Hands a click on a card to its ticket's workflow; safe to repeat. */
  tellClick(dockingId: string, ticketId: string, click: ToldClick): Promise<void>;
  /** Has a digest go out at its time; safe to repeat. */
  tellDigest(digest: Pick<DigestRecord, 'id' | 'dockingId' | 'at'>): Promise<void>;
  /** Whom events of Feishu are handed to. */
  feishuEvents: FeishuEventReceivers;
  /** Has what the ticket system did turned into events: stored pushes, or changes that no push told. */
  wakePull(dockingId: string, because: 'pushes' | 'changes'): Promise<void>;
  /** Sends again, under the same keys, what was parked for these reasons; gives how many. Safe to repeat. */
  replayParked(dockingId: string, reasons: readonly string[]): Promise<number>;
  /** Has the set-up of the docking read back from the platform soon; safe to repeat. */
  checkAgain(dockingId: string): Promise<void>;
  /** Hands word for the docking's admins to whoever tells them; safe to repeat. */
  raiseAlert(notice: AdminNotice): Promise<void>;
  now: () => Date;
  log: Logger;
  /** Where people reach the API from outside, for links in messages. No trailing slash. */
  publicUrl: string;
}
