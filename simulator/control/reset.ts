import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { makeTenant } from '../world/generator';
import type { Tenant, World } from '../world/world';
import { controlRoute } from './route';

const tenantFields = {
  name: z.string().min(1).max(100).optional(),
  /** Departments below the root; default 20. */
  departments: z.int().min(0).max(20_000).default(20),
  /** People that the contact calls can list; default 100. */
  employees: z.int().min(0).max(200_000).default(100),
  /** How deep the departments go; default 5. */
  levels: z.int().min(1).max(20).default(5),
  /** Of these, how many are members of the root. Default: 2 %, at least 1. */
  rootMembers: z.int().min(0).optional(),
  /** Percent of the people who have no e-mail of any kind, on top of those who always lack one; default 0. */
  withoutEmail: z.int().min(0).max(100).default(0),
  /** Percent of the people who have name, e-mail and mobile of the one before; default 0. */
  duplicates: z.int().min(0).max(100).default(0),
  /** People who resigned, on top. Default: 1 %, at least 1. */
  leavers: z.int().min(0).max(20_000).optional(),
  /** Apps of this tenant, each set up completely. */
  apps: z.int().min(0).max(20).default(1),
  groups: z.int().min(0).max(1000).default(3),
};

const tenantSchema = z.strictObject({ ...tenantFields, brand: z.enum(['feishu', 'lark']).default('feishu') });

/** Options of a fresh world. `tenants` repeats the same company with other people. */
export const resetSchema = z.strictObject({
  ...tenantFields,
  seed: z.union([z.string().min(1).max(200), z.number().transform(String)]).default('1'),
  brand: z.enum(['feishu', 'lark']).default('feishu'),
  tenants: z.int().min(1).max(20).default(1),
  /** Agents of each ticket system; 24 show every case of automatic binding. */
  agents: z.int().min(0).max(20_000).default(24),
  /** Tickets of each ticket system. */
  tickets: z.int().min(0).max(20_000).default(40),
  /** How many messages are kept; the oldest fall out first. */
  keptMessages: z.int().min(1000).max(2_000_000).default(50_000),
});

export type ResetOptions = z.input<typeof resetSchema>;
export type ResetPlan = z.output<typeof resetSchema>;

function addTenant(
  world: World,
  plan: Omit<z.output<typeof tenantSchema>, 'name'> & { name?: string | undefined },
): Tenant {
  const rootMembers = plan.rootMembers ?? Math.ceil(plan.employees / 50);
  return makeTenant(world, {
    ...plan,
    rootMembers: Math.min(rootMembers, plan.employees),
    leavers: plan.leavers ?? Math.ceil(plan.employees / 100),
  });
}

/** Replaces everything by generated companies. The same plan gives the same world, ids and secrets included. */
export function resetWorld(world: World, plan: ResetPlan): void {
  world.clear(plan.seed);
  world.switches.servesBrand = plan.brand;
  world.keptMessages = plan.keptMessages;
  for (let i = 0; i < plan.tenants; i++) addTenant(world, plan);
}

function tenantView(world: World, tenant: Tenant): object {
  const { directory, ...info } = tenant;
  let resigned = 0;
  for (const person of directory.people.values()) if (person.status === 'resigned') resigned++;
  return {
    ...info,
    departments: directory.departments.size,
    employees: directory.people.size - resigned,
    resigned,
    groups: directory.groups.size,
    appIds: world.appsOf(tenant.tenantKey).map((app) => app.appId),
  };
}

/** What a reset made: counts per tenant, and all apps with their secrets. */
export function describeWorld(world: World): { seed: string; tenants: object[]; apps: object[] } {
  return {
    seed: world.seed,
    tenants: [...world.tenants.values()].map((tenant) => tenantView(world, tenant)),
    apps: [...world.apps.values()],
  };
}

/** `reset` empties and refills both sides of the simulator and answers what it made. */
export function registerResetControl(server: FastifyInstance, reset: (plan: ResetPlan) => object): void {
  controlRoute(server, {
    method: 'POST',
    path: '/_control/reset',
    body: resetSchema,
    handler: ({ body }) => reset(body),
  });
}

/** Companies beside the ones of the reset. */
export function registerTenantControl(server: FastifyInstance, world: World): void {
  controlRoute(server, {
    method: 'GET',
    path: '/_control/tenants',
    handler: () => ({ items: [...world.tenants.values()].map((tenant) => tenantView(world, tenant)) }),
  });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/tenants',
    status: 201,
    body: tenantSchema,
    handler({ body }) {
      const tenant = addTenant(world, body);
      return { ...tenantView(world, tenant), apps: world.appsOf(tenant.tenantKey) };
    },
  });
}
