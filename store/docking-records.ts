/** What the store keeps about a docking, its set-up and who may do what with it. */

export type Brand = 'feishu' | 'lark';
export type DockingState = 'setting-up' | 'in-review' | 'live' | 'paused' | 'disabled';
export type Owner = 'feishu-admin' | 'feishu-developer' | 'ticket-admin';

/** The ticket system a docking talks to, without its secrets. */
export interface TicketSystemSettings {
  kind: 'sobot' | 'rest';
  baseUrl: string;
  /** IANA zone of the times the system sends without a zone. Default for Sobot: Asia/Shanghai. */
  timezone?: string;
  language?: 'zh' | 'en';
  /** Link of a ticket that comes without one, with `{id}` or `{code}` in it. Absent = what a REST system tells of itself. */
  ticketUrlTemplate?: string;
  /** Sobot: the appid. It is an identifier, not a secret. */
  appid?: string;
}

/** Secrets of a docking, decrypted. They never leave `store/` other than into an activity's memory. */
export interface DockingSecrets {
  appSecret: string;
  /** Sobot: appKey. REST: apiKey. */
  ticketSystemKey?: string;
  /** HMAC secret of the ticket system's webhook. */
  webhookSecret?: string;
  /** The one before; believed for a day after `Docking.webhookSecretRotatedAt`. */
  previousWebhookSecret?: string;
  /** Made by us: proves pushes of a REST system while the admin has given no `webhookSecret`. */
  pushToken: string;
  /** HMAC key of the alert webhook. */
  alertSecret?: string;
  /** What Feishu events are protected with: read from the app, or entered by an admin. */
  encryptKey?: string;
  verificationToken?: string;
  /** Signs what the fallback webhook is sent. */
  fallbackWebhookSecret?: string;
}

/** What the ticket system does not tell: who leads a group, who watches a category, who is asked when nobody answers. */
export interface NotificationSettings {
  /** Agent id of the lead, per group id. */
  groupLeads: Record<string, string>;
  /** Feishu chat of a group, per group id. */
  groupChats: Record<string, string>;
  /** Agents that hear of every ticket at or under a category. */
  watchers: { categoryPrefix: string; agentIds: string[] }[];
  /** The person on duty. */
  duty: { agentId: string | null };
  /** Last step of the fallback chain; its secret is `DockingSecrets.fallbackWebhookSecret`. */
  fallbackWebhook: { url: string } | null;
}

export const NO_NOTIFICATION_SETTINGS: Readonly<NotificationSettings> = {
  groupLeads: {},
  groupChats: {},
  watchers: [],
  duty: { agentId: null },
  fallbackWebhook: null,
};

/** Above any of these a change set of the directory waits for a person. Shares are of what the mirror knew before. */
export interface DirectoryGuard {
  /** People who would leave. */
  leavers: number;
  leaversPercent: number;
  /** Departments that would vanish. */
  departmentsPercent: number;
}

export const DEFAULT_DIRECTORY_GUARD: Readonly<DirectoryGuard> = {
  leavers: 50,
  leaversPercent: 10,
  departmentsPercent: 20,
};

/** How the platform brings events: to our address, or over a connection that we open. */
export type EventWay = 'webhook' | 'long-connection';

export interface Docking {
  id: string;
  name: string;
  brand: Brand;
  appId: string;
  /** API base, e.g. https://open.feishu.cn */
  platformUrl: string;
  homepageUrl: string;
  redirectUrl: string;
  state: DockingState;
  ticketSystem: TicketSystemSettings;
  /** Why the docking is paused, when the platform and not a person paused it. */
  pausedReason?: string;
  /** Company read from the platform by the last validation. */
  tenantKey?: string;
  tenantName?: string;
  /** Platform calls that the company's plan allows a month; null = no quota, absent = not told. */
  monthlyCallQuota?: number | null;
  /** Settles permission no. 15, whose key no public page tells. */
  employeePhoneScope?: string;
  alerts?: Alerts;
  lastAudit?: VersionAudit;
  /** Working calendar of the company: rules and quiet hours are judged in it. Null or absent = none. */
  calendar?: {
    timeZone: string;
    workingHours: Record<string, [string, string][]>;
    holidays: string[];
  } | null;
  webhookSecretRotatedAt?: Date;
  /** Absent = `DEFAULT_DIRECTORY_GUARD`. */
  directoryGuard?: DirectoryGuard;
  /** Absent = `automatic`: as the app's own settings tell, by webhook where they do not. */
  eventMode?: EventWay | 'automatic';
  /** The app's own settings, as the last check read them; null = not told. */
  appEventModes?: { events: EventWay | null; clicks: EventWay | null };
  /** Absent = `NO_NOTIFICATION_SETTINGS`. */
  notification?: NotificationSettings;
  createdAt: Date;
  updatedAt: Date;
  createdBy: string;
}

