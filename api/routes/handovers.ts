import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { StepDecision } from '../../client';
import type { Docking, Handover, OnboardingStep } from '../../store';
import { handoverPage } from '../handover-page';
import { itemShape, type ItemShape } from '../item-shape';
import { answerIn, type Language } from '../language';
import { proofIds, stepShape } from '../onboarding-shape';
import type { ApiPorts } from '../ports';
import { refused } from '../problems';
import { missingPermissions } from '../missing-permissions';
import type { Routes } from './route';

const params = z.object({ token: z.string().min(20).max(100) });
const TOKEN = ':token(^[A-Za-z0-9_-]+$)';
type Told = FastifyRequest<{ Params: z.output<typeof params> }>;
const words = z.string().trim().max(1000);

/** What a link shows: one step, whose it is, what proves it, where to do it. Nothing else of the docking. */
export interface HandedStep {
  docking: Pick<Docking, 'name' | 'brand' | 'appId' | 'tenantName'>;
  step: OnboardingStep & { title: string };
  to: string;
  expiresAt: Date;
  items: ItemShape[];
  permissions: ReturnType<typeof missingPermissions>;
}

/**
 * For somebody without an account: the token in the address is the whole right, and it opens one step. A browser gets a
 * page, a program JSON.
 */
export function registerHandovers(app: Routes, ports: ApiPorts): void {
  const { store, client, now } = ports;

  app.register(async (scope) => {
    // A browser's form is read here, and nowhere else.
    scope.removeContentTypeParser('application/x-www-form-urlencoded');
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    // The address is the right: it must not travel on as a referrer, nor stay in a cache.
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store');
    });

    const routes = scope as unknown as Routes;
    routes.get(`/v1/handovers/${TOKEN}`, { schema: { params, security: [] } }, async (request, reply) => {
      const language = answerIn(request, reply);
      const handed = await show(await open(request.params.token), language);
      if (!request.headers.accept?.includes('text/html')) return handed;
      return reply
        .type('text/html; charset=utf-8')
        .header(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
        )
        .send(handoverPage(handed, `/v1/handovers/${request.params.token}`, language));
    });
    routes.post(
      `/v1/handovers/${TOKEN}::check`,
      { schema: { params, security: [] } },
      async (request, reply) => {
        const handover = await open(request.params.token);
        await client.recheck(handover.dockingId, `handover:${handover.id}`);
        return back(request, reply, handover);
      },
    );
    routes.post(
      `/v1/handovers/${TOKEN}::approve`,
      { schema: { params, body: z.object({ comment: words.optional() }).nullish(), security: [] } },
      async (request, reply) => {
        const handover = await open(request.params.token);
        const decision = await decisionOf(handover, request.ip);
        const comment = request.body?.comment;
        await client.approveStep(handover.dockingId, { ...decision, ...(comment ? { comment } : {}) });
        return back(request, reply, handover);
      },
    );
    routes.post(
      `/v1/handovers/${TOKEN}::reject`,
      { schema: { params, body: z.object({ reason: words.min(1) }), security: [] } },
      async (request, reply) => {
        const handover = await open(request.params.token);
        const decision = await decisionOf(handover, request.ip);
        await client.rejectStep(handover.dockingId, { ...decision, reason: request.body.reason });
        return back(request, reply, handover);
      },
    );
  });

  async function open(token: string): Promise<Handover> {
    const handover = await store.handovers.findByToken(token, now());
    if (!handover) {
      throw refused('Handover.NotFound', { gone: 'link' });
    }
    return handover;
  }

  async function stepOf(handover: Handover): Promise<OnboardingStep> {
    const onboarding = await store.onboardings.get(handover.dockingId);
    const step = onboarding?.steps.find((candidate) => candidate.step === handover.step);
    if (!step) throw refused('Handover.NotFound', { gone: 'step' });
    return step;
  }

  /** They decide as the step's owner: that is what was handed over, and nothing more. */
  async function decisionOf(handover: Handover, from: string): Promise<StepDecision> {
    const { owner } = await stepOf(handover);
    return { step: handover.step, by: `handover:${handover.id}`, role: owner, from };
  }

  async function show(handover: Handover, language: Language): Promise<HandedStep> {
    const [step, docking, checklist] = await Promise.all([
      stepOf(handover),
      store.dockings.require(handover.dockingId),
      store.checklists.get(handover.dockingId),
    ]);
    const all = checklist?.items ?? [];
    const ids = proofIds(step.proof, all);
    const items = all.filter((item) => ids.includes(item.id));
    const { name, brand, appId, tenantName } = docking;
    return {
      docking: { name, brand, appId, ...(tenantName === undefined ? {} : { tenantName }) },
      step: stepShape(step, all, [handover], language) as HandedStep['step'],
      to: handover.to,
      expiresAt: handover.expiresAt,
      items: items.map((item) => itemShape(item, language)),
      permissions: missingPermissions(docking, items),
    };
  }

  async function back(request: Told, reply: FastifyReply, handover: Handover): Promise<unknown> {
    const page = `/v1/handovers/${request.params.token}`;
    if (request.headers.accept?.includes('text/html')) return reply.redirect(page, 303);
    return show(handover, answerIn(request, reply));
  }
}
