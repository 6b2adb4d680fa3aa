import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Agent, AgentDraft, AgentGroup } from './agent';
import type { Priority, StatusType, Ticket, TicketEvent } from './event';
import type { TicketSystemErrorCode } from './failure';

/** What a ticket system can do. Actions and events not listed are refused as `unsupported`. */
export interface Capabilities {
  name: string;
  version?: string;
  /** IANA zone of the company's clock. */
  timezone: string;
  actions: TicketActionKind[];
  /** Event types the source can produce; empty when it does not say. */
  events: string[];
  /** A link to a ticket, with `{id}` or `{code}` in it. */
  ticketUrlTemplate?: string;
}

export interface TicketStatus {
  code: string;
  name: string;
  type: StatusType;
}

export interface AgentPage {
  agents: Agent[];
  /** Where the next page begins; null on the last. Pass it to `listAgents` to resume. */
  nextCursor: string | null;
}

export type TicketActionKind =
  | 'claim'
  | 'assign'
  | 'unassign'
  | 'reply'
  | 'note'
  | 'set_status'
  | 'set_priority'
  | 'solve'
  | 'close'
  | 'reopen'
  | 'urge';

/** Something an agent does to a ticket from the chat. `actorAgentId` is the bound agent who clicked. */
export interface TicketAction {
  kind: TicketActionKind;
  actorAgentId: string;
  toAgentId?: string;
  toGroupId?: string;
  /** The ticket system's status code, for `set_status`. */
  status?: string;
  priority?: Priority;
  /** For `reply`, `note` and `urge`. */
  text?: string;
  /** When the person asked, RFC 3339: the same text by the same agent since then is this reply, not another. */
  requestedAt?: string;
  /** Takes the ticket from somebody else; without it a claim of a held ticket is refused as `stale`. */
  force?: boolean;
}

/** `unknown` = sent, outcome not found out: look at the ticket before doing it again. */
export type ActResult =
  | { state: 'done'; ticket: Ticket }
  | { state: 'refused'; code: TicketSystemErrorCode; platformCode?: string; nextStep: string }
  | { state: 'unknown'; nextStep: string };

/** "Something happened to this ticket", from a push, a poll or the list of missed pushes. */
export interface TicketHint {
  ticketId: string;
  source: 'push' | 'poll' | 'missed-push';
  /** UTC, RFC 3339. */
  updatedAt?: string;
  /** Who acted, where only a name is told. */
  actorName?: string;
  urge?: { byAgentId?: string; remark?: string; at?: string };
  sla?: { firstResponseDueAt?: string; dueAt?: string };
  /** The whole signed event, where the source sends one; then nothing is read again. */
  event?: TicketEvent;
}

/** What the last look at a ticket showed; keep it per ticket and hand it to the next `hydrate`. Plain JSON. */
export interface TicketSnapshot {
  ticket: Ticket;
  /** Ids of the replies already turned into events. */
  replyIds: string[];
  takenAt: string;
}

export interface Hydrated {
  /** Oldest first; empty when nothing new happened. */
  events: TicketEvent[];
  snapshot: TicketSnapshot;
}

export interface ChangedTickets {
  hints: TicketHint[];
  /** Pass it as `since` of the next call. UTC, RFC 3339. */
  nextSince: string;
}

/** How a push came in, besides its body and headers. */
export interface PushArrival {
  /** The query string of the address it was pushed to. */
  query?: Record<string, string | undefined>;
  /** Unix milliseconds; a signature is judged by this time, so a stored push may be read later. Default: now. */
  receivedAt?: number;
  /** True for a push whose signature or token was checked before it was stored. */
  verified?: boolean;
}

/** A push as it came in. */
export interface PushedBody extends PushArrival {
  body: string | Buffer;
  headers: Record<string, string | string[] | undefined>;
  receivedAt: number;
}

