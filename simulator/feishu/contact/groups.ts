import { z } from 'zod';
import type { Group } from '../../world/types';
import { PlatformError } from '../errors';
import { departmentIdType, paging, userIdType } from '../fields';
import type { Context, Platform } from '../gates';
import { pageOf } from '../pages';
import { contactRangeOf, isMember } from './range';
import { personNamed } from './person';
import { departmentIdView, groupView } from './views';

const SCOPES = ['contact:group:readonly'];

function groupsInRange(context: Context): Group[] {
  const range = contactRangeOf(context.app, context.tenant);
  return [...context.tenant.directory.groups.values()].filter((group) => range.hasGroup(group));
}

function groupOf(context: Context): Group {
  const found = groupsInRange(context).find((group) => group.groupId === context.params['group_id']);
  // unverified: the code of an unknown or unauthorised group.
  if (!found) throw new PlatformError(42003, 'group id invalid or no group authority', 400);
  return found;
}

function view(group: Group): object {
  return groupView(group, group.userIds.length);
}

export function registerGroups(platform: Platform): void {
  platform.route({
    method: 'GET',
    path: '/open-apis/contact/v3/group/simplelist',
    scopes: SCOPES,
    query: z.object({ ...paging, type: z.coerce.number().int().min(1).max(2).default(1) }),
    handler(context) {
      const groups = groupsInRange(context).filter((group) => group.type === context.query.type);
      const { items, ...rest } = pageOf(context, groups, {
        keyOf: (group) => group.serial,
        defaultSize: 50,
        maxSize: 100,
        owner: context.app.appId,
      });
      return { grouplist: items.map(view), ...rest };
    },
  });

  platform.route({
    method: 'GET',
    path: '/open-apis/contact/v3/group/:group_id',
    scopes: SCOPES,
    handler: (context) => ({ group: view(groupOf(context)) }),
  });

  platform.route({
    method: 'GET',
    path: '/open-apis/contact/v3/group/:group_id/member/simplelist',
    scopes: SCOPES,
    query: z.object({
      ...paging,
      member_id_type: z
        .union([userIdType.removeDefault(), departmentIdType.removeDefault()])
        .default('open_id'),
      member_type: z.enum(['user', 'department']).default('user'),
    }),
    handler(context) {
      const { world, app, tenant, query } = context;
      const group = groupOf(context);
      const idType = query.member_id_type;
      const ids: string[] = [];
      if (query.member_type === 'department') {
        const type = idType === 'department_id' ? 'department_id' : 'open_department_id';
        ids.push(...group.departmentIds.map((id) => departmentIdView(world, app, id, type)));
      } else {
        const type = idType === 'union_id' || idType === 'user_id' ? idType : 'open_id';
        for (const userId of group.userIds) {
          const person = tenant.directory.people.get(userId);
          if (person && person.status !== 'resigned') ids.push(world.personId(app, person, type));
        }
      }
      const members = ids.map((member_id, position) => ({ position, member_id }));
      const { items, ...rest } = pageOf(context, members, {
        keyOf: (member) => member.position,
        defaultSize: 50,
        maxSize: 100,
        owner: app.appId,
      });
      const memberlist = items.map(({ member_id }) => ({
        member_id,
        member_type: query.member_type,
        member_id_type: idType,
      }));
      return { memberlist, ...rest };
    },
  });

  platform.route({
    method: 'GET',
    path: '/open-apis/contact/v3/group/member_belong',
    scopes: SCOPES,
    query: z.object({
      ...paging,
      member_id: z.string(),
      member_id_type: userIdType,
      group_type: z.coerce.number().int().min(1).max(2).optional(),
    }),
    handler(context) {
      const { world, app, tenant, query } = context;
      const person = personNamed(world, app, query.member_id_type, query.member_id);
      const groups = groupsInRange(context).filter(
        (group) =>
          (query.group_type === undefined || group.type === query.group_type) &&
          isMember(tenant.directory, group, person),
      );
      const { items, ...rest } = pageOf(context, groups, {
        keyOf: (group) => group.serial,
        defaultSize: 500,
        maxSize: 1000,
        owner: app.appId,
      });
      return { group_list: items.map((group) => group.groupId), ...rest };
    },
  });
}
