import type { App, AppVersion, Audience, UserIdType } from '../../world/types';
import type { World } from '../../world/world';
import { SUPER_SENSITIVE_SCOPES } from '../../world/permissions';

const STATUS = { disabled: 0, enabled: 1, 'not-enabled': 2 } as const;

export function appStatus(app: App): number {
  return STATUS[app.status];
}

function seconds(ms: number): string {
  return ms ? String(Math.floor(ms / 1000)) : '';
}

function scopeView(scope: string): object {
  return {
    scope,
    description: scope,
    level: SUPER_SENSITIVE_SCOPES.includes(scope) ? 3 : 1,
    token_types: ['tenant'],
  };
}

/** People by the id type asked for; departments always by `open_department_id`. */
export function audienceView(world: World, app: App, audience: Audience, type: UserIdType): object {
  const { directory } = world.tenantOf(app);
  return {
    open_ids: audience.userIds.flatMap((id) => {
      const person = directory.people.get(id);
      return person ? world.personId(app, person, type) : [];
    }),
    department_ids: audience.departmentIds,
    group_ids: audience.groupIds,
  };
}

export function ownerId(world: World, app: App, type: UserIdType): string {
  const owner = world.tenantOf(app).directory.people.get(app.ownerUserId);
  return owner ? world.personId(app, owner, type) : '';
}

export function versionView(
  world: World,
  app: App,
  version: AppVersion,
  type: UserIdType,
): Record<string, unknown> {
  return {
    app_id: app.appId,
    version: version.version,
    version_id: version.versionId,
    app_name: app.name,
    avatar_url: app.avatarUrl,
    description: app.description,
    scopes: version.scopes.map(scopeView),
    back_home_url: version.webApp?.pcUrl ?? '',
    i18n: [],
    common_categories: [],
    events: version.events,
    event_infos: version.events.map((event) => ({
      event_type: event,
      event_name: event,
      event_description: '',
    })),
    status: version.status,
    create_time: seconds(version.createTime),
    publish_time: seconds(version.publishTime),
    ability: {
      ...(version.webApp
        ? { web_app: { pc_url: version.webApp.pcUrl, mobile_url: version.webApp.mobileUrl } }
        : {}),
      ...(version.bot
        ? { bot: { card_request_url: app.callbackUrl, bot_menu_enable: false, bot_menus: [] } }
        : {}),
    },
    remark: {
      remark: version.remark,
      update_remark: version.updateRemark,
      visibility: {
        is_all: version.visibility.all,
        visible_list: audienceView(world, app, version.visibility, type),
        invisible_list: audienceView(world, app, version.visibility.excluded, type),
      },
    },
  };
}

export function appView(
  world: World,
  app: App,
  online: AppVersion | undefined,
  pending: AppVersion | undefined,
  type: UserIdType,
  lang: string,
): object {
  const owner = ownerId(world, app, type);
  return {
    app_id: app.appId,
    creator_id: owner,
    status: appStatus(app),
    scene_type: app.sceneType,
    payment_type: 0,
    create_source: 'developer_console',
    redirect_urls: app.redirectUrls,
    online_version_id: online?.versionId ?? '',
    unaudit_version_id: pending?.versionId ?? '',
    app_name: app.name,
    avatar_url: app.avatarUrl,
    description: app.description,
    scopes: app.scopes.granted.map(scopeView),
    back_home_url: app.webApp?.pcUrl ?? '',
    primary_language: lang,
    i18n: [{ i18n_key: lang, name: app.name, description: app.description, help_use: '' }],
    common_categories: [],
    owner: {
      type: 2,
      owner_id: owner,
      name: '',
      help_desk: '',
      email: '',
      phone: '',
      customer_service_account: '',
    },
    mobile_default_ability: app.mobileDefault,
    pc_default_ability: app.pcDefault,
    event: {
      subscription_type: app.eventMode,
      request_url: app.eventUrl,
      subscribed_events: app.subscribedEvents,
    },
    callback: {
      callback_type: app.callbackMode,
      request_url: app.callbackUrl,
      subscribed_callbacks: app.subscribedCallbacks,
    },
    encryption: { encryption_key: app.encryptKey, verification_token: app.verificationToken },
    security: {
      redirect_urls: app.redirectUrls,
      allowed_ips: app.ipAllowList,
      h5_trusted_domains: [],
      web_view_trusted_domains: [],
      allowed_schemas: [],
      allowed_server_domains: [],
    },
  };
}

/** The owner as events name people: all three ids, `user_id` only with its scope. */
export function operatorView(world: World, app: App): object {
  const owner = world.tenantOf(app).directory.people.get(app.ownerUserId);
  return owner ? personIds(world, app, owner.userId) : {};
}

/** A person as events name them: all ids, `user_id` only with its scope. */
export function personIds(world: World, app: App, userId: string): object {
  const person = world.tenantOf(app).directory.people.get(userId);
  if (!person) return {};
  return {
    open_id: world.openId(app, person),
    union_id: world.unionId(person),
    ...(app.scopes.granted.includes('contact:user.employee_id:readonly') ? { user_id: userId } : {}),
  };
}

/** A version inside an event: people are objects with all their ids there, not plain strings. */
export function versionEventView(world: World, app: App, version: AppVersion): object {
  const lists = (audience: Audience): object => ({
    open_ids: audience.userIds.map((id) => personIds(world, app, id)),
    department_ids: audience.departmentIds,
    group_ids: audience.groupIds,
  });
  return {
    ...versionView(world, app, version, 'open_id'),
    remark: {
      remark: version.remark,
      update_remark: version.updateRemark,
      visibility: {
        is_all: version.visibility.all,
        visible_list: lists(version.visibility),
        invisible_list: lists(version.visibility.excluded),
      },
    },
  };
}
