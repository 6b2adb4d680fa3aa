import { z } from 'zod';
import { departmentIdType, paging, userIdType } from '../fields';
import type { Platform } from '../gates';
import { pageOf } from '../pages';
import { grantedItems } from './range';
import { departmentIdView } from './views';

/** The authorised range: with the full range the first level and the root members, else exactly what was granted. */
export function registerContactScopes(platform: Platform): void {
  platform.route({
    method: 'GET',
    path: '/open-apis/contact/v3/scopes',
    scopes: ['contact:contact.base:readonly'],
    query: z.object({ ...paging, user_id_type: userIdType, department_id_type: departmentIdType }),
    handler(context) {
      const { world, app, tenant, query } = context;
      const granted = grantedItems(app, tenant);
      const entries = [
        ...granted.departments.map((one) => ({
          kind: 'department',
          id: departmentIdView(world, app, one.openDepartmentId, query.department_id_type),
        })),
        ...granted.people.map((one) => ({
          kind: 'user',
          id: world.personId(app, one, query.user_id_type),
        })),
        ...granted.groups.map((one) => ({ kind: 'group', id: one.groupId })),
      ];
      const position = new Map(entries.map((entry, i) => [entry, i]));
      const page = pageOf(context, entries, {
        keyOf: (entry) => position.get(entry) ?? 0,
        defaultSize: 50,
        maxSize: 100,
        owner: app.appId,
      });
      const of = (kind: string): string[] =>
        page.items.filter((entry) => entry.kind === kind).map((entry) => entry.id);
      return {
        department_ids: of('department'),
        user_ids: of('user'),
        group_ids: of('group'),
        has_more: page.has_more,
        ...(page.page_token === undefined ? {} : { page_token: page.page_token }),
      };
    },
  });
}
