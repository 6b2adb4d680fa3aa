/** Effects of the directory sync: pulling, comparing, applying, and the record of each run. */
import type { ActivityPorts } from '../ports';
import { applyChanges, type ApplyInput } from './apply';
import { refreshAvailability } from './availability';
import { compareDirectory } from './compare';
import { confirmMissing } from './confirm-missing';
import { pullSingleEmployees, readContactRange } from './contact-range';
import { listDepartments } from './list-departments';
import { pullEmployees, type PullInput } from './pull-employees';
import { readDirectoryChanges, type ChangedSubjects } from './read-changes';
import { closeSyncRun, noteSyncState, openSyncRun, type OpenSyncRun } from './runs';

interface Run {
  dockingId: string;
  runId: string;
}

// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the inferred type is the contract that workflows import
export function createDirectoryActivities(ports: ActivityPorts) {
  return {
    openSyncRun: (run: OpenSyncRun) => openSyncRun(ports, run),
    noteSyncState: (run: Parameters<typeof noteSyncState>[1]) => noteSyncState(ports, run),
    closeSyncRun: (run: Parameters<typeof closeSyncRun>[1]) => closeSyncRun(ports, run),
    readContactRange: (run: Run) => readContactRange(ports, run),
    listDepartments: (input: Run & { handedOut: number }) => listDepartments(ports, input),
    pullEmployees: (input: PullInput) => pullEmployees(ports, input),
    pullSingleEmployees: (run: Run) => pullSingleEmployees(ports, run),
    confirmMissing: (run: Run) => confirmMissing(ports, run),
    compareDirectory: (run: Run) => compareDirectory(ports, run),
    applyChanges: (input: ApplyInput) => applyChanges(ports, input),
    readDirectoryChanges: (changed: ChangedSubjects) => readDirectoryChanges(ports, changed),
    refreshAvailability: (input: { dockingId: string; runId?: string | null }) =>
      refreshAvailability(ports, input),
  };
}
