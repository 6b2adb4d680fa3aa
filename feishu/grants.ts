import type { Permission } from './permissions';

/** One line of the app's own scope list (`application/v6/scopes`). */
export interface ScopeGrant {
  readonly scope: string;
  readonly granted: boolean;
  /** Only a `tenant` grant counts for what an app does by itself. `undefined` = not told. */
  readonly tokenType: 'tenant' | 'user' | undefined;
}

/** `requested` = on the app's list but not in force: not released, or not yet approved. `absent` = never asked for. */
export interface PermissionVerdict {
  readonly state: 'granted' | 'requested' | 'absent';
  /** The scope that decided it: the key itself or the alternative that stands in. */
  readonly by: string | undefined;
}

export function judgePermission(
  permission: Pick<Permission, 'key' | 'alternatives'>,
  grants: readonly ScopeGrant[],
): PermissionVerdict {
  const mine = grants.filter((grant) => grant.tokenType !== 'user');
  const keys = [permission.key, ...permission.alternatives];
  const granted = keys.find((key) => mine.some((grant) => grant.scope === key && grant.granted));
  if (granted !== undefined) return { state: 'granted', by: granted };
  const requested = mine.some((grant) => grant.scope === permission.key);
  return requested ? { state: 'requested', by: permission.key } : { state: 'absent', by: undefined };
}

/** The text that the developer console's "batch import" of permissions takes. */
export function batchImportJson(tenantScopes: readonly string[], userScopes: readonly string[] = []): string {
  return JSON.stringify({ scopes: { tenant: [...tenantScopes], user: [...userScopes] } }, null, 2);
}
