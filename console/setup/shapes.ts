/** What the API says of a set-up: its items, its steps, and changes made for the admin. */
import type * as store from '../../store/docking-records';
import type { OverJson } from '../../store/json';

export type { StepState } from '../../store/docking-records';
type Owner = store.Owner;

/** Its texts are in the reader's language. */
export type ChecklistItem = OverJson<Omit<store.ChecklistItem, 'chinese'>>;

export interface Checklist {
  ready: boolean;
  items: ChecklistItem[];
  /** Null before the first check. */
  checkedAt: string | null;
  /** Ids of what was passed once and is not any more. */
  drifted: string[];
  missingPermissions: { scopes: string[]; link: string | null; batchImport: string | null };
}

/** `proof` names items one by one; `handedOverTo` is a name. */
export type OnboardingStep = OverJson<store.OnboardingStep>;

/** Without a review there are no steps, and nobody is waited for. */
export interface Onboarding {
  state: store.Onboarding['state'];
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
