import { DEFAULT_EVENTS, REQUIRED_SCOPES } from './permissions';
import type { App, AppVersion, Audience, Availability } from './types';
import type { Tenant, World } from './world';

export function noOne(): Audience {
  return { userIds: [], departmentIds: [], groupIds: [] };
}

export function everyone(): Availability {
  return { all: true, ...noOne(), excluded: noOne() };
}

/** A version that holds what is live in the app now. */
export function versionOf(world: World, app: App, content: Partial<AppVersion> = {}): AppVersion {
  return {
    versionId: world.ids.next('oav_'),
    version: nextNumber(app),
    status: 4,
    createTime: world.clock.now(),
    publishTime: 0,
    remark: '',
    updateRemark: '',
    rejectReason: '',
    scopes: [...app.scopes.requested],
    bot: app.bot,
    webApp: app.webApp,
    events: [...app.subscribedEvents],
    visibility: app.availability,
    mobileDefault: app.mobileDefault,
    pcDefault: app.pcDefault,
    ...content,
  };
}

function nextNumber(app: App): string {
  const last = app.versions.at(-1)?.version.split('.').map(Number) ?? [1, 0, 0];
  return [...last.slice(0, -1), (last.at(-1) ?? 0) + 1].join('.');
}

/** The version that is in force: the newest approved one. */
export function releasedVersion(app: App): AppVersion | undefined {
  return app.versions.filter((version) => version.status === 1).at(-1);
}

/** The version that waits for the tenant admin. */
export function versionUnderReview(app: App): AppVersion | undefined {
  return app.versions.filter((version) => version.status === 3).at(-1);
}

/** The bot answers only when its ability is on and a version has been released. */
export function botWorks(app: App): boolean {
  return app.bot && releasedVersion(app) !== undefined;
}

/** An app that is set up completely: everything granted, released and visible to all. */
export function makeApp(world: World, tenant: Tenant): App {
  const appId = world.ids.next('cli_', 16);
  const others = world.appsOf(tenant.tenantKey).length;
  const scopes = [...REQUIRED_SCOPES, 'application:application:self_manage'];
  const app: App = {
    appId,
    appSecret: world.ids.named('', `secret of ${appId}`),
    brand: tenant.brand,
    tenantKey: tenant.tenantKey,
    name: others === 0 ? 'Tickets' : `Tickets ${others + 1}`,
    description: 'Ticket reminders',
    avatarUrl: 'https://assets.example.com/tickets.png',
    sceneType: 0,
    status: 'enabled',
    scopes: { requested: scopes, granted: [...scopes] },
    bot: true,
    webApp: { pcUrl: 'https://sg.sobot.com/auth/sign_in', mobileUrl: 'https://sg.sobot.com/auth/sign_in' },
    redirectUrls: ['https://sg.sobot.io/ws-h5-client/'],
    versions: [],
    contactRange: { type: 'all', ...noOne() },
    availability: everyone(),
    mobileDefault: 'bot',
    pcDefault: 'web_app',
    ipAllowList: [],
    eventMode: 'webhook',
    eventUrl: '',
    callbackMode: 'webhook',
    callbackUrl: '',
    encryptKey: '',
    verificationToken: world.ids.named('', `verification token of ${appId}`),
    subscribedEvents: [...DEFAULT_EVENTS],
    subscribedCallbacks: ['card.action.trigger'],
    ownerUserId: tenant.directory.people.keys().next().value ?? '',
    draft: { addScopes: [], removeScopes: [] },
  };
  const now = world.clock.now();
  app.versions.push(
    versionOf(world, app, {
      version: '1.0.1',
      status: 1,
      createTime: now,
      publishTime: now,
      remark: 'first release',
      updateRemark: 'first release',
    }),
  );
  world.apps.set(appId, app);
  return app;
}