export type ItemState = 'passed' | 'failed' | 'waiting' | 'unknown';

/** One line of the checklist; ids are stable (`permission:<scope key>` for permissions). */
/** What people read of an item, in one language. */
export interface ItemTexts {
  expected: string | null;
  found: string | null;
  /** One sentence: what is wrong and what to do next. */
  message: string;
  lostAbility: string | null;
  effectNote: string;
}

/** Its own texts are English. */
export interface ChecklistItem extends ItemTexts {
  id: string;
  state: ItemState;
  blocking: boolean;
  owner: Owner;
  link: string | null;
  /** When a change of this takes effect: at once, or with the next version that is released and approved. */
  effect: ChangeEffect;
  /** The same texts in Chinese. Missing: checked before they were kept. */
  chinese?: ItemTexts;
  /** What was read, for people and programs: versions, differences, agents outside. Ids, states and settings only. */
  detail: Record<string, unknown> | null;
  checkedAt: Date;
}

export type ChangeEffect = 'at-once' | 'new-version';

/** What a check changed against the last time the platform could be read. */
export interface ChecklistChanges {
  /** Passed before, not any more. */
  broken: string[];
  /** Broken before, passed again. */
  recovered: string[];
}

export interface Checklist {
  dockingId: string;
  /** True only when every blocking item is passed. */
  ready: boolean;
  items: ChecklistItem[];
  checkedAt: Date;
  /** Ids of items that were passed once and are not any more. */
  drifted: string[];
}

export type StepState = 'open' | 'waiting' | 'done' | 'rejected';

export interface OnboardingStep {
  step: string;
  title: string;
  owner: Owner;
  state: StepState;
  /** Checklist item ids that prove the step; empty = a named admin must approve. */
  proof: string[];
  /** By what it was done: the platform's own word, or a named admin. Null while it is not done. */
  doneBy: 'proof' | 'approval' | null;
  approvedBy: string | null;
  /** An account, or `platform` when its reviewer rejected the version. */
  rejectedBy: string | null;
  rejectReason: string | null;
  handedOverTo: string | null;
  since: Date;
  /** Of the last look at its proofs. Null before the first. */
  lastCheckedAt: Date | null;
  /** Latest last, the last twenty. */
  history: StepEvent[];
  link: string | null;
}

/** One change of a step. `by` is an account, `platform` or `review`. */
export interface StepEvent {
  at: Date;
  what: 'opened' | 'waiting' | 'proven' | 'approved' | 'rejected' | 'handed-over' | 'reopened' | 'nudged';
  by: string;
}

export interface Onboarding {
  dockingId: string;
  state: DockingState | 'abandoned';
  /** Owners of what is not done, in the order of the steps. */
  waitingFor: Owner[];
  /** Since when the first of them is waited for; null when nobody is. */
  waitingSince: Date | null;
  nextCheckAt: Date | null;
  steps: OnboardingStep[];
  updatedAt: Date;
}

/** What the platform's reviewer said about a version, as its event told. */
export interface VersionAudit {
  versionId: string;
  approved: boolean;
  remark: string | null;
  at: Date;
}

/** Whom the docking calls when something broke or somebody is waited for. */
export interface Alerts {
  /** Agents of the ticket system; those bound to an employee get a message from the bot. */
  agentIds: string[];
  /** Gets a signed POST; null = none. */
  webhookUrl: string | null;
}

export type Role = 'ticket-system' | 'operator' | 'admin';

/** An API token; the clear text is shown once, the store keeps a SHA-256. */
export interface ApiToken {
  id: string;
  role: Role;
  /** Dockings it opens; `*` = all. */
  dockingIds: string[] | '*';
  label: string;
  createdAt: Date;
  revokedAt: Date | null;
}

export interface AuditEntry {
  id: string;
  /** Null for what concerns no docking, e.g. a token. */
  dockingId: string | null;
  at: Date;
  actor: string;
  /** verb-object, e.g. `docking.created`, `onboarding.step-approved` */
  action: string;
  /** Ids and states only, never secrets or personal data. */
  detail: Record<string, unknown>;
  from: string | null;
}
