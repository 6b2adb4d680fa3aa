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
  /** Working calendar of the company: rules and quiet hours are judged in it. */
  calendar?: { timeZone: string; workingHours: Record<string, [string, string][]>; holidays: string[] };
  webhookSecretRotatedAt?: Date;
  /** Absent = `NO_NOTIFICATION_SETTINGS`. */
  notification?: NotificationSettings;
  createdAt: Date;
  updatedAt: Date;
  createdBy: string;
}

export type ItemState = 'passed' | 'failed' | 'waiting' | 'unknown';

/** One line of the checklist; ids are stable (`permission:<scope key>` for permissions). */
export interface ChecklistItem {
  id: string;
  state: ItemState;
  blocking: boolean;
  expected: string | null;
  found: string | null;
  /** One sentence: what is wrong and what to do next. */
  message: string;
  owner: Owner;
  link: string | null;
  lostAbility: string | null;
  checkedAt: Date;
}

export interface Checklist {
  dockingId: string;
  /** True only when every blocking item is passed. */
  ready: boolean;
  items: ChecklistItem[];
  checkedAt: Date;
}

export type StepState = 'open' | 'waiting' | 'done' | 'rejected';

export interface OnboardingStep {
  step: string;
  title: string;
  owner: Owner;
  state: StepState;
  /** Checklist item ids that prove the step; empty = a named admin must approve. */
  proof: string[];
  approvedBy: string | null;
  rejectReason: string | null;
  handedOverTo: string | null;
  since: Date;
  link: string | null;
}

export interface Onboarding {
  dockingId: string;
  state: DockingState | 'abandoned';
  steps: OnboardingStep[];
  updatedAt: Date;
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
