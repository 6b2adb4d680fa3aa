/** How the review shows itself to people, to the store and to the Temporal UI. */
import type { Owner, StepEvent } from '../../store';

export type StepOwner = Owner;

export interface StepEventView {
  /** RFC 3339. */
  at: string;
  what: StepEvent['what'];
  /** An account, `platform` or `review`. */
  by: string;
}
export interface StepView {
  step: string;
  owner: StepOwner;
  state: 'open' | 'waiting' | 'done' | 'rejected';
  /** Checklist item ids that prove it; empty = a named admin approves. */
  proof: string[];
  /** By what it was done; null while it is not. */
  doneBy: 'proof' | 'approval' | null;
  approvedBy: string | null;
  /** An account, or `platform` when its reviewer rejected the version. */
  rejectedBy: string | null;
  rejectReason: string | null;
  handedOverTo: string | null;
  /** RFC 3339 time of the last change of state. */
  since: string;
  /** RFC 3339 time of the last look at its proofs. */
  lastCheckedAt: string | null;
  /** The last changes, latest last. */
  history: StepEventView[];
}
export interface ChecklistView {
  dockingId: string;
  state: 'setting-up' | 'in-review' | 'live' | 'abandoned';
  waitingFor: StepOwner[];
  /** Since when the first of them is waited for; null when nobody is. */
  waitingSince: string | null;
  /** Blocking items that are neither passed nor approved by hand. */
  blockedBy: string[];
  /** Items that do not block and are not passed. */
  warnings: string[];
  steps: StepView[];
  nextCheckAt: string | null;
}
