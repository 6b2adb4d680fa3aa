/**
 * Everything that can be said to a running workflow, and every input and result, in one place.
 * Machine events are signals; human decisions are updates with synchronous validators. All of it is ids, states,
 * counts and times: never a secret, never personal data, never a ticket.
 */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Deadline, FollowUp, TicketEventReference } from '../activities';

export type {
  AdminNotice,
  ChecklistView,
  CredentialValidationReport,
  FollowUp,
  ItemVerdict,
  StepEventView,
  StepOwner,
  StepView,
  TicketEventReference,
} from '../activities';

// --- credentials, alerts, onboarding ----------------------------------------------------------------------------

export * from './set-up-messages';

// --- directory sync --------------------------------------------------------------------------------------------

export interface DirectorySyncInput {
  dockingId: string;
  runId: string;
  mode: 'preview' | 'apply';
  startedBy: string;
}
export interface SyncCountsView {
  joined: number;
  changed: number;
  moved: number;
  left: number;
  returned: number;
  unchanged: number;
  parked: number;
}
export interface DirectorySyncResult {
  runId: string;
  state: 'applied' | 'discarded' | 'failed';
  departments: number;
  employees: number;
  counts: SyncCountsView;
  calls: number;
}
export interface SyncProgress {
  runId: string;
  state: 'running' | 'paused' | 'awaiting-apply' | 'guarded' | 'applied' | 'discarded' | 'failed';
  phase: string;
  departments: number;
  employees: number;
  percent: number;
  etaSeconds: number | null;
  /** People read per minute since the pull began, pauses left out; null before the first part is read and after the pull. */
  ratePerMinute: number | null;
  /** open_department_id of the department read last; null before the first and after the pull. */
  current: string | null;
  counts: SyncCountsView | null;
}
export const applyChangeSet = defineUpdate<SyncProgress, [{ by: string; runId: string }]>('applyChangeSet');
export const discardChangeSet = defineUpdate<SyncProgress, [{ by: string; runId: string }]>(
  'discardChangeSet',
);
export const pause = defineUpdate<void, [{ by: string }]>('pause');
export const resume = defineUpdate<void, [{ by: string }]>('resume');
export const progress = defineQuery<SyncProgress>('progress');
/** Started by a schedule: gives the night's run an id and starts it, unless a run is under way. */
export interface NightlyDirectorySyncInput {
  dockingId: string;
}
export interface DirectoryChangesInput {
  dockingId: string;
  /** Carried through continue-as-new. */
  carried?: DirectoryChange[];
  /** Unix milliseconds of a change of the contact range that no full run has seen yet. */
  rangeChangedAt?: number | null;
}
/** One contact event, in ids. Repetitions and order do not matter: what it names is read again. */
export interface DirectoryChange {
  eventId: string;
  /** The platform's name, e.g. `contact.user.updated_v3`. */
  type: string;
  /** open_id of the person or open_department_id of the department; absent when the contact range changed. */
  subjectId?: string;
  /** People whom a change of the contact range names, at most 500. The full run that follows finds everybody else. */
  employeeIds?: string[];
}
export interface DirectoryChangesResult {
  events: number;
  employees: number;
  departments: number;
}
/** A change in the company's directory; bursts are coalesced by `directoryChanges`. */
export const directoryChanged = defineSignal<[DirectoryChange]>('directoryChanged');

// --- agent binding ---------------------------------------------------------------------------------------------

export type AgentBindingInput =
  | {
      kind: 'auto';
      dockingId: string;
      runId: string;
      by: ('mobile' | 'email')[];
      dryRun: boolean;
      /** Country of numbers that are written without one, e.g. `CN`. */
      region: string;
      startedBy: string;
    }
  | {
      kind: 'create-agent';
      dockingId: string;
      runId: string;
      employeeId: string;
      template: { role: string; groupIds: string[] };
      startedBy: string;
    }
  | {
      kind: 'invite';
      dockingId: string;
      runId: string;
      /** At most 500. */
      employeeIds: string[];
      startedBy: string;
    };
export interface AgentBindingResult {
  runId: string;
  state: 'done' | 'failed';
  outcomes: Record<string, number>;
}
export interface BindingProgress {
  runId: string;
  state: 'running' | 'paused' | 'done' | 'failed';
  done: number;
  total: number;
}
export const bindingProgress = defineQuery<BindingProgress>('progress');

// --- ticket notification ---------------------------------------------------------------------------------------

