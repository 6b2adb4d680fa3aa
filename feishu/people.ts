import { flagAt, listAt, numberAt, objectAt, objectsAt, requiredText, textAt, textsAt } from './decode';
import type { Json } from './decode';
import type { UserStatus } from './identity';

/** A person of the contact directory. `undefined` = Feishu did not send the field: its scope is missing. */
export interface FeishuUser {
  readonly openId: string;
  readonly unionId: string | undefined;
  readonly userId: string | undefined;
  readonly name: string | undefined;
  readonly enName: string | undefined;
  readonly nickname: string | undefined;
  /** May be empty while `enterpriseEmail` is set. */
  readonly email: string | undefined;
  readonly enterpriseEmail: string | undefined;
  /** With country code and without separators, e.g. `+8613800138000`. */
  readonly mobile: string | undefined;
  readonly mobileVisible: boolean | undefined;
  readonly avatarUrl: string | undefined;
  readonly status: UserStatus | undefined;
  readonly departmentIds: readonly string[] | undefined;
  readonly leaderOpenId: string | undefined;
  readonly jobTitle: string | undefined;
  readonly employeeNo: string | undefined;
  /** 1 regular, 2 intern, 3 outsourced, 4 contractor, 5 consultant, others as the tenant defines. */
  readonly employeeType: number | undefined;
  readonly city: string | undefined;
  readonly country: string | undefined;
  readonly workStation: string | undefined;
  readonly timeZone: string | undefined;
  readonly joinedAtMs: number | undefined;
  readonly isTenantManager: boolean | undefined;
}

/** A department. `undefined` = Feishu did not send the field. */
export interface FeishuDepartment {
  readonly openDepartmentId: string;
  readonly departmentId: string | undefined;
  readonly name: string | undefined;
  readonly names: Readonly<Record<string, string>> | undefined;
  readonly parentOpenDepartmentId: string | undefined;
  readonly leaderOpenId: string | undefined;
  /** Main leader first, then deputies. */
  readonly leaders: readonly { readonly openId: string; readonly isMain: boolean }[] | undefined;
  readonly chatId: string | undefined;
  readonly order: number | undefined;
  readonly memberCount: number | undefined;
  readonly isDeleted: boolean | undefined;
}

export interface UserGroup {
  readonly groupId: string;
  readonly name: string | undefined;
  readonly memberUserCount: number | undefined;
  readonly memberDepartmentCount: number | undefined;
}

export function userFrom(user: Json): FeishuUser {
  const joined = numberAt(user, 'join_time');
  const avatar = objectAt(user, 'avatar');
  return {
    openId: requiredText(user, 'open_id'),
    unionId: textAt(user, 'union_id'),
    userId: textAt(user, 'user_id'),
    name: textAt(user, 'name'),
    enName: textAt(user, 'en_name'),
    nickname: textAt(user, 'nickname'),
    email: textAt(user, 'email'),
    enterpriseEmail: textAt(user, 'enterprise_email'),
    mobile: textAt(user, 'mobile'),
    mobileVisible: flagAt(user, 'mobile_visible'),
    avatarUrl: textAt(avatar, 'avatar_240') ?? textAt(avatar, 'avatar_72'),
    status: statusFrom(objectAt(user, 'status')),
    departmentIds: textsAt(user, 'department_ids'),
    leaderOpenId: textAt(user, 'leader_user_id'),
    jobTitle: textAt(user, 'job_title'),
    employeeNo: textAt(user, 'employee_no'),
    employeeType: numberAt(user, 'employee_type'),
    city: textAt(user, 'city'),
    country: textAt(user, 'country'),
    workStation: textAt(user, 'work_station'),
    timeZone: textAt(user, 'time_zone'),
    joinedAtMs: joined === undefined || joined === 0 ? undefined : joined * 1_000,
    isTenantManager: flagAt(user, 'is_tenant_manager'),
  };
}

export function statusFrom(status: Json | undefined): UserStatus | undefined {
  if (status === undefined) return undefined;
  return {
    isActivated: flagAt(status, 'is_activated'),
    isFrozen: flagAt(status, 'is_frozen'),
    isResigned: flagAt(status, 'is_resigned'),
    isExited: flagAt(status, 'is_exited'),
    isUnjoin: flagAt(status, 'is_unjoin'),
  };
}

export function departmentFrom(department: Json): FeishuDepartment {
  const names = objectAt(department, 'i18n_name');
  return {
    openDepartmentId: requiredText(department, 'open_department_id'),
    departmentId: textAt(department, 'department_id'),
    name: textAt(department, 'name'),
    names:
      names === undefined
        ? undefined
        : Object.fromEntries(
            Object.entries(names).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
          ),
    parentOpenDepartmentId: textAt(department, 'parent_department_id'),
    leaderOpenId: textAt(department, 'leader_user_id'),
    leaders: leadersFrom(department),
    chatId: textAt(department, 'chat_id'),
    order: numberAt(department, 'order'),
    memberCount: numberAt(department, 'member_count'),
    isDeleted: flagAt(objectAt(department, 'status'), 'is_deleted'),
  };
}

function leadersFrom(department: Json): FeishuDepartment['leaders'] {
  if (listAt(department, 'leaders') === undefined) return undefined;
  return (objectsAt(department, 'leaders') ?? [])
    .flatMap((leader) => {
      const openId = textAt(leader, 'leaderID');
      return openId === undefined ? [] : [{ openId, isMain: numberAt(leader, 'leaderType') === 1 }];
    })
    .sort((a, b) => Number(b.isMain) - Number(a.isMain));
}

export function groupFrom(group: Json): UserGroup {
  return {
    groupId: requiredText(group, 'group_id' in group ? 'group_id' : 'id'),
    name: textAt(group, 'name'),
    memberUserCount: numberAt(group, 'member_user_count'),
    memberDepartmentCount: numberAt(group, 'member_department_count'),
  };
}
