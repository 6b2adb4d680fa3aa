import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Binding, BindingRun } from '../../store';
import { authorize, type Caller } from '../auth';
import type { ApiPorts } from '../ports';
import { badRequest, Problem } from '../problems';
import { bindingShape } from '../shapes';
import { dockingParams, given, pageQuery, type Routes } from './route';

const newBinding = z.strictObject({
  employeeId: z.string().min(1).max(200),
  agentId: z.string().min(1).max(200),
  /** Replaces the binding of either side knowingly, in one step. Default false: a second binding is refused. */
  replace: z.boolean().default(false),
});
const auto = z.strictObject({
  by: z
    .array(z.enum(['mobile', 'email']))
    .min(1)
    .max(2)
    .default(['mobile', 'email']),
  dryRun: z.boolean().default(false),
});
const createAgent = z.strictObject({
  employeeId: z.string().min(1).max(200),
  template: z.strictObject({
    role: z.union([z.string(), z.number()]).transform(String),
    groupIds: z.array(z.string()).max(100).default([]),
  }),
});
const bindingParams = z.object({ id: z.string().min(1).max(100), bindingId: z.string().min(1).max(100) });
const runParams = z.object({ id: z.string().min(1).max(100), runId: z.string().min(1).max(100) });

export function registerBindings(app: Routes, { store, client, now }: ApiPorts): void {
  const shaped = async (dockingId: string, bindings: Binding[]) => {
    const [employees, agents] = await Promise.all([
      store.employees.getMany(
        dockingId,
        bindings.map((binding) => binding.employeeId),
      ),
      store.agents.getMany(
        dockingId,
        bindings.map((binding) => binding.agentId),
      ),
    ]);
    const employeeOf = new Map(employees.map((employee) => [employee.employeeId, employee]));
    const agentOf = new Map(agents.map((agent) => [agent.agentId, agent]));
    return bindings.map((binding) =>
      bindingShape(binding, employeeOf.get(binding.employeeId), agentOf.get(binding.agentId)),
    );
  };
  const audit = (
    caller: Caller,
    dockingId: string,
    action: string,
    detail: Record<string, unknown>,
    from: string,
  ) => store.audit.append({ dockingId, at: now(), actor: caller.actor, action, detail, from });
  const progressed = (dockingId: string, id: string) =>
    client.nudgeOnboarding(dockingId, { eventId: `binding:${id}`, type: 'agent-bound' });

  app.get(
    '/v1/dockings/:id/bindings',
    {
      schema: {
        params: dockingParams,
        querystring: pageQuery.extend({
          q: z.string().max(200).optional(),
          state: z.enum(['active', 'suspended']).optional(),
          method: z.enum(['manual', 'created', 'automatic', 'self']).optional(),
        }),
      },
    },
    async (request) => {
      const { id } = request.params;
      authorize(request, 'read', id);
      await store.dockings.require(id);
      const page = await store.bindings.list(id, given(request.query));
      return { items: await shaped(id, page.items), nextCursor: page.nextCursor };
    },
  );

  app.post(
    '/v1/dockings/:id/bindings',
    { schema: { params: dockingParams, body: newBinding } },
    async (request, reply) => {
      const { id } = request.params;
      const caller = authorize(request, 'administer', id);
      await store.dockings.require(id);
      const { employeeId, agentId, replace } = request.body;
      await mustKnow(id, employeeId, agentId, caller);
      const bound = await store.bindings.bind({
        dockingId: id,
        employeeId,
        agentId,
        method: 'manual',
        createdBy: caller.actor,
        replace,
      });
      if (!bound.ok) {
        throw new Problem(409, 'Binding.AlreadyBound', `The ${bound.conflict} is already bound.`, {
          existing: {
            id: bound.existing.id,
            employeeId: bound.existing.employeeId,
            agentId: bound.existing.agentId,
          },
          nextStep: 'Unbind it first, or send "replace": true to replace it knowingly.',
        });
      }
      await audit(
        caller,
        id,
        'binding.created',
        { bindingId: bound.binding.id, employeeId, agentId },
        request.ip,
      );
      await progressed(id, bound.binding.id);
      const [shape] = await shaped(id, [bound.binding]);
      return reply.code(201).send(shape);
    },
  );

  app.post(
    '/v1/dockings/:id/bindings::auto',
    { schema: { params: dockingParams, body: auto.nullish() } },
    async (request, reply) => {
      const { id } = request.params;
      const caller = authorize(request, 'administer', id);
      await store.dockings.require(id);
      const runId = `bind_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
      const { by, dryRun } = request.body ?? { by: ['mobile' as const, 'email' as const], dryRun: false };
      await client.startBinding({ kind: 'auto', dockingId: id, runId, by, dryRun, startedBy: caller.actor });
      await store.bindingRuns.create(begun(id, runId, 'auto', dryRun, caller));
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
        throw badRequest([{ field: 'employeeId', message: 'is not in the mirrored directory' }]);
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

  app.get(
    '/v1/dockings/:id/bindings/runs/:runId',
    {
      schema: {
        params: runParams,
        querystring: pageQuery.extend({ limit: z.coerce.number().int().min(1).max(5000).default(5000) }),
      },
    },
    async (request) => {
      const { id, runId } = request.params;
      authorize(request, 'read', id);
      const run = await store.bindingRuns.get(runId);
      if (!run || run.dockingId !== id) throw new Problem(404, 'Resource.NotFound', 'There is no such run.');
      const page = await store.bindingResults.list(runId, given(request.query));
      const { dockingId: _dockingId, ...shape } = run;
      return { ...shape, results: page.items, nextCursor: page.nextCursor };
    },
  );

  app.delete(
    '/v1/dockings/:id/bindings/:bindingId',
    { schema: { params: bindingParams } },
    async (request, reply) => {
      const { id, bindingId } = request.params;
      const caller = authorize(request, 'administer', id);
      const binding = await store.bindings.get(bindingId);
      if (!binding || binding.dockingId !== id)
        throw new Problem(404, 'Resource.NotFound', 'There is no such binding.');
      await store.bindings.unbind(bindingId, caller.actor);
      await audit(caller, id, 'binding.removed', { bindingId }, request.ip);
      return reply.code(204).send();
    },
  );

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

  async function mustKnow(
    dockingId: string,
    employeeId: string,
    agentId: string,
    caller: Caller,
  ): Promise<void> {
    const employee = await store.employees.get(dockingId, employeeId);
    if (!employee) {
      throw badRequest([
        { field: 'employeeId', message: 'is not in the mirrored directory; run a directory sync first' },
      ]);
    }
    if (employee.state === 'left')
      throw badRequest([{ field: 'employeeId', message: 'has left the company' }]);
    if ((await store.agents.get(dockingId, agentId)) !== null) return;
    await client.refreshAgents(dockingId, caller.actor);
    if ((await store.agents.get(dockingId, agentId)) === null) {
      throw badRequest([{ field: 'agentId', message: 'is not an agent of the ticket system' }]);
    }
  }
}
