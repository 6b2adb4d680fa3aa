import type { LRUCache } from 'lru-cache';

/** The records of the simulated ticket systems, in words of their own; each API translates them. */

export type StatusType = 'new' | 'in_progress' | 'waiting' | 'paused' | 'solved' | 'closed' | 'deleted';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type AgentStatus = 'active' | 'inactive' | 'disabled' | 'deleted';

export interface TicketAgent {
  readonly agentId: string;
  name: string;
  email: string;
  /** Any notation, as people type it; empty when unknown. */
  mobile: string;
  groupIds: string[];
  status: AgentStatus;
  /** Role key of the system, e.g. `5555` (Sobot) or `agent` (REST). */
  role: string;
  nick: string;
  maxAccept: number;
  updatedAt: number;
}

export interface TicketGroup {
  readonly groupId: string;
  name: string;
  /** Tickets are assigned to ticket groups only. */
  kind: 'ticket' | 'online' | 'phone';
}

export interface TicketStatus {
  readonly code: string;
  name: string;
  nameEn: string;
  type: StatusType;
  /** Added by the company; everything else comes with the product. */
  custom: boolean;
}

export interface TicketCategory {
  readonly categoryId: string;
  /** `After-sales/Refund`. */
  path: string;
}

export interface TicketField {
  readonly fieldId: string;
  name: string;
  /** Sobot's numbers: 1 text, 5 number, 6 select, 12 date and time. */
  type: number;
  options: { value: string; name: string }[];
}

export type ActorType = 'agent' | 'customer' | 'automation' | 'system';
export interface Actor {
  type: ActorType;
  /** Empty for automation and system. */
  id: string;
  name: string;
}

export interface TicketReply {
  readonly replyId: string;
  text: string;
  public: boolean;
  by: Actor;
  /** Virtual milliseconds, as all times here. */
  at: number;
}

export interface TicketLogRow {
  title: string;
  contents: Record<string, string>;
  by: Actor;
  at: number;
}

export interface Customer {
  readonly customerId: string;
  name: string;
  tels: string[];
  emails: string[];
  vip: boolean;
  organization: string;
}

export interface SimulatedTicket {
  readonly ticketId: string;
  readonly code: string;
  /** Grows by one with every change. */
  version: number;
  title: string;
  /** HTML. */
  content: string;
  statusCode: string;
  priority: Priority;
  /** Sobot's source number as text. */
  source: string;
  categoryId: string;
  groupId: string;
  agentId: string;
  creator: Actor;
  customer: Customer;
  followerIds: string[];
  ccAgentIds: string[];
  tags: string[];
  fields: Record<string, string>;
  replies: TicketReply[];
  log: TicketLogRow[];
  urges: { byAgentId: string; remark: string; at: number }[];
  rating: { score: number; remark: string; at: number } | null;
  createdAt: number;
  updatedAt: number;
  firstAcceptAt: number | null;
  closedAt: number | null;
  firstResponseDueAt: number | null;
  dueAt: number | null;
  reopenCount: number;
  /** A flow ticket takes writes of status and assignee without effect. */
  flow: boolean;
}

export type PushFormat = 'wrapper' | 'flat' | 'bare';

export interface PushTarget {
  /** Empty = no push. A secret in the query string belongs to the URL. */
  url: string;
  /** Sobot only: the documented wrapper, the flat object seen live, or a bare list. */
  format: PushFormat;
}

/** A push that nobody acknowledged. */
export interface MissedPush {
  readonly at: number;
  readonly body: Record<string, unknown>;
}

/** One recorded event of the REST contract, replayed by `GET /v1/events`. */
export interface RecordedEvent {
  readonly eventId: string;
  readonly at: number;
  readonly body: Record<string, unknown>;
}

/** What a company changed about a ticket in one action. */
export interface Change {
  field: string;
  from: unknown;
  to: unknown;
}

/** One action on a ticket and everything it caused, the raw material of a push. */
export interface Happening {
  readonly ticket: SimulatedTicket;
  readonly actor: Actor;
  readonly at: number;
  readonly causeId: string;
  /** `ticket.assigned_agent`, …; empty when nothing changed. */
  readonly events: string[];
  readonly changes: Change[];
  readonly reply?: TicketReply;
  readonly urge?: { byAgentId: string; remark: string; at: number };
  readonly sla?: { metric: string; dueAt: number | null; state: string };
}

export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: number;
}

export interface TicketSystem {
  readonly id: string;
  readonly kind: 'sobot' | 'rest';
  name: string;
  /** IANA zone of the company's clock. */
  timezone: string;
  readonly companyId: string;
  /** Sobot. */
  appid: string;
  appKey: string;
  /** REST. */
  apiKey: string;
  /** Sign the pushes of the REST contract with the first; the second is valid while rotating. */
  webhookSecrets: string[];
  push: PushTarget;
  readonly agents: Map<string, TicketAgent>;
  readonly groups: Map<string, TicketGroup>;
  statuses: TicketStatus[];
  categories: TicketCategory[];
  fields: TicketField[];
  readonly tickets: Map<string, SimulatedTicket>;
  /** Newest last; only Sobot issues tokens. */
  tokens: IssuedToken[];
  missedPushes: MissedPush[];
  recordedEvents: RecordedEvent[];
  /** REST idempotency keys: fingerprint of the request and the answer it got. */
  readonly idempotency: LRUCache<string, { fingerprint: string; status: number; body: unknown }>;
}

/** What the generator needs to know about an employee; a person of the Feishu side fits. */
export interface Colleague {
  name: string;
  email: string;
  enterpriseEmail?: string;
  mobile: string;
  status?: string;
}
