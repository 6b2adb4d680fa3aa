import { z } from 'zod';
import { authorize } from '../auth';
import { itemShape } from '../item-shape';
import { answerIn, type Language } from '../language';
import { missingPermissions } from '../missing-permissions';
import type { ApiPorts } from '../ports';
import { TICKET_REGIONS } from '../regions';
import { dockingParams, type Routes } from './route';

export function registerChecklist(app: Routes, { store, client, now }: ApiPorts): void {
  const shape = async (dockingId: string, language: Language): Promise<object> => {
    const docking = await store.dockings.require(dockingId);
    const checklist = await store.checklists.get(dockingId);
    const items = checklist?.items ?? [];
    return {
      ...(checklist ?? { dockingId, ready: false, drifted: [], checkedAt: null }),
      items: items.map((item) => itemShape(item, language)),
      missingPermissions: missingPermissions(docking, items),
    };
  };

  app.get('/v1/dockings/:id/checklist', { schema: { params: dockingParams } }, async (request, reply) => {
    authorize(request, 'read', request.params.id);
    return shape(request.params.id, answerIn(request, reply));
  });

  /** Runs the proofs now and answers with their verdicts. */
  app.post(
    '/v1/dockings/:id/checklist::check',
    { schema: { params: dockingParams, body: z.strictObject({}).nullish() } },
    async (request, reply) => {
      const { id } = request.params;
      const caller = authorize(request, 'operate', id);
      await store.dockings.require(id);
      await client.validateCredentials({ dockingId: id, reason: 'check-again', requestedBy: caller.actor });
      await client.nudgeOnboarding(id, { eventId: `check:${request.id}`, type: 'checked-again' });
      await store.audit.append({
        dockingId: id,
        at: now(),
        actor: caller.actor,
        action: 'checklist.checked',
        detail: {},
        from: request.ip,
      });
      return shape(id, answerIn(request, reply));
    },
  );

  /** The pairs of web addresses that are known, for the form that makes a docking. */
  app.get('/v1/ticket-regions', async (request) => {
    authorize(request, 'read');
    return { items: TICKET_REGIONS, nextCursor: null };
  });
}
