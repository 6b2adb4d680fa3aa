import { z } from 'zod';
import { authorize } from '../auth';
import type { ApiPorts } from '../ports';
import { refused } from '../problems';
import { appSecret } from './docking-inputs';
import { dockingParams, type Routes } from './route';

/** A new App Secret takes the place of the old one only after the platform accepted it. */
export function registerCredentials(app: Routes, { store, client, now }: ApiPorts): void {
  app.put(
    '/v1/dockings/:id/credentials',
    { schema: { params: dockingParams, body: z.strictObject({ appSecret }) } },
    async (request) => {
      const { id } = request.params;
      const { appSecret: wanted } = request.body;
      const caller = authorize(request, 'administer', id);
      await store.dockings.require(id);
      await store.dockings.setPending(id, wanted);
      const report = await client.rotateSecret({ dockingId: id, requestedBy: caller.actor });
      // Of several who enter a secret at once, one run proves them all: what is in use tells whose it was.
      const rotated = (await store.dockings.secrets(id)).appSecret === wanted;
      await store.audit.append({
        dockingId: id,
        at: now(),
        actor: caller.actor,
        action: rotated ? 'credentials.rotated' : 'credentials.refused',
        detail: { outcome: report.outcome },
        from: request.ip,
      });
      if (rotated) return { rotated: true, ready: (await store.checklists.get(id))?.ready ?? false };
      if (report.outcome === 'unreachable') {
        throw refused('Credentials.Unreachable');
      }
      throw refused('Credentials.NotProven');
    },
  );
}
