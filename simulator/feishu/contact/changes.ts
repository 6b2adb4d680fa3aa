import { isDeepStrictEqual } from 'node:util';
import type { App, Department, Person } from '../../world/types';
import type { World } from '../../world/world';
import { holdsScope } from '../checks';
import { contactRangeOf } from './range';
import { emitScopeUpdated, EVENT_IDS } from './range-changes';
import { departmentView, userView } from './views';

type View = Record<string, unknown>;

const NOTHING = { departments: [], people: [], groups: [] };

/** Old values of the fields that differ. */
function changedFields(before: View, after: View): View {
  return Object.fromEntries(
    Object.entries(before).filter(([key, value]) => !isDeepStrictEqual(value, after[key])),
  );
}

function listeners(world: World, tenantKey: string): App[] {
  return world.appsOf(tenantKey).filter((app) => holdsScope(app, ['contact:contact.base:readonly']));
}

function sees(world: World, app: App, person: Person): boolean {
  return contactRangeOf(app, world.tenantOf(app)).hasPerson(person);
}

/** A person joined: `contact.user.created_v3` to every app whose range holds them. */
export function announcePerson(world: World, person: Person): void {
  for (const app of listeners(world, person.tenantKey)) {
    if (!sees(world, app, person)) continue;
    world.emit(app, 'contact.user.created_v3', { object: userView(world, app, person, EVENT_IDS) });
  }
}

/**
 * Changes a person and tells the apps: `contact.user.updated_v3` inside the range, `contact.user.deleted_v3` on
 * resignation, `contact.user.created_v3` on return, `contact.scope.updated_v3` when the range is entered or left.
 */
export function changePerson(
  world: World,
  person: Person,
  changes: Partial<Omit<Person, 'serial' | 'tenantKey' | 'userId'>>,
): void {
  const wasResigned = person.status === 'resigned';
  const before = listeners(world, person.tenantKey).map((app) => ({
    app,
    seen: sees(world, app, person),
    view: userView(world, app, person, EVENT_IDS),
  }));
  world.tenants.get(person.tenantKey)?.directory.changePerson(person, changes);
  const isResigned = person.status === 'resigned';
  for (const { app, seen, view } of before) {
    const now = userView(world, app, person, EVENT_IDS);
    const seenNow = sees(world, app, person);
    if (isResigned && !wasResigned) {
      if (seen) emitDeleted(world, app, now, view);
    } else if (wasResigned && !isResigned) {
      if (seenNow) world.emit(app, 'contact.user.created_v3', { object: now });
    } else if (seen && seenNow) {
      const old = changedFields(view, now);
      if (Object.keys(old).length > 0) {
        world.emit(app, 'contact.user.updated_v3', { object: now, old_object: old });
      }
    } else if (seen !== seenNow) {
      const items = { ...NOTHING, people: [person] };
      if (seenNow) emitScopeUpdated(world, app, items, NOTHING);
      else emitScopeUpdated(world, app, NOTHING, items);
    }
  }
}

function emitDeleted(world: World, app: App, now: View, old: View): void {
  const departmentIds = old['department_ids'];
  world.emit(app, 'contact.user.deleted_v3', {
    object: now,
    old_object: {
      open_id: now['open_id'],
      ...(departmentIds === undefined ? {} : { department_ids: departmentIds }),
    },
  });
}

/** `contact.department.created_v3` to every app whose range holds the department. */
export function announceDepartment(world: World, department: Department): void {
  for (const app of listeners(world, department.tenantKey)) {
    if (!contactRangeOf(app, world.tenantOf(app)).hasDepartment(department)) continue;
    const object = departmentView(world, app, department, EVENT_IDS, 'number');
    world.emit(app, 'contact.department.created_v3', { object });
  }
}

/** Changes a department and sends `contact.department.updated_v3` with the old values of what differs. */
export function changeDepartment(
  world: World,
  department: Department,
  changes: Partial<Pick<Department, 'name' | 'enName' | 'leaderUserId' | 'order' | 'parentId'>>,
): void {
  const before = listeners(world, department.tenantKey).map((app) => ({
    app,
    view: departmentView(world, app, department, EVENT_IDS, 'number'),
  }));
  const { parentId, ...fields } = changes;
  Object.assign(department, fields);
  if (parentId !== undefined) {
    world.tenants.get(department.tenantKey)?.directory.moveDepartment(department, parentId);
  }
  for (const { app, view } of before) {
    if (!contactRangeOf(app, world.tenantOf(app)).hasDepartment(department)) continue;
    const object = departmentView(world, app, department, EVENT_IDS, 'number');
    const old = changedFields(view, object);
    if (Object.keys(old).length === 0) continue;
    world.emit(app, 'contact.department.updated_v3', { object, old_object: old });
  }
}

/** Takes an empty department out of the tree and sends `contact.department.deleted_v3`. */
export function deleteDepartment(world: World, department: Department): void {
  const seeing = listeners(world, department.tenantKey).filter((app) =>
    contactRangeOf(app, world.tenantOf(app)).hasDepartment(department),
  );
  world.tenants.get(department.tenantKey)?.directory.removeDepartment(department);
  for (const app of seeing) {
    world.emit(app, 'contact.department.deleted_v3', {
      object: departmentView(world, app, department, EVENT_IDS, 'number'),
      old_object: {
        status: { is_deleted: true },
        open_department_id: department.openDepartmentId,
      },
    });
  }
}
