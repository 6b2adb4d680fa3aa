import { z } from 'zod';
import type { Department } from '../../world/types';
import type { World } from '../../world/world';
import { PlatformError } from '../errors';
import { booleanText, departmentIdType, paging, repeated, userIdType } from '../fields';
import type { Context, Platform } from '../gates';
import { pageOf } from '../pages';
import { contactRangeOf, type Range } from './range';
import { departmentView, type IdTypes } from './views';

const idTypes = { user_id_type: userIdType, department_id_type: departmentIdType };

function departmentScopes(world: World): string[] {
  const organize = 'contact:department.organize:readonly';
  return world.switches.contactBaseOpensDepartments
    ? ['contact:contact.base:readonly', organize]
    : [organize];
}

function noAuthority(code: 40004 | 40014 = 40004): PlatformError {
  return new PlatformError(code, `no ${code === 40014 ? 'parent ' : ''}dept authority error`, 403);
}

/** `0` (the root) as undefined. Throws `outsideCode` outside the range, 43007 if there is no such department. */
export function departmentInRange(
  context: Context<{ department_id_type: IdTypes['department_id_type'] }>,
  id: string,
  range: Range,
  outsideCode: 40004 | 40014 = 40004,
): Department | undefined {
  const { directory } = context.tenant;
  if (id === '0') {
    if (!range.all) throw noAuthority(outsideCode);
    return undefined;
  }
  const found = directory.findDepartment(id);
  const asked =
    context.query.department_id_type === 'department_id' ? found?.departmentId : found?.openDepartmentId;
  if (!found || asked !== id) {
    throw new PlatformError(43007, 'department not found', 400);
  }
  if (!range.hasDepartment(found)) throw noAuthority(outsideCode);
  return found;
}

/** The departments below another one, level by level or all at once. */
function registerChildren(platform: Platform, path: string): void {
  platform.route({
    method: 'GET',
    path,
    tokens: ['tenant', 'user'],
    scopes: departmentScopes,
    query: z.object({
      ...paging,
      ...idTypes,
      fetch_child: booleanText.default(false),
      parent_department_id: z.string().default('0'),
    }),
    handler(context) {
      const { world, app, tenant, query, params } = context;
      const range = contactRangeOf(app, tenant);
      const parent = departmentInRange(
        context,
        params['department_id'] ?? query.parent_department_id,
        range,
        world.switches.outsideParentCode,
      );
      const parentId = parent?.openDepartmentId ?? '0';
      const limit = world.switches.maxRecursiveDepartments;
      const found = query.fetch_child
        ? tenant.directory.descendants(parentId, limit)
        : tenant.directory.children(parentId);
      if (query.fetch_child && found.length > limit) {
        throw new PlatformError(world.switches.largeTreeCode, 'dept tree is too large', 400);
      }
      const page = pageOf(
        context,
        found.filter((department) => range.hasDepartment(department)),
        { keyOf: (one) => one.serial, defaultSize: 10, maxSize: 50, owner: app.appId },
      );
      return { ...page, items: page.items.map((one) => departmentView(world, app, one, query)) };
    },
  });
}

export function registerDepartments(platform: Platform): void {
  registerChildren(platform, '/open-apis/contact/v3/departments/:department_id/children');
  // The older name of the call: the parent is a parameter and may be left out.
  registerChildren(platform, '/open-apis/contact/v3/departments');

  platform.route({
    method: 'GET',
    path: '/open-apis/contact/v3/departments/:department_id',
    tokens: ['tenant', 'user'],
    scopes: departmentScopes,
    query: z.object(idTypes),
    handler(context) {
      const { world, app, tenant, query, params } = context;
      const range = contactRangeOf(app, tenant);
      const department = departmentInRange(context, params['department_id'] ?? '', range);
      if (department) return { department: departmentView(world, app, department, query) };
      return { department: { open_department_id: '0', department_id: '0', name: tenant.name } };
    },
  });

  platform.route({
    method: 'GET',
    path: '/open-apis/contact/v3/departments/batch',
    tokens: ['tenant', 'user'],
    scopes: departmentScopes,
    query: z.object({ ...idTypes, department_ids: repeated(50) }),
    handler({ world, app, tenant, query }) {
      const range = contactRangeOf(app, tenant);
      const items = query.department_ids
        .flatMap((id) => tenant.directory.findDepartment(id) ?? [])
        .filter((department) => range.hasDepartment(department))
        .map((department) => departmentView(world, app, department, query));
      return { items };
    },
  });

  platform.route({
    method: 'GET',
    path: '/open-apis/contact/v3/departments/parent',
    tokens: ['tenant', 'user'],
    scopes: departmentScopes,
    query: z.object({ ...paging, ...idTypes, department_id: z.string() }),
    handler(context) {
      const { world, app, tenant, query } = context;
      const range = contactRangeOf(app, tenant);
      const department = departmentInRange(context, query.department_id, range);
      const above = department ? tenant.directory.ancestors(department) : [];
      const position = new Map(above.map((one, i) => [one, i]));
      const page = pageOf(
        context,
        above.filter((one) => range.hasDepartment(one)),
        { keyOf: (one) => position.get(one) ?? 0, defaultSize: 10, maxSize: 50, owner: app.appId },
      );
      return { ...page, items: page.items.map((one) => departmentView(world, app, one, query)) };
    },
  });
}
