import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { AlreadyRunning } from '../../client';
import { authorize } from '../auth';
import type { ApiPorts } from '../ports';
import { refused } from '../problems';
import { employeeShape, syncRunShape } from '../shapes';
import { companyZone } from '../../intake';
import { named } from '../named-changes';
import { dockingParams, given, pageQuery, type Routes } from './route';

const runParams = z.object({ id: z.string().min(1).max(100), runId: z.string().min(1).max(100) });
const RUN = ':runId(^[\\w-]+$)';
const CLOSING_MS = 5_000;
const CLOSING_POLL_MS = 100;
const newSync = z.strictObject({ mode: z.enum(['preview', 'apply']).default('preview') });

export function registerDirectory(app: Routes, { store, client, schedules, now }: ApiPorts): void {
  const run = async (dockingId: string, runId: string) => {
    const found = await store.syncRuns.get(runId);
    if (!found || found.dockingId !== dockingId) {
      throw refused('Resource.NotFound', { what: 'sync-run' });
    }
    return found;
  };

  /** A run is told as finished a moment before its workflow is: whoever saw the end may start the next one at once. */
  async function startWhenFree(input: Parameters<typeof client.startSync>[0]): Promise<void> {
    const deadline = Date.now() + CLOSING_MS;
    for (;;) {
      try {
        return await client.startSync(input);
      } catch (error) {
        const latest = await store.syncRuns.latest(input.dockingId);
        const isClosing = latest !== null && latest.finishedAt !== null;
        if (!(error instanceof AlreadyRunning) || !isClosing || Date.now() > deadline) throw error;
        await pause(CLOSING_POLL_MS);
      }
    }
  }

  app.post(
    '/v1/dockings/:id/directory/syncs',
    { schema: { params: dockingParams, body: newSync.nullish() } },
    async (request, reply) => {
      const { id } = request.params;
      const caller = authorize(request, 'operate', id);
      const docking = await store.dockings.require(id);
      if (docking.state === 'disabled') throw refused('Docking.Disabled', { reader: 'admin' });
      const mode = request.body?.mode ?? 'preview';
      const runId = `sync_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
      await startWhenFree({ dockingId: id, runId, mode, startedBy: caller.actor });
      // From the first one on, the mirror is kept up by itself.
      await schedules.ensureNightlySync(id, companyZone(docking));
      // The workflow writes the same record first thing; whoever asks for the run at once must find it.
      await store.syncRuns.open({ runId, dockingId: id, mode, startedBy: caller.actor, startedAt: now() });
      await store.audit.append({
        dockingId: id,
        at: now(),
        actor: caller.actor,
        action: 'directory.sync-started',
        detail: { runId, mode },
        from: request.ip,
      });
      return reply.code(202).send({ runId, mode, state: 'running' });
    },
  );

  app.get(
    '/v1/dockings/:id/directory/syncs',
    { schema: { params: dockingParams, querystring: pageQuery } },
    async (request) => {
      authorize(request, 'read', request.params.id);
      await store.dockings.require(request.params.id);
      const page = await store.syncRuns.list(request.params.id, given(request.query));
      return { items: page.items.map(syncRunShape), nextCursor: page.nextCursor };
    },
  );
  app.get(`/v1/dockings/:id/directory/syncs/${RUN}`, { schema: { params: runParams } }, async (request) => {
    const { id, runId } = request.params;
    authorize(request, 'read', id);
    return syncRunShape(await run(id, runId));
  });
  app.get(
    `/v1/dockings/:id/directory/syncs/${RUN}/changes`,
    {
      schema: {
        params: runParams,
        querystring: pageQuery.extend({
          kind: z.enum(['joined', 'changed', 'moved', 'left', 'returned']).optional(),
        }),
      },
    },
    async (request) => {
      const { id, runId } = request.params;
      authorize(request, 'read', id);
      await run(id, runId);
      const page = await store.syncChanges.list({ runId, ...given(request.query) });
      return { ...(await named(store, { dockingId: id, runId }, page.items)), nextCursor: page.nextCursor };
    },
  );

  app.get(
    `/v1/dockings/:id/directory/syncs/${RUN}/parked`,
    { schema: { params: runParams, querystring: pageQuery } },
    async (request) => {
      const { id, runId } = request.params;
      authorize(request, 'read', id);
      await run(id, runId);
      return store.syncChanges.listParked({ runId, ...given(request.query) });
    },
  );

  const decide = (verb: 'apply' | 'discard' | 'pause' | 'resume' | 'cancel') =>
    app.post(
      `/v1/dockings/:id/directory/syncs/${RUN}::${verb}`,
      { schema: { params: runParams } },
      async (request) => {
        const { id, runId } = request.params;
        const caller = authorize(request, 'operate', id);
        if ((await run(id, runId)).finishedAt !== null) {
          throw refused('Run.NotRunning', { dockingId: id });
        }
        if (verb === 'apply') await client.applyChangeSet(id, runId, caller.actor);
        else if (verb === 'discard') await client.discardChangeSet(id, runId, caller.actor);
        else if (verb === 'pause') await client.pauseSync(id, caller.actor);
        else if (verb === 'resume') await client.resumeSync(id, caller.actor);
        else await client.cancelSync(id);
        await store.audit.append({
          dockingId: id,
          at: now(),
          actor: caller.actor,
          action: `directory.sync-${verb}`,
          detail: { runId },
          from: request.ip,
        });
        return syncRunShape(await run(id, runId));
      },
    );
  for (const verb of ['apply', 'discard', 'pause', 'resume', 'cancel'] as const) decide(verb);

  app.get(
    '/v1/dockings/:id/departments',
    { schema: { params: dockingParams, querystring: pageQuery } },
    async (request) => {
      authorize(request, 'read', request.params.id);
      await store.dockings.require(request.params.id);
      return store.departments.list(request.params.id, given(request.query));
    },
  );
  app.get(
    '/v1/dockings/:id/employees',
    {
      schema: {
        params: dockingParams,
        querystring: pageQuery.extend({
          q: z.string().max(200).optional(),
          department: z.string().max(200).optional(),
          state: z.enum(['active', 'not-activated', 'frozen', 'left', 'unknown']).optional(),
        }),
      },
    },
    async (request) => {
      authorize(request, 'read', request.params.id);
      await store.dockings.require(request.params.id);
      const page = await store.employees.search(request.params.id, given(request.query));
      return { items: page.items.map(employeeShape), nextCursor: page.nextCursor };
    },
  );
}
