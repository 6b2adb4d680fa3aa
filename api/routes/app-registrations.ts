import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { BRANDS, brandOf, EVENT_READERS, requiredPermissions, RegistrationUnreachable } from '../../feishu';
import type { RegistrationPoll } from '../../feishu';
import { authorizeNewDocking } from '../auth';
import { createDocking } from '../create-docking';
import { keptRegistrations, type Registration } from '../kept-registrations';
import { answerIn } from '../language';
import type { ApiPorts } from '../ports';
import { refused } from '../problems';
import { dockingOfApp, platformUrl } from './docking-inputs';
import { given, type Routes } from './route';

const params = z.object({ registrationId: z.string().regex(/^ar_[0-9a-f]{16}$/) });
const wanted = z.strictObject({
  brand: z.enum(['feishu', 'lark']),
  name: z.string().trim().min(1).max(60).optional(),
  platformUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
});
const PATH = '/v1/app-registrations';
const ONE = ':registrationId(^[\\w-]+$)';
const CALLBACKS = ['card.action.trigger'];
const NOTE = {
  planned:
    'Nothing was asked of the platform yet. This is what the new app will come with; begin with POST …:begin {"confirm": true}. ' +
    'Unverified on live tenants: creating the app by hand in the developer console always works.',
  waiting: 'Open confirmUrl, or show it as a QR code, and confirm there as a developer of the company.',
  created:
    'Create the docking with POST …:createDocking (ticketSystem, homepageUrl, redirectUrl …), within the hour.',
  denied: 'Somebody said no on the platform. Plan it again.',
  expired: 'Nobody confirmed in time. Plan it again.',
};

/** "Create the app for me" by QR code: shown first, begun only after an admin's explicit word, confirmed on the platform. */
export function registerAppRegistrations(app: Routes, ports: ApiPorts): void {
  const { store, feishu, settings, now } = ports;
  const kept = keptRegistrations(store);
  const accountsOf = ({ platformUrl: url, brand }: Registration): string =>
    brandOf(url) === undefined ? url : BRANDS[brand].accounts;
  const noted = async (actor: string, action: string, detail: Record<string, unknown>, from: string) =>
    store.audit.append({ dockingId: null, at: now(), actor, action, detail, from });

  app.post(PATH, { schema: { body: wanted } }, async (request, reply) => {
    const caller = authorizeNewDocking(request);
    const { brand, name } = request.body;
    const registration: Registration = given({
      id: `ar_${randomUUID().replaceAll('-', '').slice(0, 16)}`,
      brand,
      platformUrl: platformUrl(brand, request.body.platformUrl, settings.allowedPlatformUrls),
      name: name ?? 'Ticket reminders',
      state: 'planned' as const,
    });
    await kept.put(registration);
    await noted(caller.actor, 'app-registration.planned', { id: registration.id, brand }, request.ip);
    return reply.code(201).send(shape(registration));
  });

  app.post(
    `${PATH}/${ONE}::begin`,
    { schema: { params, body: z.strictObject({ confirm: z.literal(true) }) } },
    async (request) => {
      const caller = authorizeNewDocking(request);
      const registration = await found(request.params.registrationId);
      if (registration.state !== 'planned') {
        throw refused('AppRegistration.WrongState', { state: registration.state, wants: 'begin' });
      }
      const begun = await reached(() =>
        feishu.registration(accountsOf(registration)).begin(presetOf(registration)),
      );
      const waiting: Registration = {
        ...registration,
        state: 'waiting',
        deviceCode: begun.deviceCode,
        userCode: begun.userCode,
        confirmUrl: begun.confirmUrl,
        intervalSeconds: begun.intervalSeconds,
        expiresAt: now().getTime() + begun.expiresInSeconds * 1000,
        askAt: now().getTime(),
      };
      await kept.put(waiting);
      await noted(caller.actor, 'app-registration.begun', { id: registration.id }, request.ip);
      return shape(waiting);
    },
  );

  /** Asks the platform, no more often than it wants, and says what came of it. */
  app.get(`${PATH}/${ONE}`, { schema: { params } }, async (request) => {
    authorizeNewDocking(request);
    const registration = await found(request.params.registrationId);
    const { deviceCode, askAt = 0, expiresAt = 0, intervalSeconds = 0 } = registration;
    if (registration.state !== 'waiting' || !deviceCode || now().getTime() < askAt)
      return shape(registration);
    const asked = { ...registration, askAt: now().getTime() + intervalSeconds * 1000 };
    const answer = await reached(() => feishu.registration(accountsOf(asked)).poll(deviceCode));
    const next = after(asked, answer, now().getTime() > expiresAt);
    await kept.put(next);
    return shape(next);
  });

  /** The rest of a docking, whose app was created here. */
  app.post(
    `${PATH}/${ONE}::createDocking`,
    { schema: { params, body: dockingOfApp } },
    async (request, reply) => {
      const caller = authorizeNewDocking(request);
      const {
        id,
        state,
        brand,
        appId,
        appSecret,
        platformUrl: url,
      } = await found(request.params.registrationId);
      if (state !== 'created' || !appId || !appSecret) {
        throw refused('AppRegistration.WrongState', { state, wants: 'app' });
      }
      const made = { brand, appId, appSecret, platformUrl: url };
      const created = await createDocking(ports, caller, made, request.body, {
        from: request.ip,
        language: answerIn(request, reply),
      });
      await kept.remove(id);
      return reply.code(201).header('location', `/v1/dockings/${created.id}`).send(created);
    },
  );

  async function found(id: string): Promise<Registration> {
    const registration = await kept.get(id);
    if (registration) return registration;
    throw refused('Resource.NotFound', { what: 'registration' });
  }
}

function after(registration: Registration, answer: RegistrationPoll, late: boolean): Registration {
  switch (answer.kind) {
    case 'created': {
      const { appId, appSecret, brand = registration.brand } = answer;
      return { ...registration, state: 'created', appId, appSecret, brand };
    }
    case 'other-brand':
      return { ...registration, brand: answer.brand, platformUrl: BRANDS[answer.brand].apiBase };
    case 'denied':
    case 'expired':
      return { ...registration, state: answer.kind };
    default:
      return late ? { ...registration, state: 'expired' } : registration;
  }
}

const presetOf = ({ brand, name }: Registration) => ({
  name,
  scopes: requiredPermissions(brand).map(({ key }) => key),
  events: Object.keys(EVENT_READERS).filter((name) => /_v\d$/.test(name)),
  callbacks: CALLBACKS,
});

async function reached<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof RegistrationUnreachable)) throw error;
    throw refused('AppRegistration.Unreachable', { said: error.message });
  }
}

/** Without the device code and the secret: neither is anybody's business. */
const shape = (registration: Registration): object => ({
  id: registration.id,
  state: registration.state,
  brand: registration.brand,
  willCreate: presetOf(registration),
  confirmUrl: registration.confirmUrl ?? null,
  userCode: registration.userCode ?? null,
  expiresAt: registration.expiresAt === undefined ? null : new Date(registration.expiresAt),
  appId: registration.appId ?? null,
  note: NOTE[registration.state],
});
