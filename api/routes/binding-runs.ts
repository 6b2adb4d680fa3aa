import { randomUUID } from 'node:crypto';
import { getCountries } from 'libphonenumber-js';
import { z } from 'zod';
import type { BindingRun, Page, BindingResult, Region } from '../../store';
import { authorize, type Caller } from '../auth';
import { nextStepOf } from '../binding-next-steps';
import { withNames } from '../binding-views';
import { said } from '../plain-faults';
import type { ApiPorts } from '../ports';
import { badRequest, refused } from '../problems';
import { auditing } from './auditing';
import { dockingParams, given, pageQuery, type Routes } from './route';

const COUNTRIES = new Set<string>(getCountries());
/** Two letters of ISO 3166, such as CN or SG. */
export const region = z
  .string()
  .refine(
    (code): code is Region => COUNTRIES.has(code),
    said({ en: 'must be a country code such as CN', zh: '必须是国家或地区代码，如 CN' }),
  )
  .transform((code) => code);
const auto = z.strictObject({
  by: z
    .array(z.enum(['mobile', 'email']))
    .min(1)
    .max(2)
    .default(['mobile', 'email']),
  dryRun: z.boolean().default(false),
  /** Country of the agents' numbers that are written without one. Default CN. */
  region: region.default('CN'),
});
const createAgent = z.strictObject({
  employeeId: z.string().min(1).max(200),
  template: z.strictObject({
    role: z.union([z.string(), z.number()]).transform(String),
    groupIds: z.array(z.string()).max(100).default([]),
  }),
});
/** People of one run: whoever needs more, starts several. */
const invite = z.strictObject({ employeeIds: z.array(z.string().min(1).max(200)).min(1).max(500) });
const RUN = ':runId(^[\\w-]+$)';
const runParams = z.object({ id: z.string().min(1).max(100), runId: z.string().min(1).max(100) });
const outcome = z.enum([
  'bound',
  'already-bound',
  'no-match',
  'several-matches',
  'cross-match',
  'unreachable',
  'invited',
  'created-unbound',
]);

