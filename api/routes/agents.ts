import { z } from 'zod';
import { authorize } from '../auth';
import type { ApiPorts } from '../ports';
import { agentShape } from '../shapes';
import { dockingParams, given, pageQuery, type Routes } from './route';

/** The ticket system offers no cheap look-up, so agents are listed from our copy; older than this, it is read anew. */
const FRESH_FOR_MS = 60_000;

export function registerAgents(app: Routes, { store, client, now }: ApiPorts): void {
  app.get(
    '/v1/dockings/:id/agents',
    {
      schema: { params: dockingParams, querystring: pageQuery.extend({ q: z.string().max(200).optional() }) },
    },
    async (request) => {
      const { id } = request.params;
      const caller = authorize(request, 'read', id);
      await store.dockings.require(id);
      const refreshedAt = await store.agents.refreshedAt(id);
      if (!refreshedAt || now().getTime() - refreshedAt.getTime() > FRESH_FOR_MS) {
        await client.refreshAgents(id, caller.actor);
      }
      const page = await store.agents.list(id, given(request.query));
      return { items: page.items.map(agentShape), nextCursor: page.nextCursor };
    },
  );
}
