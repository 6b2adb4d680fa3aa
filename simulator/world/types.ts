/** The records of the simulated platform. Field names are those of the control surface (camelCase). */

export type Brand = 'feishu' | 'lark';

export type PersonStatus = 'active' | 'not-activated' | 'frozen' | 'resigned' | 'exited';

/** One employee. Ids that differ per app (`open_id`) are derived on demand, see `world/ids.ts`. */
export interface Person {
  /** Position in the world, the source of every derived id; never shown. */
  readonly serial: number;
  readonly tenantKey: string;
  readonly userId: string;
  name: string;
  enName: string;
  email: string;
  enterpriseEmail: string;
  /** E.164, e.g. `+8613800138000`; empty when the person has none. */
  mobile: string;
  mobileVisible: boolean;
  /** `open_department_id`s; `['0']` for a member of the root. */
  departmentIds: string[];
  status: PersonStatus;
  jobTitle: string;
  employeeNo: string;
  /** 0 unknown, 1 male, 2 female, 3 other. */
  gender: number;
  /** 1 regular, 2 intern, 3 outsourced, 4 contractor, 5 consultant. */
  employeeType: number;
  /** Seconds since 1970. */
  joinTime: number;
  leaderUserId: string;
  city: string;
}

export interface Department {
  readonly serial: number;
  readonly tenantKey: string;
  readonly openDepartmentId: string;
  departmentId: string;
  name: string;
  enName: string;
  /** `open_department_id` of the parent, `0` for the root. */
  parentId: string;
  leaderUserId: string;
  order: number;
  deleted: boolean;
}

/** A user group; members are people and whole departments. */
export interface Group {
  readonly serial: number;
  readonly groupId: string;
  name: string;
  description: string;
  /** 1 normal, 2 dynamic. */
  type: 1 | 2;
  userIds: string[];
  departmentIds: string[];
}

/** A set of people, named by person, department (children included) or group. */
export interface Audience {
  userIds: string[];
  departmentIds: string[];
  groupIds: string[];
}

/** Who may see the app and be messaged by its bot. The `excluded` lists win over everything else. */
export interface Availability extends Audience {
  all: boolean;
  excluded: Audience;
}

/** What the contact calls and events of the app may show. */
export interface ContactRange extends Audience {
  type: 'equal_to_availability' | 'some' | 'all';
}

export type Ability = 'bot' | 'web_app' | 'gadget' | '';

export interface WebApp {
  pcUrl: string;
  mobileUrl: string;
}

/** 1 approved (released), 2 rejected, 3 under review, 4 not submitted. */
export type VersionStatus = 1 | 2 | 3 | 4;

export interface AppVersion {
  versionId: string;
  version: string;
  status: VersionStatus;
  /** Milliseconds since 1970; `publishTime` 0 while not released. */
  createTime: number;
  publishTime: number;
  remark: string;
  updateRemark: string;
  rejectReason: string;
  scopes: string[];
  bot: boolean;
  webApp: WebApp | null;
  events: string[];
  visibility: Availability;
  mobileDefault: Ability;
  pcDefault: Ability;
}

/** What the developer changed in the console and has not released yet. */
export interface AppDraft {
  addScopes: string[];
  removeScopes: string[];
  bot?: boolean;
  webApp?: WebApp | null;
  availability?: Availability;
  contactRange?: ContactRange;
  mobileDefault?: Ability;
  pcDefault?: Ability;
  subscribedEvents?: string[];
}

/** A self-built app. The top-level fields are live; `draft` waits for the next approved version. */
export interface App {
  readonly appId: string;
  appSecret: string;
  brand: Brand;
  readonly tenantKey: string;
  name: string;
  description: string;
  avatarUrl: string;
  /** 0 self-built, 1 store, 2 personal store. */
  sceneType: 0 | 1 | 2;
  status: 'enabled' | 'disabled' | 'not-enabled';
  scopes: { requested: string[]; granted: string[] };
  bot: boolean;
  webApp: WebApp | null;
  redirectUrls: string[];
  versions: AppVersion[];
  contactRange: ContactRange;
  availability: Availability;
  mobileDefault: Ability;
  pcDefault: Ability;
  ipAllowList: string[];
  eventMode: 'webhook' | 'websocket';
  eventUrl: string;
  callbackMode: 'webhook' | 'websocket';
  callbackUrl: string;
  encryptKey: string;
  verificationToken: string;
  subscribedEvents: string[];
  subscribedCallbacks: string[];
  ownerUserId: string;
  draft: AppDraft;
}

export interface TenantInfo {
  readonly tenantKey: string;
  name: string;
  displayId: string;
  domain: string;
  readonly brand: Brand;
  /** 0 team, 2 personal. */
  tag: number;
}

export type TokenKind = 'tenant' | 'app' | 'user';

export interface IssuedToken {
  readonly token: string;
  readonly kind: TokenKind;
  readonly appId: string;
  readonly tenantKey: string;
  /** Virtual milliseconds. */
  readonly expiresAt: number;
  /** User tokens only. */
  readonly userId?: string;
  readonly scopes?: readonly string[];
}

export type UserIdType = 'open_id' | 'union_id' | 'user_id';
export type DepartmentIdType = 'open_department_id' | 'department_id';
