import { z } from 'zod';
import type { Person } from '../../world/types';
import { Slot, type Tenant } from '../../world/world';
import { holdsScope } from '../checks';
import { userIdType } from '../fields';
import type { Platform } from '../gates';
import { contactRangeOf } from './range';
import { statusView, USER_FIELD_SCOPES } from './views';

interface Index {
  /** The state of the directory that it was built from. */
  readonly revision: number;
  readonly byEmail: Map<string, Person[]>;
  readonly byMobile: Map<string, Person[]>;
}

const indexes = new Slot(() => new Map<string, Index>());

function push(map: Map<string, Person[]>, key: string, person: Person): void {
  if (!key) return;
  const list = map.get(key);
  if (list) list.push(person);
  else map.set(key, [person]);
}

function buildIndex(tenant: Tenant): Index {
  const index: Index = { revision: tenant.directory.revision, byEmail: new Map(), byMobile: new Map() };
  for (const person of tenant.directory.people.values()) {
    push(index.byEmail, person.email.toLowerCase(), person);
    push(index.byMobile, person.mobile, person);
  }
  return index;
}

/** Mainland numbers come without `+86`, all others with `+` and country code. */
function normalise(mobile: string): string {
  return mobile.startsWith('+') ? mobile : `+86${mobile}`;
}

export function registerLookup(platform: Platform): void {
  platform.route({
    method: 'POST',
    path: '/open-apis/contact/v3/users/batch_get_id',
    scopes: ['contact:user.id:readonly'],
    query: z.object({ user_id_type: userIdType }),
    body: z.object({
      emails: z.array(z.string()).max(50).default([]),
      mobiles: z.array(z.string()).max(50).default([]),
      include_resigned: z.boolean().default(false),
    }),
    handler({ world, app, tenant, query, body }) {
      const range = contactRangeOf(app, tenant);
      const byTenant = world.use(indexes);
      const known = byTenant.get(tenant.tenantKey);
      const index = known?.revision === tenant.directory.revision ? known : buildIndex(tenant);
      byTenant.set(tenant.tenantKey, index);
      const mayStatus = holdsScope(app, USER_FIELD_SCOPES.employee);
      const entry = (found: Person[] | undefined, echo: object): object => {
        const person = found?.find(
          (one) => (body.include_resigned || one.status !== 'resigned') && range.hasPerson(one),
        );
        if (!person) return echo;
        const user_id = world.personId(app, person, query.user_id_type);
        return { user_id, ...echo, ...(mayStatus ? { status: statusView(person) } : {}) };
      };
      return {
        user_list: [
          ...body.emails.map((email) => entry(index.byEmail.get(email.toLowerCase()), { email })),
          ...body.mobiles.map((mobile) => entry(index.byMobile.get(normalise(mobile)), { mobile })),
        ],
      };
    },
  });
}
