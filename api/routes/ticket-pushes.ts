import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { checkPush, SECRET_OVERLAP_MS } from '../../intake';
import { authorize } from '../auth';
import { briefly } from '../briefly';
import type { ApiPorts } from '../ports';
import { badRequest, refused } from '../problems';
import { dockingParams, given, type Routes } from './route';

const PUSH_LIMIT = 1024 * 1024;
const rotation = z
  .strictObject({ secret: z.string().min(16).max(500).optional() })
  .nullish()
  .transform((body) => body ?? {});

/**
 * The ticket system's own webhook format. Proven, readable, stored raw, and only then acknowledged: a Sobot push is a
 * hint, believed after the ticket was read back; a REST system's push is believed for its signature, or for the bearer
 * token of a ticket system.
 */
export function registerTicketPushes(app: Routes, { store, client, now, log }: ApiPorts): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: PUSH_LIMIT }, (_request, body, done) =>
      done(null, body),
    );

    scope.post(
      '/tickets/:id/events',
      { schema: { params: dockingParams, querystring: z.looseObject({}) } },
      async (request, reply) => {
        const { id } = request.params as z.output<typeof dockingParams>;
        const docking = await store.dockings.require(id);
        const body = typeof request.body === 'string' ? request.body : '';
        const receivedAt = now();
        const { access_token, token } = request.query as Record<string, string | undefined>;
        const verified = request.caller !== null && Boolean(authorize(request, 'send-events', id));
        const checked = checkPush(docking, await store.dockings.secrets(id), {
          body,
          headers: request.headers,
          query: given({ access_token: access_token ?? token }),
          receivedAt: receivedAt.getTime(),
          verified,
        });
        if (!checked.ok) {
          const { message, nextStep } = checked;
          if (checked.refusal === 'unproven') {
            throw refused('Push.Refused', { said: message, next: nextStep });
          }
          throw badRequest([{ field: '(body)', message: { en: message, zh: '无法解读该推送' } }]);
        }
        await store.pushes.put({
          id: `push_${randomUUID().replaceAll('-', '')}`,
          dockingId: id,
          body,
          receivedAt,
          state: 'stored',
          reason: null,
        });
        const woken = client.wakePull(id, 'pushes').catch((error: unknown) => {
          log.warn({ err: error, dockingId: id }, 'push stored; the next pull reads it');
        });
        await briefly(woken);
        return reply.send(acknowledgement(receivedAt));
      },
    );
  });

  /** A new secret, given or made; the old one is believed for another day. A made one is shown this once. */
  app.post(
    '/v1/dockings/:id/webhook-secret::rotate',
    { schema: { params: dockingParams, body: rotation } },
    async (request) => {
      const { id } = request.params;
      const caller = authorize(request, 'administer', id);
      const docking = await store.dockings.require(id);
      const { webhookSecret, pushToken } = await store.dockings.secrets(id);
      const secret = request.body.secret ?? randomBytes(24).toString('base64url');
      const before = webhookSecret ?? (docking.ticketSystem.kind === 'rest' ? pushToken : null);
      const at = now();
      await store.dockings.setSecrets(id, { webhookSecret: secret, previousWebhookSecret: before });
      await store.dockings.patch(id, { webhookSecretRotatedAt: at });
      await store.audit.append({
        dockingId: id,
        at,
        actor: caller.actor,
        action: 'webhook-secret.rotated',
        detail: {},
        from: request.ip,
      });
      return {
        ...(request.body.secret === undefined ? { secret } : {}),
        previousValidUntil: before === null ? null : new Date(at.getTime() + SECRET_OVERLAP_MS),
      };
    },
  );
}

/** The answer Sobot documents for a push that was taken; other systems look at the status only. */
function acknowledgement(at: Date): unknown {
  const receiveTime = at.toISOString().replace(/\D/g, '').slice(0, 14);
  return { retCode: '000000', retMsg: '数据接收成功', data: { receiveTime } };
}
