import { z } from 'zod';
import { releasedVersion, versionUnderReview } from '../../world/apps';
import type { App, AppVersion } from '../../world/types';
import type { World } from '../../world/world';
import { holdsScope } from '../checks';
import { missingScope, PlatformError } from '../errors';
import { paging, userIdType } from '../fields';
import type { Context, Platform } from '../gates';
import { pageOf } from '../pages';
import { appView, versionView } from './views';

const lang = z.enum(['zh_cn', 'en_us', 'ja_jp']);
const SELF_OR_ADMIN = ['application:application:self_manage', 'admin:app.info:readonly'];

export function versionScopes(world: World): string[] {
  const scopes = ['application:application:self_manage', 'application:application.app_version:readonly'];
  return world.switches.appInfoOpensVersions ? [...scopes, 'admin:app.info:readonly'] : scopes;
}

/** The app that `:app_id` names: `me`, the caller's own id, or another app of the tenant. */
export function targetApp(context: Context): App {
  const { world, app, params } = context;
  const id = params['app_id'] ?? '';
  if (id === 'me' || id === app.appId) return app;
  if (!/^cli_[0-9a-fA-F]{16}$/.test(id)) throw new PlatformError(210503, 'invalid app_id', 400);
  const other = world.apps.get(id);
  if (!other) throw new PlatformError(210506, 'app not exist', 400);
  if (other.tenantKey !== app.tenantKey) throw new PlatformError(210504, 'app not found in tenant', 400);
  if (!holdsScope(app, ['admin:app.info:readonly'])) throw missingScope(app, ['admin:app.info:readonly']);
  return other;
}

function newestFirst(app: App): AppVersion[] {
  return [...app.versions].reverse();
}

export function registerApplicationRead(platform: Platform): void {
  platform.route({
    method: 'GET',
    path: '/open-apis/application/v6/applications/:app_id',
    scopes: SELF_OR_ADMIN,
    query: z.object({ lang, user_id_type: userIdType }),
    handler(context) {
      const app = targetApp(context);
      const { world, query } = context;
      const online = releasedVersion(app);
      return { app: appView(world, app, online, versionUnderReview(app), query.user_id_type, query.lang) };
    },
  });

  platform.route({
    method: 'GET',
    path: '/open-apis/application/v6/applications/:app_id/app_versions',
    scopes: versionScopes,
    tier: '100/min',
    query: z.object({ ...paging, lang, order: z.enum(['0', '1']).default('0'), user_id_type: userIdType }),
    handler(context) {
      const app = targetApp(context);
      const { world, query } = context;
      const versions = query.order === '1' ? app.versions : newestFirst(app);
      const position = new Map(versions.map((version, i) => [version, i]));
      const page = pageOf(context, versions, {
        keyOf: (version) => position.get(version) ?? 0,
        defaultSize: 20,
        maxSize: 50,
        owner: context.app.appId,
      });
      return { ...page, items: page.items.map((one) => versionView(world, app, one, query.user_id_type)) };
    },
  });

  platform.route({
    method: 'GET',
    path: '/open-apis/application/v6/applications/:app_id/app_versions/:version_id',
    scopes: versionScopes,
    tier: '100/min',
    query: z.object({ lang, user_id_type: userIdType }),
    handler(context) {
      const app = targetApp(context);
      const found = app.versions.find((version) => version.versionId === context.params['version_id']);
      // unverified: the code of an unknown version.
      if (!found) throw new PlatformError(210507, 'app version not exist', 400);
      return { app_version: versionView(context.world, app, found, context.query.user_id_type) };
    },
  });
}
