/** What the API says of bindings, and of the runs that bind. */
import type * as store from '../../store/directory-records';
import type { OverJson } from '../../store/json';

export const METHODS = ['manual', 'automatic', 'created', 'self'] as const;
export type Method = (typeof METHODS)[number];
export const BINDING_STATES = ['active', 'suspended'] as const;
export type BindingState = (typeof BINDING_STATES)[number];

export interface Binding {
  id: string;
  employeeId: string;
  employeeName: string | null;
  departments: { departmentId: string; name: string | null }[];
  agentId: string;
  agentName: string | null;
  method: Method;
  state: BindingState;
  suspendedReason: string | null;
  createdBy: string;
  createdAt: string;
  /** Would a card reach them now? Reasons are codes. */
  deliverability: { ok: boolean; reasons: string[] };
  lastDelivery: { deliveryId: string; at: string } | null;
}

export interface EndedBinding {
  id: string;
  employeeId: string;
  employeeName: string | null;
  agentId: string;
  agentName: string | null;
  method: Method;
  createdBy: string;
  createdAt: string;
  endedAt: string;
  endedBy: string;
  endedBecause: 'unbound' | 'replaced';
}

/** One employee and one agent that somebody wants bound. */
export interface Pair {
  employeeId: string;
  agentId: string;
}

export const OUTCOMES = [
  'bound',
  'already-bound',
  'no-match',
  'several-matches',
  'cross-match',
  'unreachable',
  'invited',
  'created-unbound',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Outcomes = Partial<Record<Outcome, number>>;

export interface BatchRow {
  line: number;
  /** As it was given. */
  employee: string;
  agent: string;
  employeeId: string | null;
  agentId: string | null;
  outcome: Outcome;
  reason: string;
  bindingId: string | null;
}

export interface BatchAnswer {
  dryRun: boolean;
  outcomes: Outcomes;
  results: BatchRow[];
}

/** `reason` is why it failed, or `cancelled` where a person ended it. */
export type BindingRun = OverJson<Omit<store.BindingRun, 'dockingId'>>;

export interface RunResult {
  employeeId: string | null;
  employeeName: string | null;
  agentId: string | null;
  agentName: string | null;
  outcome: Outcome;
  reason: string;
  nextStep: string | null;
}

export interface RunReport extends BindingRun {
  outcomes: Outcomes;
  results: RunResult[];
  nextCursor: string | null;
}

export type Criterion = 'mobile' | 'email';

/** How an automatic run looks for people. */
export interface Matching {
  /** In this order. */
  by: Criterion[];
  /** Country of numbers that are written without one. */
  region: string;
}

export const isUnderWay = ({ finishedAt }: BindingRun): boolean => finishedAt === null;

/** People that a run has an outcome for. */
export const numberOf = (outcomes: Outcomes): number =>
  Object.values(outcomes).reduce((sum, number) => sum + number, 0);
