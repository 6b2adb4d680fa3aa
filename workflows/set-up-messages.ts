/** Messages of the workflows that set a docking up and watch over its set-up. See `messages.ts`. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AdminNotice, ChecklistView, ItemVerdict, StepOwner, StepView } from '../activities';

// --- credential validation -------------------------------------------------------------------------------------

export interface CredentialValidationInput {
  dockingId: string;
  reason: 'created' | 'check-again' | 'drift' | 'rotation';
  requestedBy: string;
}
export interface SecretRotationInput {
  dockingId: string;
  requestedBy: string;
}
/** `unreachable` = the platform did not answer: nothing was proven, the old secret stays. */
export interface SecretRotationReport {
  outcome: 'promoted' | 'refused' | 'unreachable' | 'nothing-pending';
  ready: boolean;
}

/** `changeIds` in the order in which they were shown. */
export interface SetUpRepairInput {
  dockingId: string;
  repairId: string;
  changeIds: string[];
  requestedBy: string;
}
export interface SetUpRepairReport {
  state: 'done' | 'failed';
  done: number;
  ready: boolean;
}

// --- alerts ----------------------------------------------------------------------------------------------------

export interface DockingAlertsInput {
  dockingId: string;
  /** Carried through continue-as-new. */
  carried?: DockingAlertsState;
}
/** Bounded. */
export interface DockingAlertsState {
  waiting: AdminNotice[];
  seenNoticeIds: string[];
  /** Checklist items that were passed once and are not any more. */
  drifted: string[];
  told: number;
  notTold: number;
}
export interface DockingAlertsResult {
  told: number;
  /** Notices that reached nobody although somebody was named. */
  notTold: number;
}
/** Something the docking's admins should know. The same notice twice is told once. */
export const alertRaised = defineSignal<[AdminNotice]>('alertRaised');

// --- onboarding review -----------------------------------------------------------------------------------------

export interface OnboardingReviewInput {
  dockingId: string;
  /** Carried through continue-as-new; absent on the first run. */
  carried?: OnboardingState;
}
/** Bounded; carried through continue-as-new. */
export interface OnboardingState {
  steps: StepView[];
  live: boolean;
  /** Verdicts of the last look. */
  items: ItemVerdict[];
  checksDone: number;
  /** Looks in a row that changed nothing: the more, the longer the pause. */
  quietLooks: number;
  looksSinceLive: number;
  seenEventIds: string[];
  nudges: Nudge[];
}
/** How often an owner was reminded of what waits for them. */
export interface Nudge {
  owner: StepOwner;
  count: number;
  /** RFC 3339. */
  lastAt: string;
}
/**
 * `by` is an account id, never a person's name. Whoever types a decision into the Temporal UI may leave `role` out
 * (= admin), write the step in any case, or send the whole as JSON text.
 */
export interface StepDecision {
  step: string;
  by: string;
  /** What the caller was authenticated as. */
  role?: StepOwner | 'admin';
  comment?: string;
  /** Where the decision came from, for the audit: an address, or `temporal`. */
  from?: string;
}
export const approveStep = defineUpdate<StepView, [StepDecision]>('approveStep');
export const rejectStep = defineUpdate<StepView, [StepDecision & { reason: string }]>('rejectStep');
export const handOver = defineUpdate<StepView, [StepDecision & { to: string }]>('handOver');
export const reopenStep = defineUpdate<StepView, [StepDecision]>('reopenStep');
export const recheck = defineUpdate<ChecklistView, [{ by?: string }]>('recheck');
export const checklist = defineQuery<ChecklistView>('checklist');
/** A platform event that may change the outcome (app version audited, revoked …), or our own progress. */
export const feishuEvent = defineSignal<[{ eventId: string; type: string }]>('feishuEvent');
