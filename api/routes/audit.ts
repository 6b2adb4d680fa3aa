import { z } from 'zod';
import { authorize } from '../auth';
import type { ApiPorts } from '../ports';
import { dockingParams, given, pageQuery, type Routes } from './route';

/** Who did what, and what it cost in platform calls. */
export function registerAudit(app: Routes, { store, now }: ApiPorts): void {
  app.get(
    '/v1/dockings/:id/audit',
    { schema: { params: dockingParams, querystring: pageQuery } },
    async (request) => {
      authorize(request, 'read', request.params.id);
      await store.dockings.require(request.params.id);
      return store.audit.list({ dockingId: request.params.id, ...given(request.query) });
    },
  );

  app.get(
    '/v1/dockings/:id/usage',
    {
      schema: {
        params: dockingParams,
        querystring: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
      },
    },
    async (request) => {
      authorize(request, 'read', request.params.id);
      await store.dockings.require(request.params.id);
      const to = request.query.to ?? now().toISOString().slice(0, 10);
      const from = request.query.from ?? `${to.slice(0, 7)}-01`;
      return store.usage.read(request.params.id, {
        from: new Date(from),
        to: new Date(`${to}T23:59:59.999Z`),
      });
    },
  );
}
