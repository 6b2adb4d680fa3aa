import { z } from 'zod';
import { authorize } from '../auth';
import type { ApiPorts } from '../ports';
import type { Routes } from './route';

const newToken = z.strictObject({
  role: z.enum(['ticket-system', 'operator', 'admin']),
  dockingIds: z.union([z.literal('*'), z.array(z.string().min(1)).min(1).max(1000)]),
  label: z.string().min(1).max(200),
});

/** Tokens for ticket systems, operators and admins. The clear text is shown once, on creation. */
export function registerTokens(app: Routes, { store, now }: ApiPorts): void {
  app.post('/v1/tokens', { schema: { body: newToken } }, async (request, reply) => {
    const caller = authorize(request, 'administer');
    const { token, secret } = await store.tokens.create(request.body);
    await store.audit.append({
      dockingId: null,
      at: now(),
      actor: caller.actor,
      action: 'token.created',
      detail: { id: token.id, role: token.role },
      from: request.ip,
    });
    return reply.code(201).send({ ...token, secret });
  });
  app.get('/v1/tokens', async (request) => {
    authorize(request, 'administer');
    return { items: await store.tokens.list(), nextCursor: null };
  });
  app.delete(
    '/v1/tokens/:tokenId',
    { schema: { params: z.object({ tokenId: z.string() }) } },
    async (request, reply) => {
      const caller = authorize(request, 'administer');
      await store.tokens.revoke(request.params.tokenId);
      await store.audit.append({
        dockingId: null,
        at: now(),
        actor: caller.actor,
        action: 'token.revoked',
        detail: { id: request.params.tokenId },
        from: request.ip,
      });
      return reply.code(204).send();
    },
  );
}
