import { BlockList, isIPv4 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { App, Brand, IssuedToken, TokenKind } from '../world/types';
import type { World } from '../world/world';
import { INVALID_TOKEN } from './codes';
import { missingScope, PlatformError } from './errors';

declare module 'fastify' {
  interface FastifyRequest {
    /** The brand named by a `/feishu` or `/lark` prefix of the address. */
    prefixBrand?: Brand;
  }
}

/** Prefix of the address first, then the host name, then the switch `servesBrand`. */
export function brandOf(world: World, request: FastifyRequest): Brand {
  if (request.prefixBrand) return request.prefixBrand;
  const host = request.hostname;
  if (host.endsWith('larksuite.com')) return 'lark';
  if (host.endsWith('feishu.cn')) return 'feishu';
  return world.switches.servesBrand;
}

const KIND_BY_PREFIX: Record<string, TokenKind> = { 't-': 'tenant', 'u-': 'user', 'a-': 'app' };
const INVALID_CODE: Record<TokenKind, number> = { tenant: 99991663, app: 99991664, user: 99991668 };

export function checkToken(
  world: World,
  request: FastifyRequest,
  allowed: readonly TokenKind[],
  brand: Brand,
): { token: IssuedToken; app: App } {
  const header = request.headers.authorization ?? '';
  const text = header.startsWith('Bearer ') ? header.slice(7).trim() : '';
  if (!text) throw new PlatformError(99991661, 'Need a token', 400, { data: {} });
  const kind = KIND_BY_PREFIX[text.slice(0, 2)];
  if (!kind) throw new PlatformError(99991671, 'token must start with t- or u-', 400);
  const ahead = request.fault?.effect === 'clock-skew' ? request.fault.skewSeconds * 1000 : 0;
  const token = world.tokens.find(text, ahead);
  const app = token && world.apps.get(token.appId);
  if (kind === 'user' && world.tokens.hasExpired(text, ahead))
    throw new PlatformError(99991677, 'user access token expired', 400);
  // unverified: what a token of a kind that the endpoint does not take, or of the other brand, is answered.
  if (!token || !app || !allowed.includes(kind) || app.brand !== brand) {
    throw new PlatformError(INVALID_CODE[kind], INVALID_TOKEN, world.switches.invalidTokenStatus);
  }
  return { token, app };
}

export function checkState(world: World, app: App): void {
  // unverified: the wording.
  if (app.status !== 'enabled')
    throw new PlatformError(world.switches.disabledAppCode, 'app is not in use', 400);
}

const lists = new WeakMap<string[], BlockList>();

function allowList(entries: string[]): BlockList {
  let list = lists.get(entries);
  if (!list) {
    list = new BlockList();
    for (const entry of entries) {
      const [address = '', bits] = entry.split('/');
      const family = isIPv4(address) ? 'ipv4' : 'ipv6';
      if (bits === undefined) list.addAddress(address, family);
      else list.addSubnet(address, Number(bits), family);
    }
    lists.set(entries, list);
  }
  return list;
}

/** An empty list allows everybody. Entries are addresses or CIDR ranges. */
export function checkAddress(app: App, remote: string): void {
  if (app.ipAllowList.length === 0) return;
  const ip = remote.startsWith('::ffff:') ? remote.slice(7) : remote;
  if (!allowList(app.ipAllowList).check(ip, isIPv4(ip) ? 'ipv4' : 'ipv6')) {
    throw new PlatformError(99991401, `ip ${ip} is denied by app setting`, 400);
  }
}

/** The wide scopes of old apps open every contact call and field but the personal ones. */
const WIDE_CONTACT_SCOPES = [
  'contact:contact:readonly_as_app',
  'contact:contact:access_as_app',
  'contact:contact:readonly',
];

/** unverified for the user id. */
const NOT_OPENED_BY_WIDE = [
  'contact:user.email:readonly',
  'contact:user.phone:readonly',
  'contact:user.employee_id:readonly',
  'contact:user.id:readonly',
];

/** Whether the app holds one of the scopes, live. */
export function holdsScope(app: App, scopes: readonly string[]): boolean {
  const granted = app.scopes.granted;
  return (
    scopes.some((scope) => granted.includes(scope)) ||
    (scopes.some((scope) => scope.startsWith('contact:') && !NOT_OPENED_BY_WIDE.includes(scope)) &&
      WIDE_CONTACT_SCOPES.some((scope) => granted.includes(scope)))
  );
}

export function checkScopes(app: App, token: IssuedToken, scopes: readonly string[]): void {
  if (token.kind === 'user') {
    if (!scopes.some((scope) => token.scopes?.includes(scope))) throw missingScope(app, scopes, 'user');
  } else if (!holdsScope(app, scopes)) {
    throw missingScope(app, scopes, token.kind);
  }
}
