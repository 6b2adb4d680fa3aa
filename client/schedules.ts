import { createHash } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import {
  credentialValidationId,
  driftScheduleId,
  nightlyDirectorySyncId,
  nightlySyncScheduleId,
  HANDOVER_SWEEP_ID,
  HANDOVER_SWEEP_SCHEDULE_ID,
  SEARCH_ATTRIBUTES,
  TASK_QUEUES,
  WORKFLOW_TYPES,
} from '../workflows/names';

/** Repeated work that nobody starts by hand. */
export interface DockingSchedules {
  /** One per installation: hands over events that a crash left behind. Default every 60 s. */
  ensureSweep(everySeconds?: number): Promise<void>;
  /** Repeats credential validation. Default daily, spread over an hour so that dockings do not run together. */
  ensureDrift(dockingId: string, everyHours?: number): Promise<void>;
  /** Mirrors the whole directory every night at half past two of `timeZone`, spread over an hour. */
  ensureNightlySync(dockingId: string, timeZone: string): Promise<void>;
  /** Nothing is mirrored at night any more, e.g. because the docking is disabled. */
  removeNightlySync(dockingId: string): Promise<void>;
  /** All schedules of the docking. */
  remove(dockingId: string): Promise<void>;
}

export function createDockingSchedules(temporal: Client): DockingSchedules {
  const ensure = async (create: () => Promise<unknown>): Promise<void> => {
    try {
      await create();
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    }
  };
  const removeOne = async (scheduleId: string): Promise<void> => {
    try {
      await temporal.schedule.getHandle(scheduleId).delete();
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    }
  };
  return {
    ensureSweep: (everySeconds = 60) =>
      ensure(() =>
        temporal.schedule.create({
          scheduleId: HANDOVER_SWEEP_SCHEDULE_ID,
          spec: { intervals: [{ every: everySeconds * 1000 }] },
          // A missed sweep needs no catching up: the next one finds the same records.
          policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
          action: {
            type: 'startWorkflow',
            workflowType: WORKFLOW_TYPES.handoverSweep,
            workflowId: HANDOVER_SWEEP_ID,
            taskQueue: TASK_QUEUES.docking,
          },
        }),
      ),
    ensureDrift: (dockingId, everyHours = 24) =>
      ensure(() =>
        temporal.schedule.create({
          scheduleId: driftScheduleId(dockingId),
          // Each docking has its own hour of the day; the jitter spreads those that share one.
          spec: {
            intervals: [{ every: everyHours * 3_600_000, offset: offsetOf(dockingId, everyHours) }],
            jitter: '1h',
          },
          policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1h' },
          action: {
            type: 'startWorkflow',
            workflowType: WORKFLOW_TYPES.credentialValidation,
            workflowId: credentialValidationId(dockingId),
            taskQueue: TASK_QUEUES.docking,
            typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.dockingId, value: dockingId }],
            args: [{ dockingId, reason: 'drift', requestedBy: 'schedule' }],
          },
        }),
      ),
    ensureNightlySync: (dockingId, timeZone) =>
      ensure(() =>
        temporal.schedule.create({
          scheduleId: nightlySyncScheduleId(dockingId),
          spec: { calendars: [{ hour: 2, minute: 30 }], timezone: timeZone, jitter: '1h' },
          policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '6h' },
          action: {
            type: 'startWorkflow',
            workflowType: WORKFLOW_TYPES.nightlyDirectorySync,
            workflowId: nightlyDirectorySyncId(dockingId),
            taskQueue: TASK_QUEUES.docking,
            typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.dockingId, value: dockingId }],
            args: [{ dockingId }],
          },
        }),
      ),
    removeNightlySync: (dockingId) => removeOne(nightlySyncScheduleId(dockingId)),
    async remove(dockingId) {
      await removeOne(driftScheduleId(dockingId));
      await removeOne(nightlySyncScheduleId(dockingId));
    },
  };
}

/** Milliseconds into the interval, always the same for a docking and spread evenly over all of them. */
function offsetOf(dockingId: string, everyHours: number): number {
  const place = createHash('sha256').update(dockingId).digest().readUInt32BE(0) / 2 ** 32;
  return Math.floor(place * everyHours * 3600) * 1000;
}