/** One ticket system, seen the same way whatever it is. Every call may fail with a `TicketSystemError`. */
export interface TicketSystem {
  /** Cheapest call that proves address and credentials. */
  capabilities(): Promise<Capabilities>;
  /** Pages of agents from `cursor` (default: the first page). */
  listAgents(cursor?: string | null): AsyncIterable<AgentPage>;
  /** Exact match on every given criterion, after normalising; all matches, so that nobody guesses. */
  findAgent(by: { id?: string; email?: string; phone?: string }): Promise<Agent[]>;
  /** Repeats safely with the same key and draft: there is never a second agent. `already-exists` names the id. */
  createAgent(idempotencyKey: string, draft: AgentDraft): Promise<Agent>;
  listGroups(): Promise<AgentGroup[]>;
  listStatuses(): Promise<TicketStatus[]>;
  getTicket(id: string): Promise<Ticket>;
  /** Tickets changed since a time, each at least once, any order. The safety net under the push. */
  listChangedTickets(since: string): Promise<ChangedTickets>;
  /** Pushes the ticket system knows it could not deliver since a time. */
  listMissedPushes(since: string): Promise<ChangedTickets>;
  /** Repeats safely: a repeated action that already took effect answers `done`. */
  act(idempotencyKey: string, ticketId: string, action: TicketAction): Promise<ActResult>;
  /**
   * Reads a pushed body; no network. Fails with `push-refused` on a bad signature or token and `push-malformed`
   * on a body that cannot be read.
   */
  parsePush(
    rawBody: string | Buffer,
    headers: Record<string, string | string[] | undefined>,
    arrival?: PushArrival,
  ): TicketHint[];
  /** The JSON body that tells the ticket system its push was taken. */
  pushAcknowledgement(): unknown;
  /** Turns a hint into events by comparing the ticket with its previous snapshot. Same hint twice, same event ids. */
  hydrate(hint: TicketHint, previous: TicketSnapshot | null): Promise<Hydrated>;
}

/** Where tokens live that all workers share. Keys are opaque; the token is a secret: seal it at rest. */
export interface TokenStore {
  read(key: string): Promise<{ token: string; expiresAt: number } | null>;
  /** `expiresAt` in Unix milliseconds. */
  write(key: string, token: string, expiresAt: number): Promise<void>;
  /** Exclusive for at most `ms`; null when somebody else holds it. Call the result to give it back. */
  lease(key: string, ms: number): Promise<(() => Promise<void>) | null>;
}

/** State that all workers share, changed by compare and set. */
export interface SharedState {
  /** Version 0 and null when nothing was ever kept. */
  load<State>(key: string): Promise<{ version: number; state: State | null }>;
  /** False when the version has moved: load and decide again. `state` is plain JSON. */
  swap(key: string, expectedVersion: number, state: unknown): Promise<boolean>;
}

/** Time as the adapters see it; tests bring their own. `now` in Unix milliseconds. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

/**
 * `appid-shared`: tokens die early, another system uses the same appid – ask Sobot for a separate one.
 * `clock-zone-mismatch`: writes are called stale although the ticket did not change – check the docking's zone.
 */
export type TicketSystemWarning = 'appid-shared' | 'clock-zone-mismatch';

export interface TicketSystemPorts {
  /** Default: in memory, good for one process. */
  tokenStore?: TokenStore;
  /** Whoever shares it shares the pace of calls. Default: in memory, good for one adapter. */
  sharedState?: SharedState;
  /** Default: keep-alive agents shared by all adapters of the process. */
  httpAgent?: HttpAgent;
  httpsAgent?: HttpsAgent;
  clock?: Clock;
  /** Told about set-up mistakes that do not stop the work. */
  onWarning?: (warning: TicketSystemWarning) => void;
}

interface TicketSystemSettings {
  /** Part of derived event ids, so that two dockings of one company never share one. */
  dockingId: string;
  baseUrl: string;
  /** IANA zone of the company. Default `Asia/Shanghai` (Sobot), `UTC` (REST). */
  timezone?: string;
  language?: 'zh' | 'en';
  /** Tickets made before this time are learnt silently. UTC, RFC 3339. Default: every ticket is new. */
  liveSince?: string;
  /** A link to a ticket, with `{id}` or `{code}` in it. Default: what a REST system tells of itself. */
  ticketUrlTemplate?: string;
  /** Give up on one call after this. Default 20,000 ms. */
  timeoutMs?: number;
}

export interface SobotConfig extends TicketSystemSettings {
  kind: 'sobot';
  appid: string;
  appKey: string;
  /** Expected `access_token` in the push URL; several while rotating. Sobot signs nothing. Default: not checked. */
  webhookSecret?: string | string[];
  /** How many calls all workers together begin in a second. Default 5: Sobot states no limit. */
  callsPerSecond?: number;
}

export interface RestConfig extends TicketSystemSettings {
  kind: 'rest';
  apiKey: string;
  /** Signs the pushes; two while rotating. Without one every push is refused. */
  webhookSecret?: string | string[];
}

export type TicketSystemConfig = SobotConfig | RestConfig;
