import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { announceDepartment, changeDepartment, deleteDepartment } from '../feishu/contact/changes';
import type { Department } from '../world/types';
import type { Tenant, World } from '../world/world';
import { departmentNamed, tenantNamed } from './lookups';
import { controlRoute, ControlError } from './route';

const departmentFields = {
  name: z.string().min(1).max(200).optional(),
  enName: z.string().max(200).optional(),
  parentId: z.string().optional(),
  leaderUserId: z.string().optional(),
  order: z.int().optional(),
};

function find(world: World, id: string): { tenant: Tenant; department: Department } {
  for (const tenant of world.tenants.values()) {
    const department = tenant.directory.findDepartment(id);
    if (department) return { tenant, department };
  }
  throw new ControlError('id', 'is not a department of this world', 404);
}

function view(tenant: Tenant, department: Department): object {
  const { serial: _serial, deleted: _deleted, ...fields } = department;
  return { ...fields, memberCount: tenant.directory.members(department.openDepartmentId).length };
}

function parentOf(tenant: Tenant, id: string, child?: Department): string {
  if (id === '0') return id;
  const parent = departmentNamed(tenant, id, 'parentId');
  if (child && (parent === child || tenant.directory.ancestors(parent).includes(child))) {
    throw new ControlError('parentId', 'is the department itself or below it');
  }
  return parent.openDepartmentId;
}

export function registerDepartmentControl(server: FastifyInstance, world: World): void {
  controlRoute(server, {
    method: 'GET',
    path: '/_control/departments',
    query: z.strictObject({
      tenant: z.string().optional(),
      parent: z.string().optional(),
      cursor: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(20_000).default(1000),
    }),
    handler({ query }) {
      const tenant = tenantNamed(world, query.tenant);
      const all = [...tenant.directory.departments.values()].filter(
        (one) => one.serial > query.cursor && (query.parent === undefined || one.parentId === query.parent),
      );
      const items = all.slice(0, query.limit);
      const nextCursor = all.length > items.length ? String(items.at(-1)?.serial ?? 0) : null;
      return { items: items.map((one) => view(tenant, one)), nextCursor };
    },
  });

  controlRoute(server, {
    method: 'POST',
    path: '/_control/departments',
    status: 201,
    body: z.strictObject({
      ...departmentFields,
      tenantKey: z.string().optional(),
      departmentId: z
        .string()
        .regex(/^(?!od-)[a-zA-Z0-9][a-zA-Z0-9_\-@.]{0,63}$/)
        .optional(),
    }),
    handler({ body }) {
      const tenant = tenantNamed(world, body.tenantKey);
      const serial = world.nextSerial();
      const departmentId = body.departmentId ?? `D${serial}x`;
      if (tenant.directory.findDepartment(departmentId)) {
        throw new ControlError('departmentId', 'exists already', 409);
      }
      const department: Department = {
        serial,
        tenantKey: tenant.tenantKey,
        openDepartmentId: world.ids.next('od-'),
        departmentId,
        name: body.name ?? 'New department',
        enName: body.enName ?? '',
        parentId: parentOf(tenant, body.parentId ?? '0'),
        leaderUserId: body.leaderUserId ?? '',
        order: body.order ?? 100,
        deleted: false,
      };
      tenant.directory.addDepartment(department);
      announceDepartment(world, department);
      return view(tenant, department);
    },
  });

  controlRoute(server, {
    method: 'PATCH',
    path: '/_control/departments/:id',
    body: z.strictObject(departmentFields),
    handler({ params, body }) {
      const { tenant, department } = find(world, params['id'] ?? '');
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      if (body.parentId !== undefined) given['parentId'] = parentOf(tenant, body.parentId, department);
      changeDepartment(world, department, given);
      return view(tenant, department);
    },
  });

  controlRoute(server, {
    method: 'DELETE',
    path: '/_control/departments/:id',
    handler({ params }) {
      const { tenant, department } = find(world, params['id'] ?? '');
      const { directory } = tenant;
      const id = department.openDepartmentId;
      if (directory.members(id).length + directory.children(id).length > 0) {
        throw new ControlError('id', 'has members or departments below it', 409);
      }
      deleteDepartment(world, department);
      return {};
    },
  });
}
