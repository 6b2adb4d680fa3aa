import type { FastifyRequest } from 'fastify';
import type { App, IssuedToken, Person } from '../../world/types';
import type { World } from '../../world/world';
import type { Platform } from '../gates';
import { PlatformError } from '../gates';

/** `GET /authen/v1/user_info`: who the user token belongs to. Refusals come with HTTP 200. */
export function registerUserInfo(platform: Platform): void {
  platform.open({
    method: 'GET',
    path: '/open-apis/authen/v1/user_info',
    handler: ({ world, request }) => {
      const token = userToken(world, request);
      const app = world.apps.get(token.appId);
      const person = app && world.tenantOf(app).directory.people.get(token.userId ?? '');
      if (!app || !person) throw new PlatformError(20005, 'The user access token is invalid.', 200);
      if (request.call) request.call.appId = app.appId;
      checkPerson(person);
      return profile(world, app, person, token);
    },
  });
}

function userToken(world: World, request: FastifyRequest): IssuedToken {
  const header = request.headers.authorization ?? '';
  if (!header.startsWith('Bearer ')) throw new PlatformError(20001, 'The request is malformed.', 200);
  const token = world.tokens.find(header.slice(7).trim());
  if (token?.kind !== 'user') throw new PlatformError(20005, 'The user access token is invalid.', 200);
  return token;
}

function checkPerson(person: Person): void {
  if (person.status === 'resigned' || person.status === 'exited')
    throw new PlatformError(20021, 'The user has resigned.', 200);
  if (person.status === 'frozen') throw new PlatformError(20022, 'The user is frozen.', 200);
  if (person.status === 'not-activated') throw new PlatformError(20023, 'The user is not registered.', 200);
}

function profile(world: World, app: App, person: Person, token: IssuedToken): object {
  const held = (scope: string): boolean =>
    app.scopes.granted.includes(scope) && (token.scopes?.includes(scope) ?? false);
  const picture = 'https://assets.example.com/avatars/person.png';
  return {
    name: person.name,
    en_name: person.enName,
    avatar_url: picture,
    avatar_thumb: picture,
    avatar_middle: picture,
    avatar_big: picture,
    open_id: world.openId(app, person),
    union_id: world.unionId(person),
    tenant_key: person.tenantKey,
    ...(held('contact:user.email:readonly') ? { email: person.email } : {}),
    ...(held('contact:user.employee:readonly')
      ? { enterprise_email: person.enterpriseEmail, employee_no: person.employeeNo }
      : {}),
    ...(held('contact:user.employee_id:readonly') ? { user_id: person.userId } : {}),
    ...(held('contact:user.phone:readonly') ? { mobile: person.mobile } : {}),
  };
}
