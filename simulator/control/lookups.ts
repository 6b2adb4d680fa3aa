import type { App, Department } from '../world/types';
import type { Tenant, World } from '../world/world';
import { ControlError } from './route';

/** The tenant with this key, or the first one. */
export function tenantNamed(world: World, tenantKey?: string): Tenant {
  const tenant = tenantKey === undefined ? world.tenants.values().next().value : world.tenants.get(tenantKey);
  if (!tenant) throw new ControlError('tenantKey', 'is not a tenant of this world', 404);
  return tenant;
}

export function appNamed(world: World, appId: string): App {
  const app = world.apps.get(appId);
  if (!app) throw new ControlError('appId', 'is not an app of this world', 404);
  return app;
}

/** By open_department_id or department_id. */
export function departmentNamed(tenant: Tenant, id: string, field: string): Department {
  const department = tenant.directory.findDepartment(id);
  if (!department) throw new ControlError(field, `${id} is not a department of the tenant`);
  return department;
}

/** Open department ids; `0` stands for the root where `rootAllowed`. */
export function readDepartmentIds(tenant: Tenant, ids: string[], rootAllowed: boolean): string[] {
  return [...new Set(ids)].map((id) =>
    id === '0' && rootAllowed ? id : departmentNamed(tenant, id, 'departmentIds').openDepartmentId,
  );
}
