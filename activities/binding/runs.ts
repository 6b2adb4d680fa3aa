import type { BindingRun } from '../../store';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';

export interface OpenBindingRun {
  dockingId: string;
  runId: string;
  kind: BindingRun['kind'];
  dryRun: boolean;
  matching?: NonNullable<BindingRun['matching']>;
  /** Known before it begins; 0 = not known yet. */
  total: number;
  startedBy: string;
}

/** Makes the record of a run; a repeated call leaves it as it is. */
export function openBindingRun(ports: ActivityPorts, { total, ...run }: OpenBindingRun): Promise<void> {
  return withFailures(() =>
    ports.store.bindingRuns.create({
      ...run,
      state: 'running',
      progress: { done: 0, total },
      reason: null,
      startedAt: ports.now(),
      finishedAt: null,
    }),
  );
}

export function noteBindingRun(
  ports: ActivityPorts,
  {
    dockingId,
    runId,
    state,
    by,
  }: { dockingId: string; runId: string; state: 'running' | 'paused'; by: string },
): Promise<void> {
  return withFailures(async () => {
    await ports.store.bindingRuns.patch(runId, { state });
    await ports.store.audit.append({
      from: null,
      dockingId,
      actor: by,
      action: `binding-run.${state === 'paused' ? 'paused' : 'resumed'}`,
      detail: { runId },
    });
  });
}

/** The report stays in the results; the audit trail says who had it made. */
export function closeBindingRun(
  ports: ActivityPorts,
  run: {
    dockingId: string;
    runId: string;
    state: 'done' | 'failed';
    reason: string | null;
    by: string;
    outcomes: Record<string, number>;
  },
): Promise<void> {
  const { dockingId, runId, state, reason, by, outcomes } = run;
  return withFailures(async () => {
    await ports.store.bindingRuns.patch(runId, { state, reason, finishedAt: ports.now() });
    await ports.store.audit.append({
      from: null,
      dockingId,
      actor: by,
      action: `binding-run.${state}`,
      detail: { runId, outcomes },
    });
  });
}
