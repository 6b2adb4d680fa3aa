import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { authorize, type Caller } from '../auth';
import type { ApiPorts } from '../ports';
import { badRequest, Problem } from '../problems';
import { dockingShape } from '../shapes';
import { readyMadeRules } from '../../rules';
import type { Docking } from '../../store';
import { dockingParams, given, pageQuery, type Routes } from './route';

/** Production addresses of the two brands; others only where the settings allow them. */
const PLATFORM_URLS = { feishu: 'https://open.feishu.cn', lark: 'https://open.larksuite.com' } as const;

const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).max(2000);
const appSecret = z.string().min(1).max(200);
const timezone = z.string().refine(isTimeZone, 'must be an IANA time zone, such as Asia/Shanghai');

const ticketSystem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sobot'),
    baseUrl: webUrl,
    appid: z.string().min(1).max(200),
    appKey: z.string().min(1).max(200),
    webhookSecret: z.string().min(1).max(200).optional(),
    timezone: timezone.optional(),
    language: z.enum(['zh', 'en']).optional(),
  }),
  z.object({
    kind: z.literal('rest'),
    baseUrl: webUrl,
    apiKey: z.string().min(1).max(500),
    webhookSecret: z.string().min(1).max(500).optional(),
    timezone: timezone.optional(),
    language: z.enum(['zh', 'en']).optional(),
  }),
]);

const newDocking = z.object({
  /** Default: the brand and the App ID. */
  name: z.string().trim().min(1).max(100).optional(),
  brand: z.enum(['feishu', 'lark']),
  appId: z.string().regex(/^cli_[0-9a-zA-Z]{8,40}$/, 'must look like cli_ and 16 hexadecimal digits'),
  appSecret,
  platformUrl: webUrl.optional(),
  homepageUrl: webUrl,
  redirectUrl: webUrl,
  encryptKey: z.string().min(1).max(200).optional(),
  verificationToken: z.string().min(1).max(200).optional(),
  ticketSystem,
});

const dockingPatch = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  state: z.enum(['disabled', 'live', 'paused']).optional(),
  enabled: z.boolean().optional(),
  homepageUrl: webUrl.optional(),
  redirectUrl: webUrl.optional(),
  encryptKey: z.string().min(1).max(200).optional(),
  verificationToken: z.string().min(1).max(200).optional(),
  /** Platform calls that the company's plan allows a month; null = no quota. */
  monthlyCallQuota: z.int().min(1).max(1_000_000_000).nullable().optional(),
  calendar: z
    .strictObject({
      timeZone: timezone,
      workingHours: z.record(z.string().regex(/^[1-7]$/), z.array(z.tuple([hour(), hour()])).max(6)),
      holidays: z.array(z.iso.date()).max(400),
    })
    .optional(),
});

