import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { StepDecision } from '../../client';
import { authorize } from '../auth';
import { carriedFrom, onboardingShape } from '../onboarding-shape';
import { answerIn } from '../language';
import type { ApiPorts } from '../ports';
import { refused } from '../problems';
import { dockingParams, given, type Routes } from './route';

const stepParams = z.object({ id: z.string().min(1).max(100), step: z.string().min(1).max(50) });
const comment = z.string().max(1000).optional();
const STEP = ':step(^[a-z-]+$)';
const HANDOVER_DAYS = 30;

/** Human decisions; the running review judges them, so that the API, the client and the Temporal UI agree. */
export function registerOnboarding(app: Routes, { store, client, settings, now }: ApiPorts): void {
  const decision = (actor: string, from: string, step: string, words?: string): StepDecision => ({
    step,
    by: actor,
    role: 'admin',
    from,
    ...given({ comment: words }),
  });

  app.get('/v1/dockings/:id/onboarding', { schema: { params: dockingParams } }, async (request, reply) => {
    authorize(request, 'read', request.params.id);
    const docking = await store.dockings.require(request.params.id);
    const [onboarding, checklist, handovers] = await Promise.all([
      store.onboardings.get(docking.id),
      store.checklists.get(docking.id),
      store.handovers.list(docking.id, now()),
    ]);
    if (onboarding) return onboardingShape(onboarding, checklist, handovers, answerIn(request, reply));
    return { dockingId: docking.id, state: docking.state, updatedAt: docking.updatedAt, steps: [] };
  });

  app.post(
    `/v1/dockings/:id/onboarding/${STEP}::approve`,
    { schema: { params: stepParams, body: z.strictObject({ comment }).nullish() } },
    async (request) => {
      const { id, step } = request.params;
      const caller = authorize(request, 'administer', id);
      await mustBeEnabled(id);
      return client.approveStep(id, decision(caller.actor, request.ip, step, request.body?.comment));
    },
  );
  app.post(
    `/v1/dockings/:id/onboarding/${STEP}::reject`,
    { schema: { params: stepParams, body: z.strictObject({ reason: z.string().trim().min(1).max(1000) }) } },
    async (request) => {
      const { id, step } = request.params;
      const caller = authorize(request, 'administer', id);
      await mustBeEnabled(id);
      const { reason } = request.body;
      return client.rejectStep(id, { ...decision(caller.actor, request.ip, step), reason });
    },
  );

  /** Answers with a link that shows just this step, to whoever has it, for 30 days. An earlier link stops working. */
  app.post(
    `/v1/dockings/:id/onboarding/${STEP}::handover`,
    { schema: { params: stepParams, body: z.strictObject({ to: z.string().trim().min(1).max(200) }) } },
    async (request) => {
      const { id, step } = request.params;
      const caller = authorize(request, 'administer', id);
      await mustBeEnabled(id);
      const { to } = request.body;
      // To whom can be a name or a mailbox, so the review is told the id of the hand-over only.
      const handoverId = `ho_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
      const handed = await client.handOver(id, {
        ...decision(caller.actor, request.ip, step),
        to: handoverId,
      });
      const createdAt = now();
      const expiresAt = new Date(createdAt.getTime() + HANDOVER_DAYS * 86_400_000);
      const handover = {
        id: handoverId,
        dockingId: id,
        step,
        to,
        createdBy: caller.actor,
        createdAt,
        expiresAt,
      };
      const { token } = await store.handovers.create(handover);
      return {
        ...handed,
        handedOverTo: to,
        handoverId,
        link: `${settings.publicUrl}/v1/handovers/${token}`,
        linkExpiresAt: expiresAt,
      };
    },
  );

  /** Also where no review runs any more: it goes on where the last one ended. */
  app.post(
    `/v1/dockings/:id/onboarding/${STEP}::reopen`,
    { schema: { params: stepParams, body: z.strictObject({ comment }).nullish() } },
    async (request) => {
      const { id, step } = request.params;
      const caller = authorize(request, 'administer', id);
      await mustBeEnabled(id);
      const onboarding = await store.onboardings.get(id);
      await client.startOnboarding(id, onboarding ? carriedFrom(onboarding) : undefined);
      return client.reopenStep(id, decision(caller.actor, request.ip, step, request.body?.comment));
    },
  );

  async function mustBeEnabled(dockingId: string): Promise<void> {
    const docking = await store.dockings.require(dockingId);
    if (docking.state === 'disabled') {
      throw refused('Docking.Disabled', { reader: 'admin' });
    }
  }
}
