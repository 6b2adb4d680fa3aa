import type { App, Department, Group, Person } from '../../world/types';
import type { World } from '../../world/world';
import { holdsScope } from '../checks';
import { grantedItems } from './range';
import { departmentView, userView } from './views';

/** Events always name people by open_id and departments by open_department_id. */
export const EVENT_IDS = { user_id_type: 'open_id', department_id_type: 'open_department_id' } as const;

interface Items {
  departments: readonly Department[];
  people: readonly Person[];
  groups: readonly Group[];
}

/** The people of this event lack `department_ids`, as on the platform. */
function itemsView(world: World, app: App, items: Items): object {
  return {
    departments: items.departments.map((one) => departmentView(world, app, one, EVENT_IDS, 'number')),
    users: items.people.map((one) => {
      const view = userView(world, app, one, EVENT_IDS);
      delete view['department_ids'];
      delete view['orders'];
      return view;
    }),
    user_groups: items.groups.map((group) => ({
      user_group_id: group.groupId,
      name: group.name,
      type: group.type,
      member_count: group.userIds.length,
      status: 1,
    })),
  };
}

function without<T>(list: readonly T[], other: readonly T[]): T[] {
  const known = new Set(other);
  return list.filter((item) => !known.has(item));
}

function difference(from: Items, to: Items): Items {
  return {
    departments: without(to.departments, from.departments),
    people: without(to.people, from.people),
    groups: without(to.groups, from.groups),
  };
}

function isEmpty(items: Items): boolean {
  return items.departments.length + items.people.length + items.groups.length === 0;
}

/** Tells the app what entered and what left its contact range. */
export function emitScopeUpdated(world: World, app: App, added: Items, removed: Items): void {
  if (isEmpty(added) && isEmpty(removed)) return;
  if (!holdsScope(app, ['contact:contact.base:readonly'])) return;
  world.emit(app, 'contact.scope.updated_v3', {
    added: itemsView(world, app, added),
    removed: itemsView(world, app, removed),
  });
}

/** Runs a change of the app's contact range or availability and tells the app what it means. */
export function changeRange(world: World, app: App, change: () => void): void {
  const tenant = world.tenantOf(app);
  const before = grantedItems(app, tenant);
  change();
  const after = grantedItems(app, tenant);
  emitScopeUpdated(world, app, difference(before, after), difference(after, before));
}
