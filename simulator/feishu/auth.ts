import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { App, Brand } from '../world/types';
import type { World } from '../world/world';
import { PlatformError } from './errors';
import type { OpenContext, Platform } from './gates';

const APP_ID = /^cli_[0-9a-fA-F]{16}$/;

const credentials = z.object({ app_id: z.string().regex(APP_ID), app_secret: z.string().min(1) });

function invalidParam(): PlatformError {
  return new PlatformError(10003, 'invalid param', 200, { data: {} });
}

function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * The app that may ask for tokens with this id and secret. Throws 10014 for an unknown app, an app of the other
 * brand, a wrong secret, and (switch `disabledAppTokenCode`) a disabled app.
 */
export function authenticateApp(world: World, brand: Brand, appId: string, secret: string): App {
  const app = world.apps.get(appId);
  // unverified: an app of the other brand is simply not known here.
  if (!app || app.brand !== brand) throw new PlatformError(10014, 'app id not exists', 200);
  if (!same(app.appSecret, secret)) {
    throw new PlatformError(10014, 'app secret invalid', world.switches.wrongSecretStatus);
  }
  // unverified: the wording.
  if (app.status === 'disabled') {
    throw new PlatformError(world.switches.disabledAppTokenCode, 'app is disabled', 200);
  }
  return app;
}

function identify(context: OpenContext<unknown, z.infer<typeof credentials>>): App {
  const { world, brand, body, request } = context;
  // The log knows who tried, also when the secret was wrong.
  if (request.call && world.apps.has(body.app_id)) request.call.appId = body.app_id;
  return authenticateApp(world, brand, body.app_id, body.app_secret);
}

function remainingSeconds(world: World, expiresAt: number): number {
  return Math.ceil((expiresAt - world.clock.now()) / 1000);
}

export function registerAuth(platform: Platform): void {
  platform.open({
    method: 'POST',
    path: '/open-apis/auth/v3/tenant_access_token/internal',
    body: credentials,
    onInvalid: invalidParam,
    envelope: 'top',
    handler(context) {
      const token = context.world.tokens.forApp(identify(context), 'tenant');
      return {
        tenant_access_token: token.token,
        expire: remainingSeconds(context.world, token.expiresAt),
      };
    },
  });

  platform.open({
    method: 'POST',
    path: '/open-apis/auth/v3/app_access_token/internal',
    body: credentials,
    onInvalid: invalidParam,
    envelope: 'top',
    handler(context) {
      const app = identify(context);
      const token = context.world.tokens.forApp(app, 'app');
      return {
        app_access_token: token.token,
        tenant_access_token: context.world.tokens.forApp(app, 'tenant').token,
        expire: remainingSeconds(context.world, token.expiresAt),
      };
    },
  });
}
