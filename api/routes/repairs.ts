import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Localized } from '../../feishu';
import type { Repair } from '../../store';
import { authorize } from '../auth';
import type { ApiPorts } from '../ports';
import { refused } from '../problems';
import { answerIn, type Language } from '../language';
import { repairPlan } from '../repair-plan';
import { dockingParams, type Routes } from './route';

const repairParams = z.object({ id: z.string().min(1).max(100), repairId: z.string().min(1).max(100) });
const REPAIR = ':repairId(^[\\w-]+$)';
/** A plan that was shown longer ago may not fit the app any more. */
const CONFIRM_WITHIN_MS = 60 * 60_000;
const NOTE: Localized = {
  en:
    'Nothing was changed yet. These are the exact changes to the Feishu app; confirm them with POST …:apply {"confirm": true}. ' +
    'Unverified on live tenants: where the platform refuses, the checklist has the link to do it by hand.',
  zh:
    '尚未做任何修改。以上是对飞书应用的全部修改，请用 POST …:apply {"confirm": true} 确认。' +
    '尚未在真实企业中验证：如果平台拒绝，可通过检查清单中的链接手动处理。',
};

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
        throw refused('Repair.NothingToMend');
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
      const language = answerIn(request, reply);
      return reply.code(201).send({ ...repairShape(repair, language), note: NOTE[language] });
    },
  );

  app.get(
    `/v1/dockings/:id/repairs/${REPAIR}`,
    { schema: { params: repairParams } },
    async (request, reply) => {
      authorize(request, 'read', request.params.id);
      return repairShape(await found(request.params), answerIn(request, reply));
    },
  );

  app.post(
    `/v1/dockings/:id/repairs/${REPAIR}::apply`,
    { schema: { params: repairParams, body: z.strictObject({ confirm: z.literal(true) }) } },
    async (request, reply) => {
      const { id, repairId } = request.params;
      const caller = authorize(request, 'administer', id);
      const repair = await found(request.params);
      if (!(await store.repairs.confirm(repairId, caller.actor, now()))) {
        throw refused('Repair.NotConfirmable');
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
      return reply.code(202).send(repairShape(await found(request.params), answerIn(request, reply)));
    },
  );

  async function found({ id, repairId }: z.output<typeof repairParams>): Promise<Repair> {
    await store.dockings.require(id);
    const repair = await store.repairs.get(repairId);
    if (repair?.dockingId !== id) throw refused('Resource.NotFound', { what: 'repair' });
    return repair;
  }
}

const repairShape = (repair: Repair, language: Language): object => ({
  ...repair,
  changes: repair.changes.map(({ chineseReason, ...change }) => ({
    ...change,
    reason: (language === 'zh' && chineseReason) || change.reason,
  })),
});
