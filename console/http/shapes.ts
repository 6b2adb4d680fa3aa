/** Shapes of the API that several pages show; times are RFC 3339. */
import type { Brand, DirectoryGuard, DockingState, EventWay } from '../../store/docking-records';
import type { EmployeeState } from '../../store/directory-records';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type { Brand, DockingState, EventWay };

export interface EventConnection {
  /** `unattended`: no process holds it. */
  state: 'connecting' | 'connected' | 'waiting' | 'unattended';
  since: string | null;
  reason: string | null;
  nextTryAt: string | null;
  lastEventAt: string | null;
}

export interface Docking {
  id: string;
  name: string;
  brand: Brand;
  appId: string;
  platformUrl: string;
  homepageUrl: string;
  redirectUrl: string;
  state: DockingState;
  pausedReason: string | null;
  tenantKey: string | null;
  tenantName: string | null;
  ticketSystem: { kind: 'sobot' | 'rest'; baseUrl: string; ticketUrlTemplate?: string };
  monthlyCallQuota: number | null;
  directoryGuard: DirectoryGuard;
  eventMode: EventWay | 'automatic';
  /** What the app itself is set to; null: not told. */
  appEventModes: { events: EventWay | null; clicks: EventWay | null };
  /** Null: no long connection is wanted. */
  eventConnection: EventConnection | null;
  feishuEventsUrl: string;
  ticketPushUrl: string;
  ticketPushProof: string;
  createdAt: string;
  updatedAt: string;
}

export interface Department {
  departmentId: string;
  name: string | null;
  parentId: string | null;
}

export interface Employee {
  employeeId: string;
  name: string | null;
  enName: string | null;
  email: string | null;
  enterpriseEmail: string | null;
  mobile: string | null;
  departmentIds: string[];
  jobTitle: string | null;
  state: EmployeeState;
  /** Null: not known yet. */
  inAvailability: boolean | null;
}

export interface Agent {
  agentId: string;
  name: string | null;
  email: string | null;
  mobile: string | null;
  groupIds: string[];
  state: 'active' | 'inactive' | 'disabled';
}
