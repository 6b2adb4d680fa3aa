import { z } from 'zod';
import { authorize } from '../auth';
import type { ApiPorts } from '../ports';
import { dockingParams, type Routes } from './route';

export function registerChecklist(app: Routes, { store, client }: ApiPorts): void {
  app.get('/v1/dockings/:id/checklist', { schema: { params: dockingParams } }, async (request) => {
    authorize(request, 'read', request.params.id);
    await store.dockings.require(request.params.id);
    return (
      (await store.checklists.get(request.params.id)) ?? {
        dockingId: request.params.id,
        ready: false,
        items: [],
        checkedAt: null,
      }
    );
  });

  /** Runs the proofs now and answers with their verdicts. */
  app.post(
    '/v1/dockings/:id/checklist::check',
    { schema: { params: dockingParams, body: z.strictObject({}).nullish() } },
    async (request) => {
      const { id } = request.params;
      const caller = authorize(request, 'operate', id);
      await store.dockings.require(id);
      await client.validateCredentials({ dockingId: id, reason: 'check-again', requestedBy: caller.actor });
      await client.nudgeOnboarding(id, { eventId: `check:${request.id}`, type: 'checked-again' });
      return store.checklists.get(id);
    },
  );
}
