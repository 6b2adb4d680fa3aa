import {
  objectAt,
  objectsAt,
  pageOf,
  readablePage,
  requiredObject,
  requiredText,
  textAt,
  textsAt,
} from './decode';
import type { Json, Page, PageRequest } from './decode';
import type { UserStatus } from './identity';
import type { CallOptions, Invoke } from './invoke';
import { departmentFrom, groupFrom, statusFrom, userFrom } from './people';
import type { FeishuDepartment, FeishuUser, UserGroup } from './people';
import { ROUTES } from './routes';

/** The app's contact range. Full range: all first-level departments and the people directly under the root. */
export interface ContactScopes {
  readonly departmentIds: readonly string[];
  readonly openIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly nextPageToken: string | undefined;
}

/** One answer of the lookup by mailbox or mobile number; no `openId` = not found, or no right to see the person. */
export interface FoundId {
  readonly email: string | undefined;
  readonly mobile: string | undefined;
  readonly openId: string | undefined;
  readonly status: UserStatus | undefined;
}

export interface GroupMember {
  readonly memberId: string;
  readonly kind: 'user' | 'department' | 'unknown';
}

/** People are named by open_id, departments by open_department_id; the root is `0`. */
export interface ContactCalls {
  /** `pageSize` at most 100. */
  scopes(page?: PageRequest, options?: CallOptions): Promise<ContactScopes>;
  department(id: string, options?: CallOptions): Promise<FeishuDepartment>;
  /** At most 50 ids. Departments outside the range are missing from the answer. */
  departments(ids: readonly string[], options?: CallOptions): Promise<readonly FeishuDepartment[]>;
  /** One page of sub-departments, `pageSize` at most 50. `recursive` fails with 43010 above 500 of them. */
  children(
    id: string,
    page?: PageRequest & { recursive?: boolean },
    options?: CallOptions,
  ): Promise<Page<FeishuDepartment>>;
  /** The ancestors of a department, nearest first. */
  parents(id: string, page?: PageRequest, options?: CallOptions): Promise<Page<FeishuDepartment>>;
  /** One page of direct members, `pageSize` at most 50. People without a department are members of `0` only. */
  usersOfDepartment(id: string, page?: PageRequest, options?: CallOptions): Promise<Page<FeishuUser>>;
  user(openId: string, options?: CallOptions): Promise<FeishuUser>;
  /** At most 50 ids. People outside the range are missing from the answer. */
  users(openIds: readonly string[], options?: CallOptions): Promise<readonly FeishuUser[]>;
  /**
   * At most 50 mailboxes and 50 numbers; mainland numbers without `+86`. Matches `email`, not `enterpriseEmail`. Needs
   * `contact:user.id:readonly`, which is not among the required permissions.
   */
  findIds(
    wanted: { emails?: readonly string[]; mobiles?: readonly string[]; includeResigned?: boolean },
    options?: CallOptions,
  ): Promise<readonly FoundId[]>;
  groups(
    page?: PageRequest & { kind?: 'normal' | 'dynamic' },
    options?: CallOptions,
  ): Promise<Page<UserGroup>>;
  group(groupId: string, options?: CallOptions): Promise<UserGroup>;
  groupMembers(
    groupId: string,
    page?: PageRequest & { kind?: 'user' | 'department' },
    options?: CallOptions,
  ): Promise<Page<GroupMember>>;
}

const IDS = { user_id_type: 'open_id', department_id_type: 'open_department_id' } as const;

