import { holdsScope } from './checks';
import type { Platform } from './gates';

export function registerTenant(platform: Platform): void {
  platform.route({
    method: 'GET',
    path: '/open-apis/tenant/v2/tenant/query',
    scopes: ['tenant:tenant:readonly'],
    handler({ app, tenant }) {
      const avatar = `https://assets.example.com/${tenant.tenantKey}`;
      return {
        tenant: {
          name: tenant.name,
          display_id: tenant.displayId,
          tenant_tag: tenant.tag,
          tenant_key: tenant.tenantKey,
          avatar: {
            avatar_origin: `${avatar}.png`,
            avatar_72: `${avatar}-72.png`,
            avatar_240: `${avatar}-240.png`,
            avatar_640: `${avatar}-640.png`,
          },
          ...(holdsScope(app, ['tenant:tenant.domain:read']) ? { domain: tenant.domain } : {}),
        },
      };
    },
  });
}
