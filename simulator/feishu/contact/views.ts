import { holdsScope } from '../checks';
import type { App, Department, DepartmentIdType, Group, Person, UserIdType } from '../../world/types';
import type { World } from '../../world/world';

export interface IdTypes {
  user_id_type: UserIdType;
  department_id_type: DepartmentIdType;
}

/** Which scope opens which field; a field without its scope is left out silently. */
export const USER_FIELD_SCOPES = {
  userId: ['contact:user.employee_id:readonly'],
  base: ['contact:user.base:readonly'],
  email: ['contact:user.email:readonly'],
  mobile: ['contact:user.phone:readonly'],
  gender: ['contact:user.gender:readonly'],
  department: ['contact:user.department:readonly'],
  employee: ['contact:user.employee:readonly'],
  employeeNo: ['contact:user.employee:readonly', 'contact:user.employee_number:read'],
} as const;

const DEPARTMENT_FIELD_SCOPES = {
  base: ['contact:department.base:readonly'],
  organize: ['contact:department.organize:readonly'],
} as const;

export interface UserStatus {
  is_frozen: boolean;
  is_resigned: boolean;
  is_activated: boolean;
  is_exited: boolean;
  is_unjoin: boolean;
}

export function statusView(person: Person): UserStatus {
  const { status } = person;
  return {
    is_frozen: status === 'frozen',
    is_resigned: status === 'resigned',
    is_activated: status !== 'not-activated',
    is_exited: status === 'exited',
    is_unjoin: status === 'not-activated',
  };
}

function leaderIdOf(world: World, app: App, userId: string, type: UserIdType): string {
  const leader = world.tenantOf(app).directory.people.get(userId);
  return leader ? world.personId(app, leader, type) : '';
}

export function departmentIdView(world: World, app: App, id: string, type: DepartmentIdType): string {
  if (type === 'open_department_id' || id === '0') return id;
  return world.tenantOf(app).directory.departments.get(id)?.departmentId ?? id;
}

type Rights = Readonly<Record<keyof typeof USER_FIELD_SCOPES, boolean>>;

/** Rights by the very list of granted scopes; a list that grew in place is looked at again. */
const knownRights = new WeakMap<readonly string[], { length: number; rights: Rights }>();

/** Which groups of fields this app may see of a person. */
function rightsOf(app: App): Rights {
  const { granted } = app.scopes;
  const known = knownRights.get(granted);
  if (known?.length === granted.length) return known.rights;
  const entries = Object.entries(USER_FIELD_SCOPES).map(([key, scopes]) => [key, holdsScope(app, scopes)]);
  const rights = Object.fromEntries(entries) as Rights;
  knownRights.set(granted, { length: granted.length, rights });
  return rights;
}

/** A person as this app may see it. Shared by the contact calls and the contact events. */
export function userView(world: World, app: App, person: Person, ids: IdTypes): Record<string, unknown> {
  const may = rightsOf(app);
  const view: Record<string, unknown> = {
    open_id: world.openId(app, person),
    union_id: world.unionId(person),
    mobile_visible: person.mobileVisible,
  };
  if (may.userId) view['user_id'] = person.userId;
  if (may.base) addBase(view, person);
  if (may.email) view['email'] = person.email;
  if (may.mobile && (person.mobileVisible || world.switches.hiddenMobileReturned)) {
    view['mobile'] = person.mobile;
  }
  if (may.gender) view['gender'] = person.gender;
  if (may.department) addDepartments(view, world, app, person, ids);
  if (may.employee) addEmployment(view, person);
  if (may.employeeNo) view['employee_no'] = person.employeeNo;
  return view;
}

function addBase(view: Record<string, unknown>, person: Person): void {
  const avatar = `https://assets.example.com/avatars/${person.serial % 50}`;
  view['name'] = person.name;
  view['en_name'] = person.enName;
  view['nickname'] = '';
  view['avatar'] = {
    avatar_72: `${avatar}-72.png`,
    avatar_240: `${avatar}-240.png`,
    avatar_640: `${avatar}-640.png`,
    avatar_origin: `${avatar}.png`,
  };
}

function addDepartments(
  view: Record<string, unknown>,
  world: World,
  app: App,
  person: Person,
  ids: IdTypes,
): void {
  const departmentIds = person.departmentIds.map((id) =>
    departmentIdView(world, app, id, ids.department_id_type),
  );
  view['department_ids'] = departmentIds;
  view['leader_user_id'] = leaderIdOf(world, app, person.leaderUserId, ids.user_id_type);
  view['orders'] = departmentIds.map((department_id, i) => ({
    department_id,
    user_order: 0,
    department_order: i + 1,
    is_primary_dept: i === 0,
  }));
}

function addEmployment(view: Record<string, unknown>, person: Person): void {
  view['status'] = statusView(person);
  view['enterprise_email'] = person.enterpriseEmail;
  view['job_title'] = person.jobTitle;
  view['city'] = person.city;
  view['country'] = '';
  view['work_station'] = '';
  view['join_time'] = person.joinTime;
  view['is_tenant_manager'] = false;
  view['employee_type'] = person.employeeType;
  view['custom_attrs'] = [];
}

/** A department as this app may see it; `order` is a string in answers and a number in events. */
export function departmentView(
  world: World,
  app: App,
  department: Department,
  ids: IdTypes,
  order: 'string' | 'number' = 'string',
): Record<string, unknown> {
  const { directory } = world.tenantOf(app);
  const view: Record<string, unknown> = { open_department_id: department.openDepartmentId };
  const leader = department.leaderUserId
    ? leaderIdOf(world, app, department.leaderUserId, ids.user_id_type)
    : '';
  if (holdsScope(app, DEPARTMENT_FIELD_SCOPES.base)) {
    view['name'] = department.name;
    view['i18n_name'] = { zh_cn: department.name, ja_jp: '', en_us: department.enName };
    view['department_id'] = department.departmentId;
    view['chat_id'] = '';
    view['status'] = { is_deleted: department.deleted };
  }
  if (holdsScope(app, DEPARTMENT_FIELD_SCOPES.organize)) {
    view['parent_department_id'] = departmentIdView(world, app, department.parentId, ids.department_id_type);
    view['leader_user_id'] = leader;
    view['leaders'] = leader ? [{ leaderType: 1, leaderID: leader }] : [];
    view['order'] = order === 'string' ? String(department.order) : department.order;
    view['unit_ids'] = [];
    const members = directory.members(department.openDepartmentId);
    view['member_count'] = members.length;
    view['primary_member_count'] = members.filter(
      (person) => person.departmentIds[0] === department.openDepartmentId,
    ).length;
    view['group_chat_employee_types'] = [];
    view['department_hrbps'] = [];
  }
  return view;
}

export function groupView(group: Group, memberUserCount: number): Record<string, unknown> {
  return {
    id: group.groupId,
    group_id: group.groupId,
    name: group.name,
    description: group.description,
    member_user_count: memberUserCount,
    member_department_count: group.departmentIds.length,
    type: group.type,
    department_scope_list: [],
  };
}