/** Calls that read the contact directory. */
export function contactCalls(invoke: Invoke): ContactCalls {
  const departmentPage = (data: Json | undefined): Page<FeishuDepartment> =>
    readablePage(data, 'items', departmentFrom);
  return {
    scopes: (page = {}, options) =>
      invoke(
        { route: ROUTES.contactScopes, query: { ...IDS, ...paging(page, 100) }, decode: scopesFrom },
        options,
      ),
    department: (id, options) =>
      invoke(
        {
          route: ROUTES.department,
          path: { department_id: id },
          query: IDS,
          decode: (data) => departmentFrom(requiredObject(data, 'department')),
        },
        options,
      ),
    departments: (ids, options) =>
      invoke(
        {
          route: ROUTES.departments,
          query: { ...IDS, department_ids: ids },
          decode: (data) => (objectsAt(data, 'items') ?? []).map(departmentFrom),
        },
        options,
      ),
    children: (id, { recursive = false, ...page } = {}, options) =>
      invoke(
        {
          route: ROUTES.departmentChildren,
          path: { department_id: id },
          query: { ...IDS, fetch_child: recursive, ...paging(page, 50) },
          decode: departmentPage,
        },
        options,
      ),
    parents: (id, page = {}, options) =>
      invoke(
        {
          route: ROUTES.departmentParents,
          query: { ...IDS, department_id: id, ...paging(page, 50) },
          decode: departmentPage,
        },
        options,
      ),
    usersOfDepartment: (id, page = {}, options) =>
      invoke(
        {
          route: ROUTES.usersOfDepartment,
          query: { ...IDS, department_id: id, ...paging(page, 50) },
          decode: (data) => readablePage(data, 'items', userFrom),
        },
        options,
      ),
    user: (openId, options) =>
      invoke(
        {
          route: ROUTES.user,
          path: { user_id: openId },
          query: IDS,
          decode: (data) => userFrom(requiredObject(data, 'user')),
        },
        options,
      ),
    users: (openIds, options) =>
      invoke(
        {
          route: ROUTES.users,
          query: { ...IDS, user_ids: openIds },
          decode: (data) => readablePage(data, 'items', userFrom).items,
        },
        options,
      ),
    findIds: ({ emails = [], mobiles = [], includeResigned = false }, options) =>
      invoke(
        {
          route: ROUTES.userIds,
          query: { user_id_type: 'open_id' },
          body: { emails, mobiles, include_resigned: includeResigned },
          decode: (data) => (objectsAt(data, 'user_list') ?? []).map(foundFrom),
        },
        options,
      ),
    groups: ({ kind, ...page } = {}, options) =>
      invoke(
        {
          route: ROUTES.groups,
          query: { ...paging(page, 50), type: kind === undefined ? undefined : kind === 'normal' ? 1 : 2 },
          decode: (data) => pageOf(data, (objectsAt(data, 'grouplist') ?? []).map(groupFrom)),
        },
        options,
      ),
    group: (groupId, options) =>
      invoke(
        {
          route: ROUTES.group,
          path: { group_id: groupId },
          decode: (data) => groupFrom(requiredObject(data, 'group')),
        },
        options,
      ),
    groupMembers: (groupId, { kind = 'user', ...page } = {}, options) =>
      invoke(
        {
          route: ROUTES.groupMembers,
          path: { group_id: groupId },
          query: {
            member_type: kind,
            member_id_type: kind === 'user' ? 'open_id' : 'open_department_id',
            ...paging(page, 50),
          },
          decode: (data) => pageOf(data, (objectsAt(data, 'memberlist') ?? []).map(memberFrom)),
        },
        options,
      ),
  };
}

function paging(
  { pageSize, pageToken }: PageRequest,
  largest: number,
): Record<string, number | string | undefined> {
  return { page_size: pageSize ?? largest, page_token: pageToken };
}

function scopesFrom(data: Json | undefined): ContactScopes {
  return {
    departmentIds: textsAt(data, 'department_ids') ?? [],
    openIds: textsAt(data, 'user_ids') ?? [],
    groupIds: textsAt(data, 'group_ids') ?? [],
    nextPageToken: pageOf(data, []).nextPageToken,
  };
}

function foundFrom(found: Json): FoundId {
  const openId = textAt(found, 'user_id');
  return {
    email: textAt(found, 'email'),
    mobile: textAt(found, 'mobile'),
    openId: openId === '' ? undefined : openId,
    status: statusFrom(objectAt(found, 'status')),
  };
}

function memberFrom(member: Json): GroupMember {
  const kind = textAt(member, 'member_type');
  return {
    memberId: requiredText(member, 'member_id'),
    kind: kind === 'user' || kind === 'department' ? kind : 'unknown',
  };
}
