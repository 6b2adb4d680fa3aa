import type { App, Audience, Availability, Department, Group, Person } from '../../world/types';
import type { Tenant } from '../../world/world';

/** Answers for one app, at one moment, who and what is inside a range. */
export interface Range {
  readonly all: boolean;
  /** Somebody inside a granted department may be hidden. */
  readonly excludes: boolean;
  /** The granted items themselves; children of granted departments are implied. */
  readonly granted: Audience;
  hasPerson(person: Person): boolean;
  hasDepartment(department: Department): boolean;
  hasGroup(group: Group): boolean;
}

/** The range of an audience, with everybody inside when `all` and nobody of `excluded` ever. */
export function audienceRange(tenant: Tenant, all: boolean, granted: Audience, excluded?: Audience): Range {
  const { directory } = tenant;
  const within = (list: Audience): Omit<Range, 'all' | 'granted' | 'excludes'> => {
    const users = new Set(list.userIds);
    const departments = new Set(list.departmentIds);
    const groups = list.groupIds.flatMap((id) => directory.groups.get(id) ?? []);
    const known = new Map<string, boolean>();
    const holds = (id: string): boolean => {
      const cached = known.get(id);
      if (cached !== undefined) return cached;
      const department = directory.departments.get(id);
      const result = departments.has(id) || (department !== undefined && holds(department.parentId));
      known.set(id, result);
      return result;
    };
    return {
      hasDepartment: (department) => holds(department.openDepartmentId),
      hasGroup: (group) => list.groupIds.includes(group.groupId),
      hasPerson: (person) =>
        users.has(person.userId) ||
        person.departmentIds.some(holds) ||
        groups.some((group) => isMember(directory, group, person)),
    };
  };
  const inside = within(granted);
  const outside = excluded && within(excluded);
  return {
    all,
    granted,
    excludes: outside !== undefined,
    hasDepartment: (item) => (all || inside.hasDepartment(item)) && !outside?.hasDepartment(item),
    hasGroup: (item) => (all || inside.hasGroup(item)) && !outside?.hasGroup(item),
    hasPerson: (item) => (all || inside.hasPerson(item)) && !outside?.hasPerson(item),
  };
}

/** Directly, or through a department of the group (children included). */
export function isMember(directory: Tenant['directory'], group: Group, person: Person): boolean {
  if (group.userIds.includes(person.userId)) return true;
  return person.departmentIds.some((id) => {
    const department = directory.departments.get(id);
    if (!department) return false;
    return [department, ...directory.ancestors(department)].some((one) =>
      group.departmentIds.includes(one.openDepartmentId),
    );
  });
}

function hasEntries(audience: Audience): boolean {
  return audience.userIds.length + audience.departmentIds.length + audience.groupIds.length > 0;
}

function fromAvailability(tenant: Tenant, availability: Availability): Range {
  const excluded = hasEntries(availability.excluded) ? availability.excluded : undefined;
  return audienceRange(tenant, availability.all, availability, excluded);
}

/** Who may see the app and be messaged by its bot (else 230013). */
export function availabilityOf(app: App, tenant: Tenant): Range {
  return fromAvailability(tenant, app.availability);
}

/** What contact calls and events may show. */
export function contactRangeOf(app: App, tenant: Tenant): Range {
  if (app.contactRange.type === 'equal_to_availability') {
    const range = fromAvailability(tenant, app.availability);
    return hasEntries(app.availability.excluded) ? { ...range, all: false } : range;
  }
  return audienceRange(tenant, app.contactRange.type === 'all', app.contactRange);
}

/** The items of the contact range as the platform names them: all = the first level, root members and all groups. */
export function grantedItems(
  app: App,
  tenant: Tenant,
): { departments: readonly Department[]; people: readonly Person[]; groups: readonly Group[] } {
  const { directory } = tenant;
  const range = contactRangeOf(app, tenant);
  if (range.all) {
    const groups = [...directory.groups.values()];
    return { departments: directory.children('0'), people: directory.members('0'), groups };
  }
  // With "everybody except", what is granted is the whole company; the exceptions show in what the calls leave out.
  const whole = app.contactRange.type === 'equal_to_availability' && app.availability.all;
  const departments = whole
    ? directory.children('0')
    : range.granted.departmentIds.flatMap((id) => directory.departments.get(id) ?? []);
  const people = whole
    ? directory.members('0')
    : range.granted.userIds.flatMap((id) => directory.people.get(id) ?? []);
  const groups = whole
    ? [...directory.groups.values()]
    : range.granted.groupIds.flatMap((id) => directory.groups.get(id) ?? []);
  return {
    departments: departments.filter((one) => range.hasDepartment(one)),
    people: people.filter((one) => one.status !== 'resigned' && range.hasPerson(one)),
    groups: groups.filter((one) => range.hasGroup(one)),
  };
}
