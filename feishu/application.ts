import {
  flagAt,
  numberAt,
  objectAt,
  objectsAt,
  pageOf,
  requiredObject,
  requiredText,
  textAt,
  textsAt,
} from './decode';
import type { Json, Page, PageRequest } from './decode';
import type { CallOptions, Invoke } from './invoke';
import type { ScopeGrant } from './grants';
import { ROUTES } from './routes';
import { appFrom, eventKeysFrom } from './app-details';
import type { EventKeys, FeishuApp } from './app-details';
import { versionFrom } from './versions';
import type { AppVersion } from './versions';

/** Languages in which names and descriptions can be read. */
export type AppLanguage = 'zh_cn' | 'en_us' | 'ja_jp';

export interface ContactsRange {
  readonly kind: 'equal_to_availability' | 'some' | 'all' | undefined;
  readonly openIds: readonly string[];
  readonly departmentIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly nextPageToken: string | undefined;
}

export interface Bot {
  readonly openId: string | undefined;
  readonly name: string | undefined;
  readonly avatarUrl: string | undefined;
  /** 0 initial, 1 disabled by the tenant, 2 enabled, 3 installed and pending, 4 upgrade pending, 5, 6 expired. */
  readonly activateStatus: number | undefined;
}

/** At most 100 of each kind. */
export interface AvailabilityTargets {
  readonly userIds?: readonly string[];
  readonly departmentIds?: readonly string[];
  readonly groupIds?: readonly string[];
}

export interface AvailabilityVerdict {
  readonly id: string;
  readonly allowed: boolean | undefined;
  readonly denied: boolean | undefined;
}

export interface ApplicationCalls {
  /** The app itself. */
  get(query?: { lang?: AppLanguage }, options?: CallOptions): Promise<FeishuApp>;
  /** What its events are encrypted and marked with. Secrets: keep them sealed, log them never. */
  eventKeys(options?: CallOptions): Promise<EventKeys>;
  /** Its versions, newest first. */
  versions(query?: PageRequest & { lang?: AppLanguage }, options?: CallOptions): Promise<Page<AppVersion>>;
  version(versionId: string, query?: { lang?: AppLanguage }, options?: CallOptions): Promise<AppVersion>;
  /** Scopes the app applied for, and whether they are in force. Needs no permission itself. */
  scopes(options?: CallOptions): Promise<readonly ScopeGrant[]>;
  /** Asks the tenant's admin for every scope that is not granted. 212002: nothing to ask for. */
  applyForScopes(options?: CallOptions): Promise<void>;
  contactsRange(query?: PageRequest, options?: CallOptions): Promise<ContactsRange>;
  checkAvailability(
    targets: AvailabilityTargets,
    options?: CallOptions,
  ): Promise<Readonly<Record<'users' | 'departments' | 'groups', readonly AvailabilityVerdict[]>>>;
  /** Changes who may use the app, at once. Only after an admin said so. */
  changeAvailability(
    change: { add?: AvailabilityTargets; remove?: AvailabilityTargets; toEverybody?: boolean },
    options?: CallOptions,
  ): Promise<void>;
  /** The bot, when it is on and released; any error means it is not. */
  bot(options?: CallOptions): Promise<Bot>;
}