/** Runs that bind by themselves: started, watched, paused, and their report read. */
export function registerBindingRuns(app: Routes, ports: ApiPorts): void {
  const { store, client, now } = ports;
  const audit = auditing(ports);
  const mine = async (dockingId: string, runId: string) => {
    const run = await store.bindingRuns.get(runId);
    if (run?.dockingId === dockingId) return run;
    throw refused('Resource.NotFound', { what: 'run' });
  };

  app.post(
    '/v1/dockings/:id/bindings::auto',
    { schema: { params: dockingParams, body: auto.nullish() } },
    async (request, reply) => {
      const { id } = request.params;
      const caller = authorize(request, 'administer', id);
      await store.dockings.require(id);
      const runId = `bind_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
      const { by, dryRun, region } = request.body ?? auto.parse({});
      await client.startBinding({
        kind: 'auto',
        dockingId: id,
        runId,
        by,
        dryRun,
        region,
        startedBy: caller.actor,
      });
      await store.bindingRuns.create({
        ...begun(id, runId, 'auto', dryRun, caller),
        matching: { by, region },
      });
      await audit(caller, id, 'binding.auto-started', { runId, by, dryRun }, request.ip);
      return reply.code(202).send({ runId });
    },
  );

  app.post(
    '/v1/dockings/:id/bindings::createAgent',
    { schema: { params: dockingParams, body: createAgent } },
    async (request, reply) => {
      const { id } = request.params;
      const caller = authorize(request, 'administer', id);
      await store.dockings.require(id);
      const { employeeId, template } = request.body;
      if (!(await store.employees.get(id, employeeId))) {
        throw badRequest([
          {
            field: 'employeeId',
            message: { en: 'is not in the mirrored directory', zh: '不在已同步的通讯录中' },
          },
        ]);
      }
      const runId = `bind_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
      await client.startBinding({
        kind: 'create-agent',
        dockingId: id,
        runId,
        employeeId,
        template,
        startedBy: caller.actor,
      });
      await store.bindingRuns.create(begun(id, runId, 'create-agent', false, caller));
      await audit(caller, id, 'binding.create-agent-started', { runId, employeeId }, request.ip);
      return reply.code(202).send({ runId });
    },
  );

  /** Sends people who are not bound a card with the way to bind themselves. */
  app.post(
    '/v1/dockings/:id/bindings::invite',
    { schema: { params: dockingParams, body: invite } },
    async (request, reply) => {
      const { id } = request.params;
      const caller = authorize(request, 'administer', id);
      const docking = await store.dockings.require(id);
      if (docking.state === 'disabled') throw refused('Docking.Disabled', { reader: 'admin' });
      const employeeIds = [...new Set(request.body.employeeIds)];
      const runId = `bind_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
      await client.startBinding({
        kind: 'invite',
        dockingId: id,
        runId,
        employeeIds,
        startedBy: caller.actor,
      });
      await store.bindingRuns.create(begun(id, runId, 'invite', false, caller));
      await audit(
        caller,
        id,
        'binding.invitations-started',
        { runId, people: employeeIds.length },
        request.ip,
      );
      return reply.code(202).send({ runId });
    },
  );

  app.get(
    '/v1/dockings/:id/bindings/runs',
    { schema: { params: dockingParams, querystring: pageQuery } },
    async (request) => {
      const { id } = request.params;
      authorize(request, 'read', id);
      await store.dockings.require(id);
      const page = await store.bindingRuns.list(id, given(request.query));
      return {
        items: page.items.map(({ dockingId: _dockingId, ...run }) => run),
        nextCursor: page.nextCursor,
      };
    },
  );

  /** The report: one result per person, by default the whole of it. */
  app.get(
    `/v1/dockings/:id/bindings/runs/${RUN}`,
    {
      schema: {
        params: runParams,
        querystring: pageQuery.extend({
          limit: z.coerce.number().int().min(1).max(20_000).default(20_000),
          outcome: outcome.optional(),
        }),
      },
    },
    async (request) => {
      const { id, runId } = request.params;
      authorize(request, 'read', id);
      const { dockingId: _dockingId, ...run } = await mine(id, runId);
      const page = await results(runId, given(request.query));
      return {
        ...run,
        outcomes: await store.bindingResults.counts(runId),
        results: await named(id, page.items),
        nextCursor: page.nextCursor,
      };
    },
  );

  for (const verb of ['pause', 'resume', 'cancel'] as const) {
    app.post(
      `/v1/dockings/:id/bindings/runs/${RUN}::${verb}`,
      { schema: { params: runParams } },
      async (request) => {
        const { id, runId } = request.params;
        const caller = authorize(request, 'administer', id);
        await mine(id, runId);
        if (verb === 'pause') await client.pauseBinding(id, runId, caller.actor);
        else if (verb === 'resume') await client.resumeBinding(id, runId, caller.actor);
        else await client.cancelBinding(id, runId);
        await audit(caller, id, `binding-run.${verb}`, { runId }, request.ip);
        const { dockingId: _dockingId, ...run } = await mine(id, runId);
        return run;
      },
    );
  }

  /** More than the database gives at once: the report of a whole run is one answer. */
  async function results(
    runId: string,
    {
      limit,
      cursor = null,
      outcome,
    }: { limit: number; cursor?: string | null; outcome?: BindingResult['outcome'] },
  ): Promise<Page<BindingResult>> {
    const items: BindingResult[] = [];
    for (let next = cursor; ;) {
      const page = await store.bindingResults.list(runId, {
        cursor: next,
        limit: Math.min(200, limit - items.length),
        ...given({ outcome }),
      });
      items.push(...page.items);
      next = page.nextCursor;
      if (next === null || items.length >= limit) return { items, nextCursor: next };
    }
  }

  async function named(dockingId: string, found: readonly BindingResult[]): Promise<object[]> {
    const results = await withNames(store, dockingId, found);
    return results.map(({ runId: _runId, ...result }) => ({ ...result, nextStep: nextStepOf(result) }));
  }

  /** The workflow writes the same record first thing; whoever asks for the run at once must find it. */
  function begun(
    dockingId: string,
    runId: string,
    kind: BindingRun['kind'],
    dryRun: boolean,
    caller: Caller,
  ): BindingRun {
    return {
      runId,
      dockingId,
      kind,
      dryRun,
      state: 'running',
      progress: { done: 0, total: 0 },
      reason: null,
      startedBy: caller.actor,
      startedAt: now(),
      finishedAt: null,
    };
  }
}
