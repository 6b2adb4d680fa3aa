import type { Tier } from './limits';

/** One call of the platform. `path` is a template; the template, never the filled path, is what meters and errors show. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly tier: Tier;
  /** A lost answer of a write leaves its outcome unknown. */
  readonly effect: 'read' | 'write';
}

/** Every call the product makes. Tiers without a documented value take the usual one and are marked. */
export const ROUTES = {
  tenantToken: route('POST', '/auth/v3/tenant_access_token/internal', '50/s', 'read'), // unverified tier
  application: route('GET', '/application/v6/applications/:app_id', '50/s', 'read'), // unverified tier
  appVersions: route('GET', '/application/v6/applications/:app_id/app_versions', '100/min', 'read'),
  appVersion: route(
    'GET',
    '/application/v6/applications/:app_id/app_versions/:version_id',
    '100/min',
    'read',
  ),
  appScopes: route('GET', '/application/v6/scopes', '50/s', 'read'), // unverified tier
  applyScopes: route('POST', '/application/v6/scopes/apply', '10/min', 'write'), // unverified tier
  contactsRange: route(
    'GET',
    '/application/v6/applications/:app_id/contacts_range_configuration',
    '100/min',
    'read',
  ),
  visibility: route('PATCH', '/application/v6/applications/:app_id/visibility', '20/min', 'write'),
  visibilityCheck: route(
    'POST',
    '/application/v6/applications/:app_id/visibility/check_white_black_list',
    '100/min', // unverified tier
    'read',
  ),
  appBase: route('PATCH', '/application/v7/applications/:app_id/base', '20/min', 'write'), // unverified tier
  appConfig: route('PATCH', '/application/v7/applications/:app_id/config', '20/min', 'write'), // unverified tier
  appAbility: route('PATCH', '/application/v7/applications/:app_id/ability', '20/min', 'write'), // unverified tier
  appPublish: route('POST', '/application/v7/applications/:app_id/publish', '20/min', 'write'), // unverified tier
  bot: route('GET', '/bot/v3/info', '50/s', 'read'), // unverified tier
  tenant: route('GET', '/tenant/v2/tenant/query', '50/s', 'read'), // unverified tier
  contactScopes: route('GET', '/contact/v3/scopes', '50/s', 'read'), // unverified tier
  department: route('GET', '/contact/v3/departments/:department_id', '1000/min & 50/s', 'read'),
  departments: route('GET', '/contact/v3/departments/batch', '1000/min & 50/s', 'read'),
  departmentChildren: route(
    'GET',
    '/contact/v3/departments/:department_id/children',
    '1000/min & 50/s',
    'read',
  ),
  departmentParents: route('GET', '/contact/v3/departments/parent', '1000/min & 50/s', 'read'),
  usersOfDepartment: route('GET', '/contact/v3/users/find_by_department', '1000/min & 50/s', 'read'),
  user: route('GET', '/contact/v3/users/:user_id', '1000/min & 50/s', 'read'),
  users: route('GET', '/contact/v3/users/batch', '1000/min & 50/s', 'read'),
  userIds: route('POST', '/contact/v3/users/batch_get_id', '1000/min & 50/s', 'read'),
  groups: route('GET', '/contact/v3/group/simplelist', '100/min', 'read'), // unverified tier
  group: route('GET', '/contact/v3/group/:group_id', '100/min', 'read'), // unverified tier
  groupMembers: route('GET', '/contact/v3/group/:group_id/member/simplelist', '100/min', 'read'), // unverified tier
  sendMessage: route('POST', '/im/v1/messages', '1000/min & 50/s', 'write'),
  replyMessage: route('POST', '/im/v1/messages/:message_id/reply', '1000/min & 50/s', 'write'),
  updateCard: route('PATCH', '/im/v1/messages/:message_id', '1000/min & 50/s', 'write'),
  recallMessage: route('DELETE', '/im/v1/messages/:message_id', '1000/min & 50/s', 'write'),
  message: route('GET', '/im/v1/messages/:message_id', '1000/min & 50/s', 'read'),
  chatHistory: route('GET', '/im/v1/messages', '1000/min & 50/s', 'read'),
  messageReaders: route('GET', '/im/v1/messages/:message_id/read_users', '1000/min & 50/s', 'read'),
  urgentMessage: route('PATCH', '/im/v1/messages/:message_id/urgent_app', '50/s', 'write'),
  lateCardUpdate: route('POST', '/interactive/v1/card/update', '1000/min & 50/s', 'write'), // unverified tier
  oauthToken: route('POST', '/authen/v2/oauth/token', '1000/min & 50/s', 'write'), // unverified tier
  oauthUser: route('GET', '/authen/v1/user_info', '1000/min & 50/s', 'read'), // unverified tier
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;

/** How a route is called in meters, errors and buckets, e.g. `GET /contact/v3/scopes`. */
export function routeLabel(target: Route): string {
  return `${target.method} ${target.path}`;
}

function route(method: Route['method'], path: string, tier: Tier, effect: Route['effect']): Route {
  return { method, path, tier, effect };
}
