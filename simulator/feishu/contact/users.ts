import { z } from 'zod';
import { PlatformError } from '../errors';
import { departmentIdType, paging, repeated, userIdType } from '../fields';
import type { Platform } from '../gates';
import { pageOf } from '../pages';
import { departmentInRange } from './departments';
import { contactRangeOf } from './range';
import { personNamed } from './person';
import { userView } from './views';

const idTypes = { user_id_type: userIdType, department_id_type: departmentIdType };
const SCOPES = ['contact:contact.base:readonly', 'contact:department.organize:readonly'];

/** The direct members of a department; `users` is the older name of the call, where the department may be left out. */
function registerMembers(platform: Platform, path: string, departmentId: z.ZodType<string>): void {
  platform.route({
    method: 'GET',
    path,
    tokens: ['tenant', 'user'],
    scopes: SCOPES,
    query: z.object({ ...paging, ...idTypes, department_id: departmentId }),
    handler(context) {
      const { world, app, tenant, query } = context;
      const range = contactRangeOf(app, tenant);
      const department = departmentInRange(context, query.department_id, range);
      const direct = tenant.directory.members(department?.openDepartmentId ?? '0');
      // Inside a department of the range only an exclusion can hide a person.
      const members = range.excludes ? direct.filter((one) => range.hasPerson(one)) : direct;
      const page = pageOf(context, members, {
        keyOf: (one) => one.serial,
        defaultSize: 10,
        maxSize: 50,
        owner: app.appId,
      });
      return { ...page, items: page.items.map((one) => userView(world, app, one, query)) };
    },
  });
}

export function registerUsers(platform: Platform): void {
  registerMembers(platform, '/open-apis/contact/v3/users/find_by_department', z.string());
  registerMembers(platform, '/open-apis/contact/v3/users', z.string().default('0'));

  platform.route({
    method: 'GET',
    path: '/open-apis/contact/v3/users/:user_id',
    tokens: ['tenant', 'user'],
    scopes: ['contact:contact.base:readonly'],
    query: z.object(idTypes),
    handler({ world, app, tenant, query, params }) {
      const person = personNamed(world, app, query.user_id_type, params['user_id'] ?? '');
      if (!contactRangeOf(app, tenant).hasPerson(person)) {
        throw new PlatformError(41050, 'no user authority error', 400);
      }
      return { user: userView(world, app, person, query) };
    },
  });

  platform.route({
    method: 'GET',
    path: '/open-apis/contact/v3/users/batch',
    tokens: ['tenant', 'user'],
    scopes: ['contact:contact.base:readonly'],
    query: z.object({ ...idTypes, user_ids: repeated(50) }),
    handler({ world, app, tenant, query }) {
      const range = contactRangeOf(app, tenant);
      const items = query.user_ids
        .flatMap((id) => world.findPerson(app, query.user_id_type, id).person ?? [])
        .filter((person) => range.hasPerson(person))
        .map((person) => userView(world, app, person, query));
      return { items };
    },
  });

  platform.route({
    method: 'POST',
    path: '/open-apis/contact/v3/users/basic_batch',
    scopes: ['contact:user.basic_profile:readonly'],
    query: z.object({ user_id_type: userIdType }),
    body: z.object({ user_ids: z.array(z.string()).min(1).max(10) }),
    handler({ world, app, query, body }) {
      const users = body.user_ids.flatMap((user_id) => {
        const { person } = world.findPerson(app, query.user_id_type, user_id);
        if (!person) return [];
        return { user_id, name: person.name, i18n_name: { zh_cn: person.name, en_us: person.enName } };
      });
      return { users };
    },
  });
}