/** Calls an app makes about itself. */
export function applicationCalls(invoke: Invoke, appId: string): ApplicationCalls {
  const path = { app_id: appId };
  const lang = (wanted: AppLanguage | undefined): string => wanted ?? 'zh_cn';
  return {
    get: (query = {}, options) =>
      invoke(
        {
          route: ROUTES.application,
          path,
          query: { lang: lang(query.lang), user_id_type: 'open_id' },
          decode: (data) => appFrom(requiredObject(data, 'app')),
        },
        options,
      ),
    eventKeys: (options) =>
      invoke(
        {
          route: ROUTES.application,
          path,
          query: { lang: lang(undefined), user_id_type: 'open_id' },
          decode: (data) => eventKeysFrom(requiredObject(data, 'app')),
        },
        options,
      ),
    versions: ({ lang: wanted, pageSize = 50, pageToken } = {}, options) =>
      invoke(
        {
          route: ROUTES.appVersions,
          path,
          query: {
            lang: lang(wanted),
            order: 0,
            page_size: pageSize,
            page_token: pageToken,
            user_id_type: 'open_id',
          },
          decode: (data) => pageOf(data, (objectsAt(data, 'items') ?? []).map(versionFrom)),
        },
        options,
      ),
    version: (versionId, query = {}, options) =>
      invoke(
        {
          route: ROUTES.appVersion,
          path: { ...path, version_id: versionId },
          query: { lang: lang(query.lang), user_id_type: 'open_id' },
          decode: (data) => versionFrom(requiredObject(data, 'app_version')),
        },
        options,
      ),
    scopes: (options) =>
      invoke(
        { route: ROUTES.appScopes, decode: (data) => (objectsAt(data, 'scopes') ?? []).map(grantFrom) },
        options,
      ),
    applyForScopes: (options) =>
      invoke({ route: ROUTES.applyScopes, body: {}, decode: () => undefined }, options),
    contactsRange: ({ pageSize = 100, pageToken } = {}, options) =>
      invoke(
        {
          route: ROUTES.contactsRange,
          path,
          query: {
            page_size: pageSize,
            page_token: pageToken,
            user_id_type: 'open_id',
            department_id_type: 'open_department_id',
          },
          decode: rangeFrom,
        },
        options,
      ),
    checkAvailability: (targets, options) =>
      invoke(
        {
          route: ROUTES.visibilityCheck,
          path,
          query: { user_id_type: 'open_id', department_id_type: 'open_department_id' },
          body: idLists(targets),
          decode: (data) => ({
            users: verdicts(data, 'user_visibility_list', 'user_id'),
            departments: verdicts(data, 'department_visibility_list', 'department_id'),
            groups: verdicts(data, 'group_visibility_list', 'group_id'),
          }),
        },
        options,
      ),
    changeAvailability: ({ add, remove, toEverybody }, options) =>
      invoke(
        {
          route: ROUTES.visibility,
          path,
          query: { user_id_type: 'open_id', department_id_type: 'open_department_id' },
          body: {
            ...(add === undefined ? {} : { add_visible_list: idLists(add) }),
            ...(remove === undefined ? {} : { del_visible_list: idLists(remove) }),
            ...(toEverybody === undefined ? {} : { is_visible_to_all: toEverybody }),
          },
          decode: () => undefined,
        },
        options,
      ),
    bot: (options) =>
      invoke(
        { route: ROUTES.bot, decode: (_, envelope) => botFrom(requiredObject(envelope, 'bot')) },
        options,
      ),
  };
}

function grantFrom(scope: Json): ScopeGrant {
  const kind = textAt(scope, 'scope_type');
  return {
    scope: requiredText(scope, 'scope_name'),
    granted: numberAt(scope, 'grant_status') === 1,
    tokenType: kind === 'tenant' || kind === 'user' ? kind : undefined,
  };
}

function rangeFrom(data: Json | undefined): ContactsRange {
  const range = requiredObject(data, 'contacts_range');
  const kind = textAt(range, 'contacts_scope_type');
  const list = objectAt(range, 'visible_list');
  return {
    kind: kind === 'equal_to_availability' || kind === 'some' || kind === 'all' ? kind : undefined,
    openIds: textsAt(list, 'open_ids') ?? [],
    departmentIds: textsAt(list, 'department_ids') ?? [],
    groupIds: textsAt(list, 'group_ids') ?? [],
    nextPageToken: pageOf(data, []).nextPageToken,
  };
}

function botFrom(bot: Json): Bot {
  return {
    openId: textAt(bot, 'open_id'),
    name: textAt(bot, 'app_name'),
    avatarUrl: textAt(bot, 'avatar_url'),
    activateStatus: numberAt(bot, 'activate_status'),
  };
}

function idLists({ userIds = [], departmentIds = [], groupIds = [] }: AvailabilityTargets): Json {
  return { user_ids: userIds, department_ids: departmentIds, group_ids: groupIds };
}

function verdicts(data: Json | undefined, list: string, id: string): readonly AvailabilityVerdict[] {
  return (objectsAt(data, list) ?? []).map((item) => ({
    id: requiredText(item, id),
    allowed: flagAt(item, 'in_white_list'),
    denied: flagAt(item, 'in_black_list'),
  }));
}
