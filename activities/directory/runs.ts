import type { SyncCounts, SyncMode, SyncState } from '../../store';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';

const NOTHING: SyncCounts = {
  joined: 0,
  changed: 0,
  moved: 0,
  left: 0,
  returned: 0,
  unchanged: 0,
  parked: 0,
};

export interface OpenSyncRun {
  dockingId: string;
  runId: string;
  mode: SyncMode;
  startedBy: string;
}

/** Makes the record of a run; a repeated call leaves it as it is. */
export function openSyncRun(ports: ActivityPorts, run: OpenSyncRun): Promise<void> {
  const { dockingId, runId, mode, startedBy } = run;
  return withFailures(() =>
    ports.store.syncRuns.create({
      runId,
      dockingId,
      mode,
      state: 'running',
      progress: {
        departments: 0,
        employees: 0,
        percent: 0,
        etaSeconds: null,
        ratePerMinute: null,
        current: null,
      },
      counts: NOTHING,
      calls: 0,
      callsByApi: [],
      reason: null,
      startedBy,
      startedAt: ports.now(),
      finishedAt: null,
    }),
  );
}

export function noteSyncState(
  ports: ActivityPorts,
  run: { dockingId: string; runId: string; state: SyncState; reason: string | null; by: string },
): Promise<void> {
  const { dockingId, runId, state, reason, by } = run;
  return withFailures(async () => {
    await ports.store.syncRuns.patch(runId, { state, reason });
    await ports.store.audit.append({
      from: null,
      dockingId,
      actor: by,
      action: `directory.${state}`,
      detail: { runId, reason },
    });
  });
}

/** Ends the record of a run with its counts. What was pulled is forgotten; the change set stays for whoever asks. */
export function closeSyncRun(
  ports: ActivityPorts,
  run: { dockingId: string; runId: string; state: SyncState; reason: string | null; by: string },
): Promise<{ counts: SyncCounts; calls: number }> {
  const { dockingId, runId, state, reason, by } = run;
  const { audit, syncDepartments, syncRuns, syncStaging } = ports.store;
  return withFailures(async () => {
    const before = await syncRuns.get(runId);
    if (!before) {
      // It failed before it was opened: there is nothing to close.
      return { counts: NOTHING, calls: 0 };
    }
    const { counts, calls, progress } = before;
    await syncRuns.patch(runId, {
      state,
      reason,
      finishedAt: ports.now(),
      progress: {
        ...progress,
        etaSeconds: null,
        ratePerMinute: null,
        current: null,
        ...(state === 'applied' ? { percent: 100 } : {}),
      },
    });
    await audit.append({
      from: null,
      dockingId,
      actor: by,
      action: `directory.${state}`,
      detail: { runId, reason, calls, counts },
    });
    await syncStaging.drop(runId);
    await syncDepartments.drop(runId);
    return { counts, calls };
  });
}
