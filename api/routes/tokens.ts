import { z } from 'zod';
import { authorize, reaches } from '../auth';
import type { ApiPorts } from '../ports';
import { refused } from '../problems';
import type { Routes } from './route';

const newToken = z.strictObject({
  role: z.enum(['ticket-system', 'operator', 'admin']),
  dockingIds: z.union([z.literal('*'), z.array(z.string().min(1)).min(1).max(1000)]),
  label: z.string().min(1).max(200),
});

/**
 * Tokens for ticket systems, operators and admins. The clear text is shown once, on creation. Nobody reaches
 * further through the tokens of others than with their own.
 */
export function registerTokens(app: Routes, { store, now }: ApiPorts): void {
  app.post('/v1/tokens', { schema: { body: newToken } }, async (request, reply) => {
    const caller = authorize(request, 'administer');
    if (!reaches(caller, request.body.dockingIds)) throw refused('Auth.OutOfReach', { wanted: 'token' });
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
    const caller = authorize(request, 'administer');
    const tokens = await store.tokens.list();
    return { items: tokens.filter(({ dockingIds }) => reaches(caller, dockingIds)), nextCursor: null };
  });
  app.delete(
    '/v1/tokens/:tokenId',
    { schema: { params: z.object({ tokenId: z.string() }) } },
    async (request, reply) => {
      const caller = authorize(request, 'administer');
      const token = await store.tokens.get(request.params.tokenId);
      // One that reaches further is not told from one that does not exist.
      if (!token || !reaches(caller, token.dockingIds)) throw refused('Resource.NotFound', { what: 'token' });
      if (token.revokedAt) return reply.code(204).send();
      await store.tokens.revoke(token.id);
      await store.audit.append({
        dockingId: null,
        at: now(),
        actor: caller.actor,
        action: 'token.revoked',
        detail: { id: token.id },
        from: request.ip,
      });
      return reply.code(204).send();
    },
  );
}
