import { NO_SYNC_COUNTS, type SyncCounts, type SyncMode, type SyncState } from '../../store';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';

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
    ports.store.syncRuns.open({ dockingId, runId, mode, startedBy, startedAt: ports.now() }),
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
      return { counts: NO_SYNC_COUNTS, calls: 0 };
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
