import { z } from 'zod';
import { NO_NOTIFICATION_SETTINGS, type Docking } from '../../store';
import { authorize } from '../auth';
import { said } from '../plain-faults';
import type { ApiPorts } from '../ports';
import { receiverUrl } from '../web-url';
import { dockingParams, given, type Routes } from './route';

const id = z.string().min(1).max(200);
const byGroup = z
  .record(id, id)
  .refine(
    (groups) => Object.keys(groups).length <= 2000,
    said({ en: 'must name at most 2000 groups', zh: '最多 2000 个组' }),
  );

const members = {
  groupLeads: byGroup,
  groupChats: byGroup,
  watchers: z
    .array(
      z.strictObject({
        categoryPrefix: z.string().trim().min(1).max(500),
        agentIds: z.array(id).min(1).max(200),
      }),
    )
    .max(500),
  duty: z.strictObject({ agentId: id.nullable() }),
  fallbackWebhook: z
    .strictObject({
      url: receiverUrl,
      /** Write-only. Left out = the one already kept stays; null = none. */
      secret: z.string().min(8).max(500).nullish(),
    })
    .nullable(),
};
const changes = z.strictObject(members).partial();
const whole = z.strictObject({
  groupLeads: members.groupLeads.default({}),
  groupChats: members.groupChats.default({}),
  watchers: members.watchers.default([]),
  duty: members.duty.default({ agentId: null }),
  fallbackWebhook: members.fallbackWebhook.default(null),
});

/**
 * Who leads a group, who watches a category, and who is asked in place of somebody who cannot be told: group lead →
 * group chat → person on duty → webhook. PUT says everything anew, PATCH only what it names.
 */
export function registerNotificationSettings(app: Routes, { store, now }: ApiPorts): void {
  const path = '/v1/dockings/:id/settings';

  app.get(path, { schema: { params: dockingParams } }, async (request) => {
    authorize(request, 'read', request.params.id);
    return shape(await store.dockings.require(request.params.id));
  });

  app.put(path, { schema: { params: dockingParams, body: whole } }, (request) =>
    save(request.params.id, authorize(request, 'administer', request.params.id).actor, request),
  );

  app.patch(path, { schema: { params: dockingParams, body: changes } }, (request) =>
    save(request.params.id, authorize(request, 'administer', request.params.id).actor, request),
  );

  async function save(
    dockingId: string,
    actor: string,
    { body, ip }: { body: z.output<typeof changes>; ip: string },
  ): Promise<object> {
    const before = await store.dockings.require(dockingId);
    const { fallbackWebhook, ...fields } = body;
    await store.dockings.patch(dockingId, {
      notification: {
        ...NO_NOTIFICATION_SETTINGS,
        ...before.notification,
        ...given(fields),
        ...(fallbackWebhook === undefined
          ? {}
          : { fallbackWebhook: fallbackWebhook && { url: fallbackWebhook.url } }),
      },
    });
    const secret = fallbackWebhook === null ? null : fallbackWebhook?.secret;
    if (secret !== undefined) await store.dockings.setSecrets(dockingId, { fallbackWebhookSecret: secret });
    await store.audit.append({
      dockingId,
      at: now(),
      actor,
      action: 'settings.saved',
      detail: { fields: Object.keys(body) },
      from: ip,
    });
    return shape(await store.dockings.require(dockingId));
  }
}

const shape = ({ notification }: Docking): object => ({ ...NO_NOTIFICATION_SETTINGS, ...notification });
