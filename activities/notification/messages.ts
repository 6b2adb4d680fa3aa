/** What a ticket's workflow and its activities tell each other: ids, codes and times. */
import type { FollowUpPlan } from '../../store';

/** What happened, in ids and field codes; the ticket itself is read when the event is judged. */
export interface TicketEventReference {
  type: string;
  occurredAt: string;
  causeId?: string;
  actor: { type: 'customer' | 'agent' | 'system' | 'automation'; id: string };
  /** Field codes and ids only, e.g. assigneeId, groupId, priority, statusType. */
  changes: { field: string; from: string | null; to: string | null }[];
}
export interface EventToJudge {
  dockingId: string;
  ticketId: string;
  eventId: string;
  reference: TicketEventReference;
}
/** What the last try to judge an event failed with: type and message of the failure. */
export interface GivenUp {
  code: string;
  message: string;
}
/** What an operator decided in an employee's place. `at` in Unix ms; `by` is the id of an account. */
export interface TicketDecision {
  decisionId: string;
  dockingId: string;
  ticketId: string;
  kind: 'acknowledge' | 'snooze';
  by: string;
  employeeId: string;
  minutes?: number;
  at: number;
  /** Cards whose reminders it ended or moved. */
  deliveryIds: string[];
}
export interface TriedAtOnce {
  /** How many failed for good; whatever is named nowhere here was sent. Absent = none. */
  failed?: number;
  /** Not sent yet: rate, outage, or an answer that got lost. Absent = none. */
  later?: string[];
  /** Cards that go out instead of some that failed, or that cannot be changed any more. Absent = none. */
  instead?: string[];
  /** Quiet hours: not to be sent before `at` (Unix ms). Absent when there are none. */
  held?: HeldCard[];
  /** What happens when nobody reacts to those that were sent. Absent when nothing does. */
  followUps?: FollowUp[];
}
/** A card of quiet hours; `at` in Unix ms. */
export interface HeldCard {
  deliveryId: string;
  employeeId: string;
  role: string;
  at: number;
}
/** Of a card that went the patient way. */
export interface DeliveredLate {
  outcome: 'sent' | 'failed' | 'held';
  /** Cards that go out instead. Absent = none. */
  instead?: string[];
  followUp?: FollowUp;
  held?: HeldCard;
}
/** A sent card that is followed up. */
export interface FollowUp extends FollowUpPlan {
  deliveryId: string;
  employeeId: string;
  role: string;
}
