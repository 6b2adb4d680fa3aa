import { z } from 'zod';
import type { BindResult } from '../../store';
import { authorize } from '../auth';
import { bindMany, readBindingList, type WantedBinding } from '../bind-many';
import { createSubjectFinder, mustKnow } from '../binding-subjects';
import { everyBinding, listBindings, viewsOf, withNames } from '../binding-views';
import { csvRow } from '../csv';
import type { ApiPorts } from '../ports';
import { badRequest, type Problem, refused } from '../problems';
import { exportCells, EXPORT_COLUMNS } from '../shapes';
import { region } from './binding-runs';
import { auditing } from './auditing';
import { dockingParams, given, pageQuery, type Routes } from './route';

const ids = { employeeId: z.string().min(1).max(200), agentId: z.string().min(1).max(200) };
/** Replaces the binding of either side knowingly, in one step. Default false: a second binding is refused. */
const replace = z.boolean().default(false);
const newBinding = z.strictObject({ ...ids, replace });
/** Rows of one batch. */
const BATCH_LIMIT = 1_000;
const batch = z.strictObject({
  /** Chosen people, or `text`: a pasted list or CSV of employee and agent, each an id, a mailbox or a mobile. */
  bindings: z.array(z.strictObject(ids)).min(1).max(BATCH_LIMIT).optional(),
  text: z.string().max(1_000_000).optional(),
  replace,
  /** Says what would be bound and writes nothing. */
  dryRun: z.boolean().default(false),
  /** Country of numbers that are written without one. Default CN. */
  region: region.default('CN'),
});
const listQuery = pageQuery.extend({
  q: z.string().max(200).optional(),
  state: z.enum(['active', 'suspended']).optional(),
  method: z.enum(['manual', 'created', 'automatic', 'self']).optional(),
  department: z.string().max(200).optional(),
  deliverable: z.stringbool().optional(),
});
const BINDING = ':bindingId(^[\\w-]+$)';
const bindingParams = z.object({ id: z.string().min(1).max(100), bindingId: z.string().min(1).max(100) });