/** What the workflow is told about one ticket event. */
export interface TicketChange {
  eventId: string;
  /** Due cards, when the event was already judged at the intake; absent = judge it here. */
  deliveryIds?: string[];
  /** True when at least one due card is urgent. */
  urgent?: boolean;
  /** A hint for whoever hands it over: the ticket's workflow is likely to run already. */
  waiting?: boolean;
  /** Ticket's status type after the event, for the search attribute. */
  statusType?: string;
  /** What it means for cards that are followed up: all end, or those of the assignee before. */
  settles?: 'closed' | 'reassigned';
  /** What the ticket has ahead, instead of what it had; absent = as before. */
  deadlines?: Deadline[];
  /** Rules that wait for this event, beside those before. */
  rechecks?: Deadline[];
  /** Deliveries whose cards are out and do not show the ticket as it is now. */
  refreshes?: string[];
  /**
   * Only when a Node ticket system signals directly: what happened, in ids and field codes. The ticket itself is
   * read from the ticket system by the judging activity, so that it never enters the history.
   */
  reference?: TicketEventReference;
}
export interface TicketNotificationInput {
  dockingId: string;
  ticketId: string;
  /** What it was started for; what happens later comes as signals. Absent when a signal came with the start. */
  first?: TicketChange;
  carried?: TicketNotificationState;
}
/** Bounded; carried through continue-as-new. */
export interface TicketNotificationState {
  seenEventIds: string[];
  sent: number;
  failed: number;
  watched: WatchedCard[];
  /** Moments at which something becomes true by time alone. Absent in states of before. */
  deadlines?: Deadline[];
  /** Events whose ticket could not be read yet, oldest first. Absent = none. */
  unread?: UnreadEvent[];
}
export type UnreadEvent = Required<Pick<TicketChange, 'eventId' | 'reference'>>;
/** A card that is waited on: quiet hours end, or somebody must react. Times in Unix milliseconds. */
export interface WatchedCard extends FollowUp {
  /** Repetitions made so far. */
  rounds: number;
  /** Not sent before. */
  heldUntil?: number;
  /** A step that was moved there: until then nobody may be told. */
  quietUntil?: number;
  repeatAt?: number;
  escalateAt?: number;
  unreadAt?: number;
  /** The card that is out says when it reminds again. Absent in states of before. */
  snoozed?: true;
}
/** A click on a card, by the bound agent it went to; the record of the click holds the rest. */
export interface CardClicked {
  clickId: string;
  deliveryId: string;
  employeeId: string;
  action: 'claim' | 'acknowledge' | 'snooze' | 'reply' | 'close';
  /** Of a snooze. */
  minutes?: number;
}
/** What a finished run has done. */
export interface TicketResult {
  sent: number;
  failed: number;
}
export interface TicketWhy {
  ticketId: string;
  sent: number;
  failed: number;
  waitingFor: string | null;
  /** When the next card goes out if nobody reacts, RFC 3339. */
  nextAt: string | null;
  recentEventIds: string[];
}
export const ticketChanged = defineSignal<[TicketChange]>('ticketChanged');
export const cardClicked = defineSignal<[CardClicked]>('cardClicked');
export const acknowledge = defineUpdate<TicketWhy, [{ by: string; employeeId: string }]>('acknowledge');
export const snooze = defineUpdate<TicketWhy, [{ by: string; employeeId: string; minutes: number }]>(
  'snooze',
);
export const why = defineQuery<TicketWhy>('why');

// --- digest ----------------------------------------------------------------------------------------------------

export interface PersonDigestInput {
  dockingId: string;
  /** A hash of person and moment. */
  digestId: string;
  /** When it goes out, Unix ms. */
  at: number;
}
export interface DigestDue {
  /** Delivery of a digest that was made before and is to go out after all. Absent: something waits. */
  replay?: string;
}
export interface PersonDigestResult {
  sent: number;
  failed: number;
}
/** Safe to repeat. */
export const digestDue = defineSignal<[DigestDue]>('digestDue');

// --- ticket system pull ----------------------------------------------------------------------------------------

export interface TicketSystemPullInput {
  dockingId: string;
}
/** Pushes of the ticket system are stored; turn them into events. */
export const pushesStored = defineSignal('pushesStored');
/** Time to look for changes that no push told. */
export const pullDue = defineSignal('pullDue');
export const refreshAgents = defineUpdate<{ agents: number }, [{ by: string }]>('refreshAgents');
