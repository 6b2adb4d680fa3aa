/** Ticket events, what was decided about them, and what was sent because of it. */
import type { ReminderRule, Verdict } from '../rules';
import type { TicketOrder } from './ticket-order';

export interface ReminderSettings {
  dockingId: string;
  enabled: boolean;
  /** Grows by one with each save; verdicts name it. */
  version: number;
  rules: ReminderRule[];
  updatedAt: Date;
  updatedBy: string;
}

/**
 * planned: not handed to its ticket's workflow yet · handed-over: the workflow has it · silent: nobody to tell · unread: its ticket
 * could not be read yet, which is tried again · given-up: it never could, or the event was not understood.
 */
export type EventState = 'planned' | 'handed-over' | 'silent' | 'unread' | 'given-up';

/** Receiver of one event, with the reason why they got or did not get a card. */
export interface PlannedReceiver {
  role: string;
  agentId: string | null;
  employeeId: string | null;
  ruleIds: string[];
  /** Null until a card is due; otherwise the delivery that carries it. */
  deliveryId: string | null;
  /** Gate that stopped it, from the catalogue of reasons; null when a card is due. */
  suppressedBy: string | null;
  /** The card waits for the person's digest, whose workflow has it, not the ticket's. */
  digested?: true;
  /** Nobody reacted to that delivery: the same person again, or the next ones. Absent = told of the event itself. */
  followUp?: { kind: 'repeat' | 'escalate' | 'unread'; round: number; of: string };
  /** One sentence for people. */
  detail: string;
}

/** `envelope` is the event as the adapters define it; the store keeps it as it came. */
export interface EventRecord<Envelope = unknown> {
  dockingId: string;
  eventId: string;
  ticketId: string;
  type: string;
  occurredAt: Date;
  receivedAt: Date;
  /** How it came in: `api`, `adapter`, `client`. */
  entrance: string;
  envelope: Envelope;
  state: EventState;
  /** True when a newer state of the ticket was already known. */
  stale: boolean;
  verdict: Verdict | null;
  receivers: PlannedReceiver[];
  /** The cards that are due, only while the event is `planned`: whoever finds it so can write them. */
  cards?: Delivery[];
  /** Deliveries whose cards are out and show the ticket as it was before: they are brought up to date. Absent = none. */
  refreshes?: string[];
  handedOverAt: Date | null;
}

export type DeliveryState = 'planned' | 'sending' | 'sent' | 'failed' | 'unknown' | 'needs-attention';

/** What happens after a card when nobody reacts; taken from the timing of its rules. Minutes count from the sending. */
export interface FollowUpPlan {
  repeatEveryMinutes?: number;
  repeatAtMost?: number;
  escalateAfterMinutes?: number;
  unreadAfterMinutes?: number;
}

/** One card to one employee, with proof. `uuid` is derived from docking, event, rule and receiver. */
export interface Delivery {
  id: string;
  dockingId: string;
  eventIds: string[];
  ticketId: string;
  ruleIds: string[];
  role: string;
  agentId: string | null;
  employeeId: string;
  /** The one language that the person asked for. Absent = both, and the client shows its own. */
  language?: 'zh' | 'en';
  urgency: 'routine' | 'urgent';
  state: DeliveryState;
  /** Reason code of a failure or of `needs-attention`. */
  reason: string | null;
  /** Which card carried it: a new message, or an update of the living one. */
  carriedBy: 'message' | 'update' | 'digest' | null;
  messageId: string | null;
  /** Chat between bot and receiver, where a send has told it. */
  chatId?: string;
  uuid: string;
  attempts: number;
  /**
   * The first try that may have gone out: of those before it the platform said that they did not. Its one-hour uuid window counts
   * from here. Null = nothing can be out.
   */
  firstAttemptAt: Date | null;
  logId: string | null;
  plannedAt: Date;
  sentAt: Date | null;
  readAt: Date | null;
  /** Not a person: the fallback chain's group chat or webhook. `employeeId` is empty then. */
  target?: { kind: 'chat'; chatId: string } | { kind: 'webhook' };
  followUp?: FollowUpPlan;
  /** Goes into the living card when that is younger; absent = a new message in any case. */
  updateWithinSeconds?: number;
  /** Not sent before: quiet hours, or the person's digest. */
  notBefore?: Date;
  /** Goes out with a digest, never by itself. */
  digestId?: string;
  /** The delivery that carries it, once its digest is on its way. */
  bundledInto?: string;
  /** Of a delivery that carries others: a digest. Its own `ticketId` is empty. */
  bundles?: { digestId: string; deliveryIds: string[] };
  /** How many of `eventIds` the card shows, and since when; absent = the first one, since it was sent. */
  shown?: { events: number; at: Date };
  /** The ticket moved on while the docking could not change the card: the card is brought up to date when it can. */
  behindSince?: Date;
  /** The platform changes its card no more since then: too old, gone, a plain text, or refused words. */
  frozenAt?: Date;
  /** The delivery whose card could not be changed any more, or went out with a digest: this one goes on from there. */
  after?: string;
}