export function registerBindings(app: Routes, ports: ApiPorts): void {
  const { store, client } = ports;
  const audit = auditing(ports);
  const progressed = (dockingId: string, id: string) =>
    client.nudgeOnboarding(dockingId, { eventId: `binding:${id}`, type: 'agent-bound' });
  const mine = async (dockingId: string, bindingId: string) => {
    const binding = await store.bindings.get(bindingId);
    if (binding?.dockingId === dockingId) return binding;
    throw refused('Resource.NotFound', { what: 'binding' });
  };
  const shapeOf = async (dockingId: string, bindingId: string): Promise<object> => {
    const [view] = await viewsOf(store, dockingId, [await mine(dockingId, bindingId)]);
    return view?.shape ?? {};
  };

  app.get(
    '/v1/dockings/:id/bindings',
    { schema: { params: dockingParams, querystring: listQuery } },
    async (request) => {
      const { id } = request.params;
      authorize(request, 'read', id);
      await store.dockings.require(id);
      const page = await listBindings(store, id, given(request.query));
      return { items: page.items.map(({ shape }) => shape), nextCursor: page.nextCursor };
    },
  );

  /** The whole list as a spreadsheet; the same filters. */
  app.get(
    '/v1/dockings/:id/bindings::export',
    { schema: { params: dockingParams, querystring: listQuery.omit({ cursor: true, limit: true }) } },
    async (request, reply) => {
      const { id } = request.params;
      authorize(request, 'read', id);
      await store.dockings.require(id);
      let text = `\uFEFF${csvRow(EXPORT_COLUMNS)}`;
      for await (const { shape } of everyBinding(store, id, given(request.query)))
        text += csvRow(exportCells(shape));
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="bindings-${id}.csv"`)
        .send(text);
    },
  );

  /** Bindings that have ended, latest first. */
  app.get(
    '/v1/dockings/:id/bindings/history',
    {
      schema: {
        params: dockingParams,
        querystring: pageQuery.extend({
          employeeId: z.string().max(200).optional(),
          agentId: z.string().max(200).optional(),
        }),
      },
    },
    async (request) => {
      const { id } = request.params;
      authorize(request, 'read', id);
      await store.dockings.require(id);
      const page = await store.bindingHistory.list(id, given(request.query));
      const items = await withNames(store, id, page.items);
      return {
        items: items.map(({ dockingId: _dockingId, ...ended }) => ended),
        nextCursor: page.nextCursor,
      };
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
      await mustKnow(ports, id, { employeeId, agentId }, caller);
      const bound = await store.bindings.bind({
        dockingId: id,
        employeeId,
        agentId,
        method: 'manual',
        createdBy: caller.actor,
        replace,
      });
      if (!bound.ok) throw alreadyBound(bound);
      await audit(
        caller,
        id,
        'binding.created',
        { bindingId: bound.binding.id, employeeId, agentId },
        request.ip,
      );
      await progressed(id, bound.binding.id);
      return reply.code(201).send(await shapeOf(id, bound.binding.id));
    },
  );

  app.post(
    '/v1/dockings/:id/bindings::batch',
    { schema: { params: dockingParams, body: batch } },
    async (request) => {
      const { id } = request.params;
      const caller = authorize(request, 'administer', id);
      await store.dockings.require(id);
      const { replace, dryRun, region } = request.body;
      const wanted = wantedOf(request.body);
      const finder = await createSubjectFinder(ports, id, caller, region);
      const rows = await bindMany(store, finder, wanted, {
        dockingId: id,
        replace,
        dryRun,
        by: caller.actor,
      });
      const outcomes: Record<string, number> = {};
      for (const { outcome } of rows) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (!dryRun) {
        await audit(caller, id, 'binding.batch', { rows: rows.length, replace, outcomes }, request.ip);
        const first = rows.find(({ outcome }) => outcome === 'bound');
        if (first?.bindingId) await progressed(id, first.bindingId);
      }
      return { dryRun, outcomes, results: rows };
    },
  );

  /** The same employee, another agent: in one step, and without a moment in between. */
  app.post(
    `/v1/dockings/:id/bindings/${BINDING}::rebind`,
    { schema: { params: bindingParams, body: z.strictObject({ agentId: ids.agentId, replace }) } },
    async (request) => {
      const { id, bindingId } = request.params;
      const caller = authorize(request, 'administer', id);
      const { employeeId } = await mine(id, bindingId);
      const { agentId, replace } = request.body;
      await mustKnow(ports, id, { employeeId, agentId }, caller);
      const [held] = await store.bindings.byAgent(id, [agentId]);
      if (held && held.employeeId !== employeeId && !replace) {
        throw alreadyBound({ ok: false, conflict: 'agent', existing: held });
      }
      const wish = { dockingId: id, employeeId, agentId, method: 'manual', createdBy: caller.actor } as const;
      const bound = await store.bindings.bind({ ...wish, replace: true });
      if (!bound.ok) throw alreadyBound(bound);
      await audit(
        caller,
        id,
        'binding.rebound',
        { bindingId: bound.binding.id, before: bindingId },
        request.ip,
      );
      return shapeOf(id, bound.binding.id);
    },
  );

  /** A suspended binding carries messages again, e.g. of somebody who came back to the company. */
  app.post(
    `/v1/dockings/:id/bindings/${BINDING}::resume`,
    { schema: { params: bindingParams } },
    async (request) => {
      const { id, bindingId } = request.params;
      const caller = authorize(request, 'administer', id);
      const { employeeId } = await mine(id, bindingId);
      if ((await store.employees.get(id, employeeId))?.state === 'left') {
        throw refused('Binding.WrongState', { left: true });
      }
      await store.bindings.resume(id, employeeId);
      await audit(caller, id, 'binding.resumed', { bindingId }, request.ip);
      return shapeOf(id, bindingId);
    },
  );

  app.delete(
    '/v1/dockings/:id/bindings/:bindingId',
    { schema: { params: bindingParams } },
    async (request, reply) => {
      const { id, bindingId } = request.params;
      const caller = authorize(request, 'administer', id);
      await mine(id, bindingId);
      await store.bindings.unbind(bindingId, caller.actor);
      await audit(caller, id, 'binding.removed', { bindingId }, request.ip);
      return reply.code(204).send();
    },
  );
}

function wantedOf(body: z.output<typeof batch>): WantedBinding[] {
  if ((body.bindings === undefined) === (body.text === undefined)) {
    throw badRequest([
      {
        field: 'bindings',
        message: { en: 'either bindings or text must be given', zh: 'bindings 与 text 须且只能提供一个' },
      },
    ]);
  }
  if (body.bindings) {
    return body.bindings.map(({ employeeId, agentId }, index) => ({
      line: index + 1,
      employee: employeeId,
      agent: agentId,
    }));
  }
  const rows = readBindingList(body.text ?? '');
  if (rows.length === 0 || rows.length > BATCH_LIMIT) {
    throw badRequest([
      {
        field: 'text',
        message: {
          en: `must be a list of 1 to ${BATCH_LIMIT} rows`,
          zh: `必须是 1 到 ${BATCH_LIMIT} 行的列表`,
        },
      },
    ]);
  }
  return rows;
}

function alreadyBound({ conflict, existing }: BindResult & { ok: false }): Problem {
  const { id, employeeId, agentId } = existing;
  return refused(
    'Binding.AlreadyBound',
    { conflict, meanwhile: false },
    { members: { existing: { id, employeeId, agentId } } },
  );
}
