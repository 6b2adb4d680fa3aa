import { SUPER_SENSITIVE_SCOPES } from '../../world/permissions';
import { Slot } from '../../world/world';
import { PlatformError } from '../errors';
import type { Platform } from '../gates';

/** Per app: the applications for scopes that wait for the admin, and how many were made for the current version. */
const applications = new Slot(() => new Map<string, { waiting: Set<string>; count: number }>());

const MAX_APPLICATIONS = 10;

export function registerApplicationScopes(platform: Platform): void {
  platform.route({
    method: 'GET',
    path: '/open-apis/application/v6/scopes',
    handler({ app }) {
      const { requested, granted } = app.scopes;
      return {
        scopes: requested.map((scope_name) => ({
          scope_name,
          grant_status: granted.includes(scope_name) ? 1 : 2,
          scope_type: 'tenant',
        })),
      };
    },
  });

  platform.route({
    method: 'POST',
    path: '/open-apis/application/v6/scopes/apply',
    handler({ app, world }) {
      const all = world.use(applications);
      const mine = all.get(app.appId) ?? { waiting: new Set<string>(), count: 0 };
      all.set(app.appId, mine);
      const missing = app.scopes.requested.filter((scope) => !app.scopes.granted.includes(scope));
      if (missing.length === 0) throw new PlatformError(212002, 'no scope to apply for', 400);
      const askable = missing.filter((scope) => !SUPER_SENSITIVE_SCOPES.includes(scope));
      if (askable.length === 0) throw new PlatformError(212001, 'only super-sensitive scopes left', 400);
      if (mine.count >= MAX_APPLICATIONS) throw new PlatformError(212003, 'application over limit', 400);
      if (askable.every((scope) => mine.waiting.has(scope))) {
        throw new PlatformError(212004, 'duplicate application', 400);
      }
      for (const scope of askable) mine.waiting.add(scope);
      mine.count++;
      return {};
    },
  });
}
