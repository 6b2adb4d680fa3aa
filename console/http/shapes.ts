/** Shapes of the API that several pages show; times are RFC 3339. */

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type DockingState = 'setting-up' | 'in-review' | 'live' | 'paused' | 'disabled';
export type Brand = 'feishu' | 'lark';

export type EventWay = 'webhook' | 'long-connection';

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
  ticketSystem: { kind: 'sobot' | 'rest'; baseUrl: string };
  monthlyCallQuota: number | null;
  /** More than this stops a sync: people who would leave, their share, and departments that would vanish, in percent. */
  directoryGuard: { leavers: number; leaversPercent: number; departmentsPercent: number };
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
  state: 'active' | 'not-activated' | 'frozen' | 'left' | 'unknown';
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
