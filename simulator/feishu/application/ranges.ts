import { z } from 'zod';
import { changeRange } from '../contact/range-changes';
import { departmentIdType, paging, userIdType } from '../fields';
import type { Platform } from '../gates';
import { pageOf } from '../pages';
import { changedAudience, idLists, readAudience } from './audiences';
import { targetApp } from './read';
import { audienceView } from './views';

const idTypes = { user_id_type: userIdType, department_id_type: departmentIdType };
const lists = idLists.prefault({});

/** The contact range: what the contact calls and events of the app may show. */
export function registerContactsRange(platform: Platform): void {
  platform.route({
    method: 'GET',
    path: '/open-apis/application/v6/applications/:app_id/contacts_range_configuration',
    scopes: ['admin:app.info:readonly'],
    tier: '100/min',
    query: z.object({ ...paging, ...idTypes }),
    handler(context) {
      const app = targetApp(context);
      const { world, query } = context;
      const range = app.contactRange;
      const entries = [
        ...range.userIds.map((id) => ({ kind: 'userIds' as const, id })),
        ...range.departmentIds.map((id) => ({ kind: 'departmentIds' as const, id })),
        ...range.groupIds.map((id) => ({ kind: 'groupIds' as const, id })),
      ].map((entry, position) => ({ ...entry, position }));
      const { items, ...rest } = pageOf(context, range.type === 'some' ? entries : [], {
        keyOf: (entry) => entry.position,
        defaultSize: 50,
        maxSize: 100,
        owner: context.app.appId,
      });
      const of = (kind: string): string[] => items.filter((e) => e.kind === kind).map((e) => e.id);
      const part = { userIds: of('userIds'), departmentIds: of('departmentIds'), groupIds: of('groupIds') };
      return {
        contacts_range: {
          contacts_scope_type: range.type,
          visible_list: audienceView(world, app, part, query.user_id_type),
        },
        ...rest,
      };
    },
  });

  platform.route({
    method: 'PATCH',
    path: '/open-apis/application/v6/applications/:app_id/contacts_range',
    scopes: ['application:application.contacts_range:write'],
    tier: '20/min',
    query: z.object(idTypes),
    body: z.object({
      contacts_range_type: z.enum(['equal_to_availability', 'some', 'all']),
      add_visible_list: lists,
      del_visible_list: lists,
    }),
    handler(context) {
      const app = targetApp(context);
      const { world, body, query } = context;
      const audience = changedAudience(
        app.contactRange,
        readAudience(world, app, body.add_visible_list, query),
        readAudience(world, app, body.del_visible_list, query),
      );
      changeRange(world, app, () => {
        app.contactRange = { type: body.contacts_range_type, ...audience };
      });
      return {};
    },
  });
}
