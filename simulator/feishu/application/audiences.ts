import { z } from 'zod';
import type { App, Audience, DepartmentIdType, UserIdType } from '../../world/types';
import type { World } from '../../world/world';
import { PlatformError } from '../errors';

/** A list of ids in a request, each kind at most 100. */
export const idLists = z.object({
  user_ids: z.array(z.string()).max(100).default([]),
  department_ids: z.array(z.string()).max(100).default([]),
  group_ids: z.array(z.string()).max(100).default([]),
});

export type IdLists = z.infer<typeof idLists>;

/** The audience that ids of a request mean. Throws 210001 for ids that mean nothing to this app. */
export function readAudience(
  world: World,
  app: App,
  lists: IdLists,
  types: { user_id_type: UserIdType; department_id_type: DepartmentIdType },
): Audience {
  const { directory } = world.tenantOf(app);
  const invalid = (): PlatformError => new PlatformError(210001, 'invalid parameter', 400);
  return {
    userIds: lists.user_ids.map((id) => {
      const { person } = world.findPerson(app, types.user_id_type, id);
      if (!person) throw invalid();
      return person.userId;
    }),
    departmentIds: lists.department_ids.map((id) => {
      const department = directory.findDepartment(id);
      if (!department) throw invalid();
      return department.openDepartmentId;
    }),
    groupIds: lists.group_ids.map((id) => {
      if (!directory.groups.has(id)) throw invalid();
      return id;
    }),
  };
}

function merged(list: string[], add: string[], remove: string[]): string[] {
  return [...new Set([...list, ...add])].filter((id) => !remove.includes(id));
}

/** `audience` with some entries more and some fewer. */
export function changedAudience(audience: Audience, add: Audience, remove: Audience): Audience {
  return {
    userIds: merged(audience.userIds, add.userIds, remove.userIds),
    departmentIds: merged(audience.departmentIds, add.departmentIds, remove.departmentIds),
    groupIds: merged(audience.groupIds, add.groupIds, remove.groupIds),
  };
}
