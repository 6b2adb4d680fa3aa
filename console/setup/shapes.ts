/** What the API says of a set-up: its items, its steps, and changes made for the admin. */
import type { DockingState } from '../http/shapes';

export type Owner = 'feishu-admin' | 'feishu-developer' | 'ticket-admin';
export type ItemState = 'passed' | 'failed' | 'waiting' | 'unknown';

export interface ChecklistItem {
  id: string;
  state: ItemState;
  /** Keeps the docking from going live. */
  blocking: boolean;
  expected: string | null;
  found: string | null;
  /** What is wrong and what to do next. */
  message: string;
  owner: Owner;
  link: string | null;
  lostAbility: string | null;
  effect: 'at-once' | 'new-version';
  effectNote: string;
  detail: Record<string, unknown> | null;
  checkedAt: string;
}

export interface Checklist {
  ready: boolean;
  items: ChecklistItem[];
  /** Null before the first check. */
  checkedAt: string | null;
  /** Ids of what was passed once and is not any more. */
  drifted: string[];
  missingPermissions: { scopes: string[]; link: string | null; batchImport: string | null };
}

export type StepState = 'open' | 'waiting' | 'done' | 'rejected';

export interface OnboardingStep {
  step: string;
  title: string;
  owner: Owner;
  state: StepState;
  /** Item ids; empty: a person approves. */
  proof: string[];
  doneBy: 'proof' | 'approval' | null;
  approvedBy: string | null;
  rejectedBy: string | null;
  rejectReason: string | null;
  handedOverTo: string | null;
  since: string;
  lastCheckedAt: string | null;
  history: { at: string; what: string; by: string }[];
  link: string | null;
}

/** Without a review there are no steps, and nobody is waited for. */
export interface Onboarding {
  state: DockingState | 'abandoned';
  waitingFor?: Owner[];
  waitingSince?: string | null;
  nextCheckAt?: string | null;
  steps: OnboardingStep[];
}

export interface HandedOver {
  handedOverTo: string;
  link: string;
  linkExpiresAt: string;
}

export type RepairStep =
  | { kind: 'redirect-urls'; add: string[] }
  | { kind: 'permissions'; add: string[] }
  | { kind: 'abilities'; bot: boolean; webApp: { pcUrl: string; mobileUrl: string } | null }
  | { kind: 'publish'; changelog: string; mobileDefault: string; desktopDefault: string };

export interface RepairChange {
  id: string;
  /** Items that it is to mend. */
  items: string[];
  step: RepairStep;
  effect: ChecklistItem['effect'];
  outcome: 'pending' | 'done' | 'refused';
  reason: string | null;
}

export interface Repair {
  id: string;
  state: 'planned' | 'applying' | 'done' | 'failed';
  changes: RepairChange[];
  expiresAt: string;
}

export const isOpen = ({ state }: ChecklistItem): boolean => state !== 'passed';
export const PERMISSION = 'permission:';
