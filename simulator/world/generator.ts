import { makeApp } from './apps';
import { Directory } from './directory';
import { DEPARTMENT_NAMES } from './names';
import { makePerson } from './people';
import type { Brand, Department, Person, PersonStatus } from './types';
import type { Tenant, World } from './world';

export interface TenantPlan {
  name?: string | undefined;
  brand: Brand;
  /** Departments below the root. */
  departments: number;
  /** How deep they go. */
  levels: number;
  /** People the contact calls can list: everybody but those who resigned. */
  employees: number;
  /** How many of them sit directly under the root. */
  rootMembers: number;
  /** Percent of the people without any e-mail. */
  withoutEmail: number;
  /** Percent of the people with name, e-mail and mobile of the one before. */
  duplicates: number;
  /** People who resigned, on top of `employees`. */
  leavers: number;
  apps: number;
  groups: number;
}

/** Adds one company with people, groups and apps. The same calls on the same seed give the same company. */
export function makeTenant(world: World, plan: TenantPlan): Tenant {
  const number = world.tenants.size + 1;
  const tenantKey = world.ids.next('', 16);
  const host = `company${number}`;
  const tenant: Tenant = {
    tenantKey,
    name: plan.name ?? (plan.brand === 'lark' ? `Example Ltd ${number}` : `示例公司 ${number}`),
    displayId: `F${world.ids.named('', tenantKey, 10).toUpperCase()}`,
    domain: `${host}.example.com`,
    brand: plan.brand,
    tag: 0,
    directory: new Directory(),
  };
  world.tenants.set(tenantKey, tenant);
  const departments = makeDepartments(world, tenant, plan);
  makePeople(world, tenant, plan, departments);
  appointLeaders(tenant);
  makeGroups(world, tenant, plan.groups, departments);
  for (let i = 0; i < plan.apps; i++) makeApp(world, tenant);
  return tenant;
}

/** A first chain down to the deepest level, then a tree that is broad at the top. */
function makeDepartments(
  world: World,
  tenant: Tenant,
  { departments: count, levels }: TenantPlan,
): Department[] {
  const made: { department: Department; depth: number }[] = [];
  const firstLevel = Math.max(1, Math.min(20, Math.round(Math.sqrt(count))));
  for (let i = 0; i < count; i++) {
    const parent =
      i < levels ? made[i - 1] : i < levels + firstLevel - 1 ? undefined : pickParent(world, made, levels);
    const serial = world.nextSerial();
    const [name, enName] = DEPARTMENT_NAMES[i % DEPARTMENT_NAMES.length] ?? DEPARTMENT_NAMES[0];
    const suffix = i < DEPARTMENT_NAMES.length ? '' : ` ${Math.floor(i / DEPARTMENT_NAMES.length) + 1}`;
    const department: Department = {
      serial,
      tenantKey: tenant.tenantKey,
      openDepartmentId: world.ids.next('od-'),
      departmentId: `D${String(i + 1).padStart(4, '0')}`,
      name: name + suffix,
      enName: enName + suffix,
      parentId: parent?.department.openDepartmentId ?? '0',
      leaderUserId: '',
      order: (i + 1) * 100,
      deleted: false,
    };
    tenant.directory.addDepartment(department);
    made.push({ department, depth: (parent?.depth ?? 0) + 1 });
  }
  return made.map((entry) => entry.department);
}

function pickParent(
  world: World,
  made: { department: Department; depth: number }[],
  levels: number,
): { department: Department; depth: number } | undefined {
  for (let attempt = 0; attempt < 20; attempt++) {
    const candidate = made[world.randomInt(0, made.length - 1)];
    if (candidate && candidate.depth < levels) return candidate;
  }
  return undefined;
}

/** A few in each hundred are not simply active. */
function statusOf(index: number): PersonStatus {
  if (index % 50 === 49) return 'frozen';
  if (index % 40 === 39) return 'not-activated';
  return index % 125 === 124 ? 'exited' : 'active';
}

function makePeople(world: World, tenant: Tenant, plan: TenantPlan, departments: Department[]): void {
  const anywhere = (index: number): string[] => {
    const first = departments[world.randomInt(0, departments.length - 1)];
    if (!first) return ['0'];
    const ids = [first.openDepartmentId];
    const second = departments[world.randomInt(0, departments.length - 1)];
    if (index % 12 === 11 && second && second !== first) ids.push(second.openDepartmentId);
    return ids;
  };
  let before: Person | undefined;
  for (let i = 0; i < plan.employees; i++) {
    const departmentIds = i < plan.rootMembers ? ['0'] : anywhere(i);
    const person = makePerson(world, tenant, i, statusOf(i), departmentIds);
    if (before && isAmong(i, plan.duplicates)) {
      const { name, enName, email, mobile } = before;
      Object.assign(person, { name, enName, email, mobile });
    }
    if (isAmong(i, plan.withoutEmail)) Object.assign(person, { email: '', enterpriseEmail: '' });
    world.addPerson(tenant, person);
    before = person;
  }
  for (let i = 0; i < plan.leavers; i++) {
    world.addPerson(tenant, makePerson(world, tenant, i, 'resigned', anywhere(i)));
  }
}

/** Spreads a share evenly: true for `percent` of any hundred neighbours. */
function isAmong(index: number, percent: number): boolean {
  return Math.floor(((index + 1) * percent) / 100) > Math.floor((index * percent) / 100);
}

function appointLeaders(tenant: Tenant): void {
  for (const department of tenant.directory.departments.values()) {
    const members = tenant.directory.members(department.openDepartmentId);
    const leader = members.find((person) => person.status === 'active');
    if (!leader) continue;
    department.leaderUserId = leader.userId;
    for (const person of members) {
      if (person !== leader && !person.leaderUserId) person.leaderUserId = leader.userId;
    }
  }
}

function makeGroups(world: World, tenant: Tenant, count: number, departments: Department[]): void {
  const people = [...tenant.directory.people.values()].filter((person) => person.status !== 'resigned');
  for (let i = 0; i < count && people.length > 0; i++) {
    const groupId = `g${world.ids.next('', 7)}`;
    const department = departments[world.randomInt(0, Math.max(0, departments.length - 1))];
    const members = new Set<string>();
    for (let n = 0; n < 5; n++) {
      members.add(people[world.randomInt(0, people.length - 1)]?.userId ?? '');
    }
    tenant.directory.groups.set(groupId, {
      serial: world.nextSerial(),
      groupId,
      name: `Group ${i + 1}`,
      description: '',
      type: 1,
      userIds: [...members],
      departmentIds: department && i % 2 === 1 ? [department.openDepartmentId] : [],
    });
  }
}
