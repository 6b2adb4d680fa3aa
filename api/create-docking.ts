/** A docking comes into being: with its reminders, its secrets sealed, its review and its first check under way. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { readyMadeRules } from '../rules';
import type { Docking } from '../store';
import type { Caller } from './auth';
import type { Language } from './language';
import type { ApiPorts } from './ports';
import { badRequest } from './problems';
import { regionOf } from './regions';
import { alertsWithoutSecret, publicSettings, type dockingOfApp } from './routes/docking-inputs';
import { given } from './routes/route';
import { dockingShape } from './docking-shape';

/** How to get into the app, however it came about. */
export interface AppAccess {
  brand: Docking['brand'];
  appId: string;
  appSecret: string;
  platformUrl: string;
}

/** Gives what the API answers. A webhook secret that was made here is in it, this once. */
export async function createDocking(
  {
    store,
    client,
    schedules,
    settings,
    now,
  }: Pick<ApiPorts, 'store' | 'client' | 'schedules' | 'settings' | 'now'>,
  caller: Caller,
  app: AppAccess,
  body: z.output<typeof dockingOfApp>,
  { from, language }: { from: string; language: Language },
): Promise<{ id: string }> {
  const { homepageUrl, redirectUrl } = pageUrls(body);
  const docking: Docking = given({
    id: `dk_${randomUUID().replaceAll('-', '').slice(0, 16)}`,
    name: body.name ?? `${app.brand === 'lark' ? 'Lark' : 'Feishu'} ${app.appId}`,
    brand: app.brand,
    appId: app.appId,
    platformUrl: app.platformUrl,
    homepageUrl,
    redirectUrl,
    state: 'setting-up' as const,
    ticketSystem: publicSettings(body.ticketSystem),
    alerts: body.alerts && alertsWithoutSecret(body.alerts),
    employeePhoneScope: body.employeePhoneScope,
    eventMode: body.eventMode,
    createdAt: now(),
    updatedAt: now(),
    createdBy: caller.actor,
  });
  const { ticketSystem: system } = body;
  // Before the docking itself: it never exists without its reminders.
  await store.reminders.save(
    docking.id,
    0,
    { enabled: true, rules: readyMadeRules(system.language ?? (app.brand === 'lark' ? 'en' : 'zh')) },
    'ready-made',
  );
  const pushToken = randomBytes(24).toString('base64url');
  await store.dockings.create(
    docking,
    given({
      appSecret: app.appSecret,
      ticketSystemKey: system.kind === 'sobot' ? system.appKey : system.apiKey,
      webhookSecret: system.webhookSecret,
      pushToken,
      encryptKey: body.encryptKey,
      verificationToken: body.verificationToken,
      alertSecret: body.alerts?.webhookSecret,
    }),
  );
  await store.audit.append({
    dockingId: docking.id,
    at: now(),
    actor: caller.actor,
    action: 'docking.created',
    detail: { brand: docking.brand, appId: docking.appId },
    from,
  });
  await client.startOnboarding(docking.id);
  await client.startValidation({ dockingId: docking.id, reason: 'created', requestedBy: caller.actor });
  await schedules.ensureDrift(docking.id);
  return {
    ...dockingShape(docking, settings.publicUrl, undefined, now(), language),
    id: docking.id,
    ...(system.kind === 'rest' && !system.webhookSecret ? { webhookSecret: pushToken } : {}),
  };
}

/** Given ones count; what is left out is the pair of the ticket system's region. */
function pageUrls({
  homepageUrl,
  redirectUrl,
  ticketSystem,
}: {
  homepageUrl?: string | undefined;
  redirectUrl?: string | undefined;
  ticketSystem: { baseUrl: string };
}): { homepageUrl: string; redirectUrl: string } {
  const region = regionOf(ticketSystem.baseUrl);
  const urls = {
    homepageUrl: homepageUrl ?? region?.homepageUrl,
    redirectUrl: redirectUrl ?? region?.redirectUrl,
  };
  const missing = Object.entries(urls).flatMap(([field, url]) => (url === undefined ? [field] : []));
  if (missing.length > 0) {
    throw badRequest(
      missing.map((field) => ({
        field,
        message: {
          en: 'is needed: the base URL of the ticket system is in no known region',
          zh: '必须填写：无法从工单系统的地址得知其所在区域',
        },
      })),
    );
  }
  return urls as { homepageUrl: string; redirectUrl: string };
}
