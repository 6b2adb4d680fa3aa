/** How the review shows itself to people, to the store and to the Temporal UI. */
import type { OnboardingStep, OverJson, Owner, StepEvent } from '../../store';

export type StepOwner = Owner;
export type StepEventView = OverJson<StepEvent>;
export type StepView = OverJson<Omit<OnboardingStep, 'title' | 'link'>>;
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
