/**
 * Every name that the Temporal side of the product shares: workflow ids and their inverse, workflow types,
 * task queues, schedule ids, search attributes. Ids are business keys, readable in a list, and carry no personal data.
 */
import { defineSearchAttributeKey } from '@temporalio/common';

/** `docking` runs workflows, `feishu` holds platform calls (rate-limited), `store` everything else. */
export const TASK_QUEUES = { docking: 'docking', feishu: 'feishu', store: 'store' } as const;

/** Workflow types as they are registered; equal to the exported function names. */
export const WORKFLOW_TYPES = {
  credentialValidation: 'credentialValidation',
  secretRotation: 'secretRotation',
  setUpRepair: 'setUpRepair',
  dockingAlerts: 'dockingAlerts',
  onboardingReview: 'onboardingReview',
  directorySync: 'directorySync',
  directoryChanges: 'directoryChanges',
  nightlyDirectorySync: 'nightlyDirectorySync',
  agentBinding: 'agentBinding',
  ticketNotification: 'ticketNotification',
  personDigest: 'personDigest',
  ticketSystemPull: 'ticketSystemPull',
  handoverSweep: 'handoverSweep',
} as const;

/** Ids of ours and of the ticket system, in characters. */
export const LONGEST_ID = 400;
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_ID;

export const credentialValidationId = (dockingId: string): string => `docking:${dockingId}:credentials`;
export const secretRotationId = (dockingId: string): string => `docking:${dockingId}:rotation`;
export const setUpRepairId = (dockingId: string): string => `docking:${dockingId}:repair`;
export const dockingAlertsId = (dockingId: string): string => `docking:${dockingId}:alerts`;
export const onboardingReviewId = (dockingId: string): string => `docking:${dockingId}:onboarding`;
export const directorySyncId = (dockingId: string): string => `docking:${dockingId}:directory`;
export const directoryChangesId = (dockingId: string): string => `docking:${dockingId}:directory-changes`;
export const nightlyDirectorySyncId = (dockingId: string): string => `docking:${dockingId}:directory-nightly`;
export const agentBindingId = (dockingId: string, runId: string): string =>
  `docking:${dockingId}:binding:${runId}`;
export const ticketSystemPullId = (dockingId: string): string => `docking:${dockingId}:tickets`;
export const ticketNotificationId = (dockingId: string, ticketId: string): string =>
  `ticket:${dockingId}:${ticketId}`;
/** The digest's id is a hash of person and moment. */
export const personDigestId = (dockingId: string, digestId: string): string =>
  `docking:${dockingId}:digest:${digestId}`;
export const HANDOVER_SWEEP_ID = 'sweep:handover';

/** Schedules; their runs get the workflow id plus a start time that the server appends. */
export const driftScheduleId = (dockingId: string): string => `docking:${dockingId}:credentials:drift`;
export const nightlySyncScheduleId = (dockingId: string): string => `docking:${dockingId}:directory:nightly`;
export const HANDOVER_SWEEP_SCHEDULE_ID = 'sweep:handover:schedule';

export type EntityKind =
  | 'credentials'
  | 'rotation'
  | 'repair'
  | 'alerts'
  | 'onboarding'
  | 'directory'
  | 'directory-changes'
  | 'directory-nightly'
  | 'tickets';
export type WorkflowSubject =
  | { kind: EntityKind; dockingId: string }
  | { kind: 'binding'; dockingId: string; runId: string }
  | { kind: 'digest'; dockingId: string; digestId: string }
  | { kind: 'ticket'; dockingId: string; ticketId: string };

/** Inverse of the id functions; accepts the start time that schedules append. Null for an id that is not ours. */
export function workflowSubject(workflowId: string): WorkflowSubject | null {
  const id = workflowId.replace(/-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, '');
  const ticket = /^ticket:([^:]+):(.+)$/.exec(id);
  if (ticket?.[1] && ticket[2]) return { kind: 'ticket', dockingId: ticket[1], ticketId: ticket[2] };
  const binding = /^docking:([^:]+):binding:(.+)$/.exec(id);
  if (binding?.[1] && binding[2]) return { kind: 'binding', dockingId: binding[1], runId: binding[2] };
  const digest = /^docking:([^:]+):digest:(.+)$/.exec(id);
  if (digest?.[1] && digest[2]) return { kind: 'digest', dockingId: digest[1], digestId: digest[2] };
  const entity =
    /^docking:([^:]+):(credentials|rotation|repair|alerts|onboarding|directory|directory-changes|directory-nightly|tickets)$/.exec(
      id,
    );
  if (!entity?.[1]) return null;
  return { kind: entity[2] as EntityKind, dockingId: entity[1] };
}

/** Must be registered on the server before the first start (the local stack does it). */
export const SEARCH_ATTRIBUTES = {
  dockingId: defineSearchAttributeKey('DockingId', 'KEYWORD'),
  dockingState: defineSearchAttributeKey('DockingState', 'KEYWORD'),
  ticketState: defineSearchAttributeKey('TicketState', 'KEYWORD'),
  /** Who or what the run waits for, e.g. `feishu-admin`, `apply-or-discard`, `platform`. */
  waitingFor: defineSearchAttributeKey('WaitingFor', 'KEYWORD'),
  /** Since when `WaitingFor` is waited for. */
  waitingSince: defineSearchAttributeKey('WaitingSince', 'DATETIME'),
  nextCheckAt: defineSearchAttributeKey('NextCheckAt', 'DATETIME'),
  /** True when a person should look. */
  attention: defineSearchAttributeKey('Attention', 'BOOL'),
} as const;
