/** The mirrored company directory, the ticket system's agents, and who is bound to whom. */

export type EmployeeState = 'active' | 'not-activated' | 'frozen' | 'left' | 'unknown';

/**
 * One employee. Identity is `employeeId` (= open_id of the docking's app) and `unionId`; never user_id, email or name.
 * `undefined` = the platform did not send the field (scope missing) and nothing is known; `''` = known to be empty.
 */
export interface Employee {
  dockingId: string;
  employeeId: string;
  unionId?: string;
  userId?: string;
  name?: string;
  enName?: string;
  email?: string;
  enterpriseEmail?: string;
  mobile?: string;
  jobTitle?: string;
  employeeNo?: string;
  departmentIds?: string[];
  state: EmployeeState;
  /** Null = not checked. */
  inAvailability: boolean | null;
  updatedAt: Date;
}

export interface Department {
  dockingId: string;
  departmentId: string;
  /** `0` = the root. */
  parentId?: string;
  name?: string;
  enName?: string;
  leaderEmployeeId?: string;
  memberCount?: number;
  state: 'active' | 'deleted';
}

export type SyncMode = 'preview' | 'apply';
export type SyncState =
  'running' | 'paused' | 'awaiting-apply' | 'guarded' | 'applied' | 'discarded' | 'failed';
export interface SyncCounts {
  joined: number;
  changed: number;
  moved: number;
  left: number;
  returned: number;
  unchanged: number;
  parked: number;
}

export interface SyncRun {
  runId: string;
  dockingId: string;
  mode: SyncMode;
  state: SyncState;
  progress: {
    departments: number;
    employees: number;
    percent: number;
    etaSeconds: number | null;
    /** People read per minute; null before the first part is read, and after the pull. */
    ratePerMinute: number | null;
    /** Name of the department under way; its id where no name is known. Null before the pull and after it. */
    current: string | null;
  };
  counts: SyncCounts;
  /** Platform calls this run has made. */
  calls: number;
  /** The same by API: method and path pattern. */
  callsByApi: { api: string; calls: number }[];
  /** Why it is guarded or failed. */
  reason: string | null;
  startedBy: string;
  startedAt: Date;
  finishedAt: Date | null;
}

export type ChangeKind = 'joined' | 'changed' | 'moved' | 'left' | 'returned';
export interface SyncChange {
  runId: string;
  employeeId: string;
  kind: ChangeKind;
  fields: { field: string; from: unknown; to: unknown }[];
}

/** What a sync pulled and what decides whether anything changed. Without `updatedAt`: the content hash must be stable. */
export type PulledEmployee = Omit<Employee, 'dockingId' | 'updatedAt' | 'inAvailability'>;
export type PulledDepartment = Omit<Department, 'dockingId'>;

/** An agent as last read from the ticket system. */
export interface AgentRecord {
  dockingId: string;
  agentId: string;
  name: string;
  email: string | null;
  mobile: string | null;
  groupIds: string[];
  /** `deleted` = the ticket system's list named it once and does not any more. */
  state: 'active' | 'inactive' | 'disabled' | 'deleted';
  refreshedAt: Date;
}

export type BindingMethod = 'manual' | 'created' | 'automatic' | 'self';

/** A live binding: at most one per employee and one per agent of a docking. */
export interface Binding {
  id: string;
  dockingId: string;
  employeeId: string;
  agentId: string;
  method: BindingMethod;
  state: 'active' | 'suspended';
  suspendedReason: string | null;
  createdBy: string;
  createdAt: Date;
  lastDelivery: { deliveryId: string; at: Date } | null;
}

/** `created-unbound`: an agent that a run created, or may have created, and that belongs to nobody through it. */
export type BindOutcome =
  | 'bound'
  | 'already-bound'
  | 'no-match'
  | 'several-matches'
  | 'cross-match'
  | 'unreachable'
  | 'invited'
  | 'created-unbound';

export interface BindingRun {
  runId: string;
  dockingId: string;
  kind: 'auto' | 'create-agent' | 'invite';
  dryRun: boolean;
  /** How an automatic run looks for people; absent of others, and of runs of before. */
  matching?: { by: ('mobile' | 'email')[]; region: string };
  state: 'running' | 'paused' | 'done' | 'failed';
  progress: { done: number; total: number };
  reason: string | null;
  startedBy: string;
  startedAt: Date;
  finishedAt: Date | null;
}

export interface BindingResult {
  runId: string;
  employeeId: string | null;
  agentId: string | null;
  outcome: BindOutcome;
  reason: string;
}
