import { z } from 'zod';
import { authorize } from '../auth';
import type { ApiPorts } from '../ports';
import { forecastUsage } from '../usage-forecast';
import { dockingParams, given, pageQuery, type Routes } from './route';

/** Latest sync runs whose calls are told one by one. */
const SHOWN_RUNS = 20;

/** Who did what, and what it cost in platform calls. */
export function registerAudit(app: Routes, { store, now }: ApiPorts): void {
  app.get(
    '/v1/dockings/:id/audit',
    { schema: { params: dockingParams, querystring: pageQuery } },
    async (request) => {
      authorize(request, 'read', request.params.id);
      const page = await store.audit.list({ dockingId: request.params.id, ...given(request.query) });
      // The trail outlives its docking: only where there is none does it matter that there is no docking either.
      if (page.items.length === 0) await store.dockings.require(request.params.id);
      return page;
    },
  );

  app.get(
    '/v1/dockings/:id/usage',
    {
      schema: {
        params: dockingParams,
        querystring: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
      },
    },
    async (request) => {
      authorize(request, 'read', request.params.id);
      const docking = await store.dockings.require(request.params.id);
      const to = request.query.to ?? now().toISOString().slice(0, 10);
      const from = request.query.from ?? `${to.slice(0, 7)}-01`;
      const { days, months } = await store.usage.read(docking.id, {
        from: new Date(from),
        to: new Date(`${to}T23:59:59.999Z`),
      });
      const { months: month } = await store.usage.read(docking.id, { from: now(), to: now() });
      const [runs, lastSync, employees, departments] = await Promise.all([
        store.syncRuns.list(docking.id, { limit: SHOWN_RUNS }),
        store.syncRuns.latest(docking.id, 'applied'),
        store.employees.countPresent(docking.id),
        store.departments.ids(docking.id),
      ]);
      return {
        days,
        months,
        runs: runs.items.map(({ runId, mode, state, startedAt, finishedAt, calls, callsByApi }) => ({
          runId,
          mode,
          state,
          startedAt,
          finishedAt,
          calls,
          callsByApi,
        })),
        ...forecastUsage({
          now: now(),
          month,
          lastSync,
          mirror: { employees, departments: departments.length },
          quota: docking.monthlyCallQuota,
        }),
      };
    },
  );
}
