import { z } from 'zod';
import type { App, Availability } from '../../world/types';
import type { World } from '../../world/world';
import { audienceRange } from '../contact/range';
import { changeRange } from '../contact/range-changes';
import { PlatformError } from '../errors';
import { departmentIdType, userIdType } from '../fields';
import type { Platform } from '../gates';
import { changedAudience, idLists, readAudience } from './audiences';
import { targetApp } from './read';
import { personIds } from './views';

const idTypes = { user_id_type: userIdType, department_id_type: departmentIdType };
const lists = idLists.prefault({});

/** Tells the app which people it has newly become visible to. */
export function announceVisible(world: World, app: App, userIds: readonly string[]): void {
  if (userIds.length === 0) return;
  const users = userIds.map((id) => ({ user_id: personIds(world, app, id) }));
  world.emit(app, 'application.application.visibility.added_v6', { users, source: 1 });
}

/** Availability: who sees the app and whom its bot may message. Changes take effect at once. */
export function registerVisibility(platform: Platform): void {
  platform.route({
    method: 'PATCH',
    path: '/open-apis/application/v6/applications/:app_id/visibility',
    scopes: ['admin:app.visibility'],
    tier: '20/min',
    query: z.object(idTypes),
    body: z.object({
      add_visible_list: lists,
      del_visible_list: lists,
      add_invisible_list: lists,
      del_invisible_list: lists,
      is_visible_to_all: z.boolean().optional(),
    }),
    handler(context) {
      const app = targetApp(context);
      const { world, body, query } = context;
      const read = (list: z.infer<typeof idLists>): ReturnType<typeof readAudience> =>
        readAudience(world, app, list, query);
      const added = read(body.add_visible_list);
      const next: Availability = {
        all: body.is_visible_to_all ?? app.availability.all,
        ...changedAudience(app.availability, added, read(body.del_visible_list)),
        excluded: changedAudience(
          app.availability.excluded,
          read(body.add_invisible_list),
          read(body.del_invisible_list),
        ),
      };
      changeRange(world, app, () => {
        app.availability = next;
      });
      announceVisible(world, app, added.userIds);
      return {};
    },
  });

  platform.route({
    method: 'POST',
    path: '/open-apis/application/v6/applications/:app_id/visibility/check_white_black_list',
    scopes: ['admin:app.visibility', 'admin:app.info:readonly'],
    tier: '100/min',
    query: z.object(idTypes),
    body: idLists,
    handler(context) {
      const app = targetApp(context);
      const { world, tenant, body, query } = context;
      const { availability } = app;
      const white = audienceRange(tenant, availability.all, availability);
      const black = audienceRange(tenant, false, availability.excluded);
      const { directory } = tenant;
      return {
        user_visibility_list: body.user_ids.flatMap((user_id) => {
          const { person } = world.findPerson(app, query.user_id_type, user_id);
          if (!person) return [];
          const in_white_list = white.hasPerson(person);
          return { user_id, in_white_list, in_black_list: black.hasPerson(person), in_paid_list: false };
        }),
        department_visibility_list: body.department_ids.flatMap((department_id) => {
          const found = directory.findDepartment(department_id);
          if (!found) return [];
          const in_white_list = white.hasDepartment(found);
          return { department_id, in_white_list, in_black_list: black.hasDepartment(found) };
        }),
        group_visibility_list: body.group_ids.flatMap((group_id) => {
          const group = directory.groups.get(group_id);
          if (!group) return [];
          return { group_id, in_white_list: white.hasGroup(group), in_black_list: black.hasGroup(group) };
        }),
      };
    },
  });

  platform.route({
    method: 'GET',
    path: '/open-apis/application/v2/app/visibility',
    scopes: ['admin:app.info:readonly'],
    query: z.object({
      app_id: z.string(),
      user_page_token: z.string().optional(),
      user_page_size: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    handler(context) {
      const { world, tenant, query } = context;
      const app = world.apps.get(query.app_id);
      if (!app || app.tenantKey !== tenant.tenantKey) throw new PlatformError(50003, 'no such app', 200);
      const start = Number(query.user_page_token ?? 0) || 0;
      const userIds = app.availability.userIds;
      const end = start + query.user_page_size;
      return {
        departments: app.availability.departmentIds.map((id) => ({ id })),
        users: userIds.slice(start, end).flatMap((user_id) => {
          const person = tenant.directory.people.get(user_id);
          return person ? { open_id: world.openId(context.app, person), user_id } : [];
        }),
        is_visible_to_all: app.availability.all ? 1 : 0,
        has_more_users: end < userIds.length ? 1 : 0,
        user_page_token: end < userIds.length ? String(end) : '',
        total_user_count: userIds.length,
      };
    },
  });
}
