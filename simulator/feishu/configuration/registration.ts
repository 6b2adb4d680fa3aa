import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { controlRoute, ControlError } from '../../control/route';
import { tenantNamed } from '../../control/lookups';
import { escapeHtml } from '../../page/html';
import { layout, pageHeaders } from '../../page/layout';
import { makeApp } from '../../world/apps';
import type { App } from '../../world/types';
import type { World } from '../../world/world';
import { Slot } from '../../world/world';
import type { Platform } from '../gates';

const LIFE_SECONDS = 600;
const INTERVAL_SECONDS = 5;

interface Registration {
  readonly deviceCode: string;
  readonly userCode: string;
  /** Virtual milliseconds. */
  readonly expiresAt: number;
  decision: 'pending' | 'denied' | { app: App; openId: string };
}

class Registrations {
  private readonly byDevice = new LRUCache<string, Registration>({ max: 1000 });
  private readonly byUser = new LRUCache<string, Registration>({ max: 1000 });

  begin(now: number): Registration {
    const registration: Registration = {
      deviceCode: randomBytes(20).toString('hex'),
      userCode: randomBytes(4).toString('hex').toUpperCase(),
      expiresAt: now + LIFE_SECONDS * 1000,
      decision: 'pending',
    };
    this.byDevice.set(registration.deviceCode, registration);
    this.byUser.set(registration.userCode, registration);
    return registration;
  }

  ofDevice(code: string): Registration | undefined {
    return this.byDevice.get(code);
  }

  ofUser(code: string): Registration | undefined {
    return this.byUser.get(code);
  }
}

const registrations = new Slot(() => new Registrations());

/**
 * Creating an app by device flow (RFC 8628): `begin`, a person approves in the browser, `poll` answers with the
 * app's id and secret. Approval here is `POST /_control/registrations/{userCode}`.
 */
export function registerRegistration({ server, world }: Platform): void {
  server.post('/oauth/v1/app/registration', async (request, reply) => {
    const form = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
    const home = `${request.protocol}://${request.host}`;
    const answer =
      form.get('action') === 'begin'
        ? begin(world, home)
        : form.get('action') === 'poll'
          ? poll(world, form.get('device_code') ?? '')
          : { error: 'invalid_request', error_description: 'action must be begin or poll' };
    return reply.code('error' in answer ? 400 : 200).send(answer);
  });
  server.get('/page/launcher', async (request, reply) => {
    const code = new URLSearchParams(request.url.split('?')[1] ?? '').get('user_code') ?? '';
    const body = `<main class="sheet"><h1>An app wants to be created</h1>
<p class="lead">Confirm the code <code>${escapeHtml(code)}</code> with the control surface:</p>
<p><code>POST /_control/registrations/${escapeHtml(encodeURIComponent(code))}</code></p></main>`;
    return reply.headers(pageHeaders).send(layout({ title: 'Create an app', body }));
  });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/registrations/:userCode',
    body: z.strictObject({ approve: z.boolean().default(true), tenantKey: z.string().optional() }),
    handler: ({ params, body }) => {
      const registration = world.use(registrations).ofUser(params['userCode'] ?? '');
      if (!registration) throw new ControlError('userCode', 'is not waiting here', 404);
      if (!body.approve) {
        registration.decision = 'denied';
        return {};
      }
      const tenant = tenantNamed(world, body.tenantKey);
      const app = makeApp(world, tenant);
      const owner = tenant.directory.people.get(app.ownerUserId);
      registration.decision = { app, openId: owner ? world.openId(app, owner) : '' };
      return { appId: app.appId };
    },
  });
}

function begin(world: World, home: string): object {
  const { deviceCode, userCode } = world.use(registrations).begin(world.clock.now());
  return {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: `${home}/page/launcher`,
    verification_uri_complete: `${home}/page/launcher?user_code=${userCode}`,
    expires_in: LIFE_SECONDS,
    interval: INTERVAL_SECONDS,
  };
}

function poll(world: World, deviceCode: string): object {
  const registration = world.use(registrations).ofDevice(deviceCode);
  if (!registration) return { error: 'invalid_grant', error_description: 'unknown device code' };
  const { decision } = registration;
  if (decision === 'denied') return { error: 'access_denied', error_description: 'the person refused' };
  if (decision !== 'pending')
    return {
      client_id: decision.app.appId,
      client_secret: decision.app.appSecret,
      user_info: { open_id: decision.openId, tenant_brand: decision.app.brand },
    };
  if (world.clock.now() > registration.expiresAt)
    return { error: 'expired_token', error_description: 'the code has expired' };
  return { error: 'authorization_pending', error_description: 'nobody has confirmed yet' };
}
