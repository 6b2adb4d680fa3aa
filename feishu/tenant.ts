import { numberAt, requiredObject, textAt } from './decode';
import type { CallOptions, Invoke } from './invoke';
import { ROUTES } from './routes';

/** The company behind the app. */
export interface Tenant {
  readonly tenantKey: string | undefined;
  readonly name: string | undefined;
  /** The number people see, e.g. `F0123456789`. */
  readonly displayId: string | undefined;
  readonly kind: 'team' | 'personal' | 'unknown';
  readonly domain: string | undefined;
}

export interface TenantCalls {
  get(options?: CallOptions): Promise<Tenant>;
}

/** Calls about the company. */
export function tenantCalls(invoke: Invoke): TenantCalls {
  return {
    get: (options) =>
      invoke(
        {
          route: ROUTES.tenant,
          decode: (data) => {
            const tenant = requiredObject(data, 'tenant');
            const tag = numberAt(tenant, 'tenant_tag');
            return {
              tenantKey: textAt(tenant, 'tenant_key'),
              name: textAt(tenant, 'name'),
              displayId: textAt(tenant, 'display_id'),
              kind: tag === 0 ? 'team' : tag === 2 ? 'personal' : 'unknown',
              domain: textAt(tenant, 'domain'),
            };
          },
        },
        options,
      ),
  };
}