/**
 * What one person gets in one card at one moment. waiting: no workflow knows of it yet · handed-over: one waits for its time ·
 * told: nothing is left to tell.
 */
export interface DigestRecord {
  id: string;
  dockingId: string;
  employeeId: string;
  at: Date;
  state: 'waiting' | 'handed-over' | 'told';
  /** Cards that went out for it; above 1 when something came too late for the first. */
  round: number;
  /** How often it was waiting: tells one that was opened again from the one that was handed over. */
  opened: number;
}

/** Latest known state of a ticket: judges stale events and is what snapshots are compared with. */
export interface TicketRecord<Snapshot = unknown> {
  dockingId: string;
  ticketId: string;
  /** Null while no event has told its state. */
  order: TicketOrder | null;
  snapshot: Snapshot;
  /** Adapter's own raw snapshot, where pushes must be compared. */
  raw: unknown;
  updatedAt: Date;
  /** When it was last told to be solved, closed or deleted; it may be open again. Absent = never. */
  finishedAt?: Date;
  /** True while a card of this ticket may be followed up: its workflow wants to hear of every change. */
  followedUp?: boolean;
  /** What its workflow was last told to wait for, in one text; absent = nothing. */
  deadlinesKey?: string;
}

export type ClickAction = 'claim' | 'acknowledge' | 'snooze' | 'reply' | 'close';

/**
 * A click on a card, by the bound agent it was sent to; or the same decided by an operator. `id` names card and action, for a
 * note its text too, from the second on how often the ticket had moved on and it was clicked again.
 */
export interface ClickRecord {
  id: string;
  dockingId: string;
  deliveryId: string;
  ticketId: string;
  employeeId: string;
  /** Empty where the card went to no agent. */
  agentId: string;
  action: ClickAction;
  /** A note that waits to be written into the ticket. */
  text: string | null;
  /** Of a snooze. */
  minutes: number | null;
  askedAt: Date;
  /** The account that decided it in the employee's place, by an update of the ticket's run. Absent = a click on the card. */
  by?: string;
  /** Grows when somebody clicks again after a refusal. */
  attempts: number;
  /** `unknown`: the ticket system did not tell whether it took effect. */
  state: 'asked' | 'done' | 'refused' | 'unknown';
  reason: string | null;
  /** Null until the ticket's workflow has it. */
  handedOverAt: Date | null;
  /** When there was last something to tell on the card: that it takes longer, or what became of it. Absent before. */
  toldAt?: Date;
  /** Event ids of the platform's callbacks that asked for it, latest last, at most 50: each may come again for hours. */
  callbacks?: string[];
  /** Order of the ticket's state after it took effect, where the ticket system told. */
  order?: TicketOrder | null;
}

/** A push in the ticket system's own format, proven at the door and stored raw before it is answered. */
export interface PushRecord {
  id: string;
  dockingId: string;
  /** `hint`: found by a look whose ticket could not be read; `body` is the hint in our own words. Default: `push`. */
  kind?: 'push' | 'hint';
  body: string;
  receivedAt: Date;
  state: 'stored' | 'done' | 'refused';
  /** A code of `tickets/failure.ts`, or `internal`. */
  reason: string | null;
  /** How often it could not be read. Default: 0. */
  tries?: number;
  /** It waits until then. Default: it does not. */
  nextTryAt?: Date | null;
}
