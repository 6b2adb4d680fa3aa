import { randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { ApiPorts } from '../ports';
import { badRequest, Problem } from '../problems';
import { dockingParams, type Routes } from './route';

const PUSH_LIMIT = 1024 * 1024;

/**
 * The ticket system's own webhook format. Stored raw and acknowledged at once; a push is only a hint, what it says is
 * believed after the ticket was read back, or after its signature was verified.
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
        const query = request.query as Record<string, string | undefined>;
        const secrets = await store.dockings.secrets(id);
        const token = query['access_token'] ?? query['token'];
        if (
          docking.ticketSystem.kind === 'sobot' &&
          secrets.webhookSecret &&
          !same(token, secrets.webhookSecret)
        ) {
          throw new Problem(401, 'Push.Refused', 'The access_token of this push is missing or wrong.');
        }
        const body = typeof request.body === 'string' ? request.body : '';
        mustBeJson(body);
        await store.pushes.put({
          id: `push_${randomUUID().replaceAll('-', '')}`,
          dockingId: id,
          body,
          headers: signatureHeaders(request.headers),
          receivedAt: now(),
          state: 'stored',
          reason: null,
        });
        try {
          await client.pushesStored(id);
        } catch (error) {
          log.warn({ err: error, dockingId: id }, 'push stored; the next pull reads it');
        }
        return reply.send(acknowledgement(now()));
      },
    );
  });
}

function mustBeJson(body: string): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    parsed = null;
  }
  if (parsed === null || typeof parsed !== 'object') {
    throw badRequest([{ field: '(body)', message: 'must be a JSON object or list' }]);
  }
}

/** Only what verification needs; never cookies or authorizations. */
function signatureHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    ['x-signature', 'content-type'].flatMap((name) =>
      typeof headers[name] === 'string' ? [[name, headers[name]]] : [],
    ),
  );
}

/** The answer Sobot documents for a push that was taken; other systems look at the status only. */
function acknowledgement(at: Date): unknown {
  const receiveTime = at.toISOString().replace(/\D/g, '').slice(0, 14);
  return { retCode: '000000', retMsg: '数据接收成功', data: { receiveTime } };
}

function same(given: string | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
