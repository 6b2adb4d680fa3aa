import { z } from 'zod';
import type { StepDecision } from '../../client';
import { authorize, type Caller } from '../auth';
import type { ApiPorts } from '../ports';
import { Problem } from '../problems';
import { onboardingShape } from '../shapes';
import { dockingParams, given, type Routes } from './route';

const stepParams = z.object({ id: z.string().min(1).max(100), step: z.string().min(1).max(50) });
const comment = z.string().max(1000).optional();
const STEP = ':step(^[a-z-]+$)';

/** Human decisions; the running review judges them, so that the API, the client and the Temporal UI agree. */
export function registerOnboarding(app: Routes, { store, client }: ApiPorts): void {
  const decision = (caller: Caller, step: string, words?: string): StepDecision => ({
    step,
    by: caller.actor,
    role: 'admin',
    ...given({ comment: words }),
  });

  app.get('/v1/dockings/:id/onboarding', { schema: { params: dockingParams } }, async (request) => {
    authorize(request, 'read', request.params.id);
    const docking = await store.dockings.require(request.params.id);
    const onboarding = await store.onboardings.get(docking.id);
    if (onboarding) return onboardingShape(onboarding);
    return { dockingId: docking.id, state: docking.state, updatedAt: docking.updatedAt, steps: [] };
  });

  app.post(
    `/v1/dockings/:id/onboarding/${STEP}::approve`,
    { schema: { params: stepParams, body: z.strictObject({ comment }).nullish() } },
    async (request) => {
      const { id, step } = request.params;
      const caller = authorize(request, 'administer', id);
      await mustExist(id);
      return client.approveStep(id, decision(caller, step, request.body?.comment));
    },
  );
  app.post(
    `/v1/dockings/:id/onboarding/${STEP}::reject`,
    { schema: { params: stepParams, body: z.strictObject({ reason: z.string().trim().min(1).max(1000) }) } },
    async (request) => {
      const { id, step } = request.params;
      const caller = authorize(request, 'administer', id);
      await mustExist(id);
      return client.rejectStep(id, { ...decision(caller, step), reason: request.body.reason });
    },
  );
  app.post(
    `/v1/dockings/:id/onboarding/${STEP}::handover`,
    { schema: { params: stepParams, body: z.strictObject({ to: z.string().trim().min(1).max(200) }) } },
    async (request) => {
      const { id, step } = request.params;
      const caller = authorize(request, 'administer', id);
      await mustExist(id);
      return client.handOver(id, { ...decision(caller, step), to: request.body.to });
    },
  );
  app.post(
    `/v1/dockings/:id/onboarding/${STEP}::reopen`,
    { schema: { params: stepParams, body: z.strictObject({ comment }).nullish() } },
    async (request) => {
      const { id, step } = request.params;
      const caller = authorize(request, 'administer', id);
      await mustExist(id);
      await client.startOnboarding(id);
      return client.reopenStep(id, decision(caller, step, request.body?.comment));
    },
  );

  async function mustExist(dockingId: string): Promise<void> {
    const docking = await store.dockings.require(dockingId);
    if (docking.state === 'disabled') {
      throw new Problem(409, 'Docking.Disabled', 'The docking is disabled.', {
        nextStep: 'Enable it first.',
      });
    }
  }
}
