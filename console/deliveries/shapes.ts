/** What the API says of events, of why somebody was told or not, and of cards. Times are RFC 3339. */
import type { Trace } from '../../rules/trace';

export const DELIVERY_STATES = [
  'planned',
  'sending',
  'sent',
  'failed',
  'unknown',
  'needs-attention',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
/** Those that a person has to look at; each can be replayed. */
export const STUCK_STATES = ['needs-attention', 'failed', 'unknown'] as const;
export type StuckState = (typeof STUCK_STATES)[number];
export const EVENT_STATES = ['planned', 'handed-over', 'silent', 'unread', 'given-up'] as const;
export type EventState = (typeof EVENT_STATES)[number];

export interface Delivery {
  id: string;
  eventIds: string[];
  /** Empty for a digest. */
  ticketId: string;
  ruleIds: string[];
  role: string;
  agentId: string | null;
  /** Empty where a chat or webhook got it. */
  employeeId: string;
  urgency: 'routine' | 'urgent';
  state: DeliveryState;
  reason: string | null;
  carriedBy: 'message' | 'update' | 'digest' | null;
  messageId: string | null;
  uuid: string;
  attempts: number;
  firstAttemptAt: string | null;
  logId: string | null;
  plannedAt: string;
  sentAt: string | null;
  readAt: string | null;
  target?: { kind: 'chat'; chatId: string } | { kind: 'webhook' };
  notBefore?: string;
  digestId?: string;
  bundledInto?: string;
  bundles?: { digestId: string; deliveryIds: string[] };
  after?: string;
}

export interface JudgedRule {
  ruleId: string;
  name: string;
  matched: boolean;
  /** Null for a test card, which nothing was judged for. */
  trace: Trace | null;
}

export type Outcome = 'sent' | 'updated' | 'digested' | 'suppressed' | 'pending' | 'failed';

export interface EventReceiver {
  role: string;
  agentId: string | null;
  employeeId: string | null;
  ruleIds: string[];
  outcome: Outcome;
  reason: string | null;
  detail: string;
  deliveryId: string | null;
  carriedByDeliveryId: string | null;
  messageId: string | null;
}

export interface TicketEvent {
  eventId: string;
  ticketId: string;
  type: string;
  state: EventState;
  occurredAt: string;
  receivedAt: string;
  entrance: string;
  stale: boolean;
  rulesVersion: number | null;
  summary: string;
  explanation: { en: string[]; zh: string[] };
  rules: JudgedRule[];
  receivers: EventReceiver[];
}

export interface WhyForAgent {
  ticketId: string;
  agentId: string;
  bound: 'active' | 'suspended' | 'unbound';
  summary: string;
  events: {
    eventId: string;
    type: string;
    occurredAt: string;
    outcome: Outcome | 'not-meant';
    reason: string | null;
    deliveryId?: string | null;
    explanation: { en: string; zh: string };
  }[];
}
