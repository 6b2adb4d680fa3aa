import type { Logger } from 'pino';
import { createActivities } from '../activities';
import type { DockingClient } from '../client';
import type { Store } from '../store';
import { createPorts } from './ports';
import type { Temporal } from './temporal';
import { createWorkflowWorker } from './workers';

/** Runs that a process works on itself beside the workers. */
export interface OwnRuns {
  /** Settles when they end: rejects when that was not asked for. */
  ended: Promise<void>;
  /** What is under way gets 20 s. Never fails: `ended` tells. */
  close(): Promise<void>;
}

/**
 * Whoever takes in an event and shares its connection with these begins the ticket's run at once, instead of waiting until a worker has
 * asked for it (decision 0022). Platform calls that take patience, and all that is not a run, stay with the workers.
 */
export async function startOwnRuns(
  temporal: Temporal,
  { store, client, log }: { store: Store; client: DockingClient; log: Logger },
  settings: { publicUrl: string; cachedWorkflows: number; tasksAtOnce: number },
): Promise<OwnRuns> {
  const ports = createPorts(store, client, log, settings.publicUrl);
  const worker = await createWorkflowWorker(temporal, createActivities(ports), settings);
  const ended = worker.run();
  return {
    ended,
    async close() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled([ended]);
      await ports.close();
    },
  };
}
