/** How the review shows itself to people, to the store and to the Temporal UI. */
import type { Owner } from '../../store';

export type StepOwner = Owner;
export interface StepView {
  step: string;
  owner: StepOwner;
  state: 'open' | 'waiting' | 'done' | 'rejected';
  /** Checklist item ids that prove it; empty = a named admin approves. */
  proof: string[];
  approvedBy: string | null;
  rejectReason: string | null;
  handedOverTo: string | null;
  /** ISO time of the last change of state. */
  since: string;
}
export interface ChecklistView {
  dockingId: string;
  state: 'setting-up' | 'in-review' | 'live' | 'abandoned';
  waitingFor: string[];
  steps: StepView[];
  nextCheckAt: string | null;
}
