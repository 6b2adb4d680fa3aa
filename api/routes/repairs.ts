import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Repair } from '../../store';
import { authorize } from '../auth';
import type { ApiPorts } from '../ports';
import { Problem } from '../problems';
import { repairPlan } from '../repair-plan';
import { dockingParams, type Routes } from './route';

const repairParams = z.object({ id: z.string().min(1).max(100), repairId: z.string().min(1).max(100) });
const REPAIR = ':repairId(^[\\w-]+$)';
/** A plan that was shown longer ago may not fit the app any more. */
const CONFIRM_WITHIN_MS = 60 * 60_000;
const NOTE =
  'Nothing was changed yet. These are the exact changes to the Feishu app; confirm them with POST …:apply {"confirm": true}. ' +
  'Unverified on live tenants: where the platform refuses, the checklist has the link to do it by hand.';

/** "Repair for me": the changes are shown first, and made only after an admin's explicit word. */
export function registerRepairs(app: Routes, { store, client, now }: ApiPorts): void {
  app.post(
    '/v1/dockings/:id/repairs',
    { schema: { params: dockingParams, body: z.strictObject({}).nullish() } },
    async (request, reply) => {
      const { id } = request.params;
      const caller = authorize(request, 'administer', id);
      const docking = await store.dockings.require(id);
      const changes = repairPlan(docking, (await store.checklists.get(id))?.items ?? []);
      if (changes.length === 0) {
        throw new Problem(
          409,
          'Repair.NothingToMend',
          'The checklist names nothing that can be mended this way.',
          {
            nextStep: 'See GET …/checklist; run POST …/checklist:check first if the app was changed since.',
          },
        );
      }
      const createdAt = now();
      const repair: Repair = {
        id: `rp_${randomUUID().replaceAll('-', '').slice(0, 16)}`,
        dockingId: id,
        state: 'planned',
        changes,
        createdBy: caller.actor,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + CONFIRM_WITHIN_MS),
        confirmedBy: null,
      };
      await store.repairs.create(repair);
      return reply.code(201).send({ ...repair, note: NOTE });
    },
  );

  app.get(`/v1/dockings/:id/repairs/${REPAIR}`, { schema: { params: repairParams } }, async (request) => {
    authorize(request, 'read', request.params.id);
    return found(request.params);
  });

  app.post(
    `/v1/dockings/:id/repairs/${REPAIR}::apply`,
    { schema: { params: repairParams, body: z.strictObject({ confirm: z.literal(true) }) } },
    async (request, reply) => {
      const { id, repairId } = request.params;
      const caller = authorize(request, 'administer', id);
      const repair = await found(request.params);
      if (!(await store.repairs.confirm(repairId, caller.actor, now()))) {
        throw new Problem(
          409,
          'Repair.NotConfirmable',
          'It was confirmed before, or was shown over an hour ago.',
          {
            nextStep: 'Plan it again with POST …/repairs and look at the changes.',
          },
        );
      }
      await store.audit.append({
        dockingId: id,
        at: now(),
        actor: caller.actor,
        action: 'repair.confirmed',
        detail: { repairId, changes: repair.changes.map(({ id: change }) => change) },
        from: request.ip,
      });
      await client.startRepair({
        dockingId: id,
        repairId,
        changeIds: repair.changes.map(({ id: change }) => change),
        requestedBy: caller.actor,
      });
      return reply.code(202).send(await found(request.params));
    },
  );

  async function found({ id, repairId }: z.output<typeof repairParams>): Promise<Repair> {
    await store.dockings.require(id);
    const repair = await store.repairs.get(repairId);
    if (repair?.dockingId !== id) throw new Problem(404, 'Resource.NotFound', 'There is no such repair.');
    return repair;
  }
}