export function registerDockings(app: Routes, ports: ApiPorts): void {
  const { store, client, schedules, settings, now } = ports;
  const shape = (docking: Docking) => dockingShape(docking, settings.publicUrl);
  const audit = (
    caller: Caller,
    dockingId: string,
    action: string,
    detail: Record<string, unknown>,
    from: string,
  ) => store.audit.append({ dockingId, at: now(), actor: caller.actor, action, detail, from });

  app.post('/v1/dockings', { schema: { body: newDocking } }, async (request, reply) => {
    const caller = authorize(request, 'administer');
    const { body } = request;
    const docking: Docking = {
      id: `dk_${randomUUID().replaceAll('-', '').slice(0, 16)}`,
      name: body.name ?? `${body.brand === 'lark' ? 'Lark' : 'Feishu'} ${body.appId}`,
      brand: body.brand,
      appId: body.appId,
      platformUrl: platformUrl(body.brand, body.platformUrl, settings.allowedPlatformUrls),
      homepageUrl: body.homepageUrl,
      redirectUrl: body.redirectUrl,
      state: 'setting-up',
      ticketSystem: publicSettings(body.ticketSystem),
      createdAt: now(),
      updatedAt: now(),
      createdBy: caller.actor,
    };
    const { ticketSystem: system } = body;
    // Before the docking itself: it never exists without its reminders.
    await store.reminders.save(
      docking.id,
      0,
      { enabled: true, rules: readyMadeRules(system.language ?? (body.brand === 'lark' ? 'en' : 'zh')) },
      'ready-made',
    );
    const pushToken = randomBytes(24).toString('base64url');
    await store.dockings.create(
      docking,
      given({
        appSecret: body.appSecret,
        ticketSystemKey: system.kind === 'sobot' ? system.appKey : system.apiKey,
        webhookSecret: system.webhookSecret,
        pushToken,
        encryptKey: body.encryptKey,
        verificationToken: body.verificationToken,
      }),
    );
    await audit(
      caller,
      docking.id,
      'docking.created',
      { brand: docking.brand, appId: docking.appId },
      request.ip,
    );
    await client.startOnboarding(docking.id);
    await client.startValidation({ dockingId: docking.id, reason: 'created', requestedBy: caller.actor });
    await schedules.ensureDrift(docking.id);
    return reply
      .code(201)
      .header('location', `/v1/dockings/${docking.id}`)
      .send({
        ...shape(docking),
        // Shown this once: what the ticket system signs its pushes with when the admin brought no secret.
        ...(system.kind === 'rest' && !system.webhookSecret ? { webhookSecret: pushToken } : {}),
      });
  });

  app.get('/v1/dockings', { schema: { querystring: pageQuery } }, async (request) => {
    const caller = authorize(request, 'read');
    const page = await store.dockings.list({ ids: caller.dockingIds, ...given(request.query) });
    return { items: page.items.map(shape), nextCursor: page.nextCursor };
  });

  app.get('/v1/dockings/:id', { schema: { params: dockingParams } }, async (request) => {
    authorize(request, 'read', request.params.id);
    return shape(await store.dockings.require(request.params.id));
  });

  app.patch(
    '/v1/dockings/:id',
    { schema: { params: dockingParams, body: dockingPatch } },
    async (request) => {
      const { id } = request.params;
      const caller = authorize(request, 'administer', id);
      const { state, enabled, encryptKey, verificationToken, ...fields } = request.body;
      const docking = await store.dockings.require(id);
      const wanted = state ?? (enabled === undefined ? undefined : enabled ? 'live' : 'disabled');
      if (wanted === 'live' && docking.state !== 'live') await enable(docking);
      if (wanted === 'disabled' || wanted === 'paused') await store.dockings.setState(id, wanted);
      if (wanted === 'disabled') await schedules.removeNightlySync(id);
      if (wanted === 'live') await schedules.ensureNightlySync(id, zoneOf(docking));
      if (Object.keys(fields).length > 0) await store.dockings.patch(id, given(fields));
      if (encryptKey ?? verificationToken) {
        await store.dockings.setSecrets(id, given({ encryptKey, verificationToken }));
      }
      await audit(caller, id, 'docking.changed', { fields: Object.keys(request.body) }, request.ip);
      return shape(await store.dockings.require(id));
    },
  );

  app.put(
    '/v1/dockings/:id/credentials',
    { schema: { params: dockingParams, body: z.strictObject({ appSecret }) } },
    async (request) => {
      const { id } = request.params;
      const caller = authorize(request, 'administer', id);
      await store.dockings.require(id);
      await store.dockings.setPending(id, request.body.appSecret);
      const report = await client.validateCredentials({
        dockingId: id,
        reason: 'rotation',
        requestedBy: caller.actor,
      });
      const proven = report.items.find((item) => item.id === 'credentials')?.state === 'passed';
      await audit(caller, id, proven ? 'credentials.rotated' : 'credentials.refused', {}, request.ip);
      if (!proven) {
        throw new Problem(
          422,
          'Credentials.NotProven',
          'Feishu refuses the new App Secret; the old one stays in use.',
          {
            nextStep: 'Copy the secret again from "Credentials & Basic Info" of the developer console.',
          },
        );
      }
      return { rotated: true, ready: report.ready };
    },
  );

  app.delete('/v1/dockings/:id', { schema: { params: dockingParams } }, async (request, reply) => {
    const { id } = request.params;
    const caller = authorize(request, 'administer', id);
    await store.dockings.require(id);
    await store.dockings.setState(id, 'disabled');
    await client.stopDocking(id);
    await schedules.remove(id);
    await store.dockings.remove(id);
    await audit(caller, id, 'docking.deleted', {}, request.ip);
    return reply.code(204).send();
  });

  /** Live is earned through the checklist: a docking that was never live goes back to its onboarding. */
  async function enable(docking: Docking): Promise<void> {
    const checklist = await store.checklists.get(docking.id);
    if (docking.state === 'setting-up' || docking.state === 'in-review' || !checklist?.ready) {
      throw new Problem(
        409,
        'Docking.NotReady',
        'The docking goes live when every blocking item is passed.',
        {
          nextStep: `See GET /v1/dockings/${docking.id}/checklist.`,
        },
      );
    }
    await store.dockings.setState(docking.id, 'live');
  }
}

function platformUrl(
  brand: keyof typeof PLATFORM_URLS,
  wanted: string | undefined,
  allowed: string[],
): string {
  if (wanted === undefined) return PLATFORM_URLS[brand];
  const url = wanted.replace(/\/$/, '');
  if (url === PLATFORM_URLS[brand] || allowed.includes(url)) return url;
  throw badRequest([
    {
      field: 'platformUrl',
      message: `must be ${PLATFORM_URLS[brand]} or one that DOCKING_ALLOWED_PLATFORM_URLS lists`,
    },
  ]);
}

/** Whose night it is when the directory is mirrored. */
export const zoneOf = ({ calendar, ticketSystem }: Docking): string =>
  calendar?.timeZone ?? ticketSystem.timezone ?? 'Asia/Shanghai';

function publicSettings(system: z.output<typeof ticketSystem>): Docking['ticketSystem'] {
  return given({
    kind: system.kind,
    baseUrl: system.baseUrl.replace(/\/$/, ''),
    timezone: system.timezone,
    language: system.language,
    appid: system.kind === 'sobot' ? system.appid : undefined,
  });
}

function hour(): z.ZodString {
  return z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be HH:MM');
}

function isTimeZone(zone: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC';
}
