import { releasedVersion, versionOf, versionUnderReview } from '../../world/apps';
import { REVIEW_FREE_SCOPES } from '../../world/permissions';
import type { App, AppDraft, AppVersion } from '../../world/types';
import type { World } from '../../world/world';
import { changeRange } from '../contact/range-changes';
import { appStatus, versionEventView, operatorView } from './views';

/** A step of the version life-cycle that is not possible now. */
export class LifecycleError extends Error {}

/**
 * What a developer edits in the console. It waits in the draft until a version with it is approved; only
 * review-free scopes are granted at once. Requested scopes are listed at once as "not granted".
 */
export function editDraft(app: App, edit: Partial<AppDraft>): void {
  const { addScopes = [], removeScopes = [], ...rest } = edit;
  Object.assign(app.draft, rest);
  for (const scope of addScopes) {
    if (!app.scopes.requested.includes(scope)) app.scopes.requested.push(scope);
    app.draft.removeScopes = app.draft.removeScopes.filter((one) => one !== scope);
    if (app.scopes.granted.includes(scope)) continue;
    if (REVIEW_FREE_SCOPES.includes(scope)) app.scopes.granted.push(scope);
    else if (!app.draft.addScopes.includes(scope)) app.draft.addScopes.push(scope);
  }
  for (const scope of removeScopes) {
    app.draft.addScopes = app.draft.addScopes.filter((one) => one !== scope);
    if (app.scopes.granted.includes(scope)) app.draft.removeScopes.push(scope);
    else app.scopes.requested = app.scopes.requested.filter((one) => one !== scope);
  }
}

export interface Release {
  version?: string | undefined;
  remark?: string | undefined;
  updateRemark?: string | undefined;
  mobileDefault?: AppVersion['mobileDefault'] | undefined;
  pcDefault?: AppVersion['pcDefault'] | undefined;
}

/** A new version, not yet submitted, of what is live plus the draft. */
export function createVersion(world: World, app: App, release: Release = {}): AppVersion {
  if (versionUnderReview(app)) throw new LifecycleError('a version is under review already');
  const { draft } = app;
  const version = versionOf(world, app, {
    ...(release.version === undefined ? {} : { version: release.version }),
    remark: release.remark ?? '',
    updateRemark: release.updateRemark ?? '',
    scopes: app.scopes.requested.filter((scope) => !draft.removeScopes.includes(scope)),
    bot: draft.bot ?? app.bot,
    webApp: draft.webApp === undefined ? app.webApp : draft.webApp,
    events: draft.subscribedEvents ?? app.subscribedEvents,
    visibility: draft.availability ?? app.availability,
    mobileDefault: release.mobileDefault ?? draft.mobileDefault ?? app.mobileDefault,
    pcDefault: release.pcDefault ?? draft.pcDefault ?? app.pcDefault,
  });
  app.versions.push(version);
  return version;
}

/** Hands the newest unsubmitted version (a fresh one if there is none) to the tenant admin: 4 → 3. */
export function submitVersion(world: World, app: App, release: Release = {}): AppVersion {
  const waiting = app.versions.at(-1);
  const version = waiting?.status === 4 ? waiting : createVersion(world, app, release);
  if (release.version !== undefined) version.version = release.version;
  if (release.remark !== undefined) version.remark = release.remark;
  if (release.updateRemark !== undefined) version.updateRemark = release.updateRemark;
  version.status = 3;
  const online = releasedVersion(app);
  world.emit(app, 'application.application.app_version.publish_apply_v6', {
    operator_id: operatorView(world, app),
    ...(online ? { online_version: versionEventView(world, app, online) } : {}),
    under_audit_version: versionEventView(world, app, version),
    app_status: appStatus(app),
  });
  return version;
}

function underReview(app: App): AppVersion {
  const version = versionUnderReview(app);
  if (!version) throw new LifecycleError('no version is under review');
  return version;
}

/** 3 → 1: everything the version holds becomes live. */
export function approveVersion(world: World, app: App): AppVersion {
  const version = underReview(app);
  version.status = 1;
  version.publishTime = world.clock.now();
  app.scopes = { requested: [...version.scopes], granted: [...version.scopes] };
  app.bot = version.bot;
  app.webApp = version.webApp;
  app.mobileDefault = version.mobileDefault;
  app.pcDefault = version.pcDefault;
  app.subscribedEvents = [...version.events];
  const { contactRange } = app.draft;
  app.draft = { addScopes: [], removeScopes: [] };
  if (app.status === 'not-enabled') app.status = 'enabled';
  changeRange(world, app, () => {
    app.availability = version.visibility;
    if (contactRange) app.contactRange = contactRange;
  });
  emitAudit(world, app, version, 'audited');
  return version;
}

/** 3 → 2: nothing of the version becomes live, the draft stays for the next one. */
export function rejectVersion(world: World, app: App, reason: string): AppVersion {
  const version = underReview(app);
  version.status = 2;
  version.rejectReason = reason;
  emitAudit(world, app, version, 'reject');
  return version;
}

/** 3 → 4: the developer takes the version back. */
export function revokeVersion(world: World, app: App): AppVersion {
  const version = underReview(app);
  version.status = 4;
  world.emit(app, 'application.application.app_version.publish_revoke_v6', {
    operator_id: operatorView(world, app),
    creator_id: operatorView(world, app),
    version_id: version.versionId,
  });
  return version;
}

function emitAudit(world: World, app: App, version: AppVersion, operation: 'audited' | 'reject'): void {
  world.emit(app, 'application.application.app_version.audit_v6', {
    operator_id: operatorView(world, app),
    version_id: version.versionId,
    creator_id: operatorView(world, app),
    app_id: app.appId,
    operation,
    remark: version.rejectReason,
    audit_source: 'administrator',
  });
}
