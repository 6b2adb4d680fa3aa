/** Runs of the directory sync. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, given, insertOnce } from './collection';
import type { SyncRun } from './directory-records';
import { NotFound } from './errors';
import { findPage, type Page, type PageQuery } from './pagination';

export interface SyncRuns {
  /** Repeats safely: a run that exists stays as it is. */
  create(run: SyncRun): Promise<void>;
  get(runId: string): Promise<SyncRun | null>;
  latest(dockingId: string): Promise<SyncRun | null>;
  /** Latest first. */
  list(dockingId: string, query: PageQuery): Promise<Page<SyncRun>>;
  /** Fails with `NotFound`. */
  patch(runId: string, fields: Partial<Omit<SyncRun, 'runId' | 'dockingId'>>): Promise<void>;
  /** Adds platform calls that the run has made; several activities count at once. */
  addCalls(runId: string, calls: number): Promise<void>;
}

const schema = new Schema<SyncRun>(
  {
    runId: String,
    dockingId: String,
    mode: String,
    state: String,
    progress: Schema.Types.Mixed,
    counts: Schema.Types.Mixed,
    calls: Number,
    reason: String,
    startedBy: String,
    startedAt: Date,
    finishedAt: Date,
  },
  COLLECTION,
);
// get(), patch(): {runId}
schema.index({ runId: 1 }, { unique: true });
// list(), latest(): find({dockingId}).sort({startedAt: -1, runId: -1})
schema.index({ dockingId: 1, startedAt: -1, runId: -1 });

export function createSyncRuns(connection: Connection): SyncRuns {
  const model = collection(connection, 'sync-runs', schema);
  return {
    async create(run) {
      await insertOnce(model, { ...run });
    },
    get: (runId) => model.findOne({ runId }, { _id: 0 }).lean<SyncRun>(),
    latest: (dockingId) =>
      model.findOne({ dockingId }, { _id: 0 }).sort({ startedAt: -1, runId: -1 }).lean<SyncRun>(),
    list: (dockingId, query) =>
      findPage(model, {
        filter: { dockingId },
        keys: ['startedAt', 'runId'],
        direction: -1,
        query,
        without: ['_id'],
      }),
    async patch(runId, fields) {
      const { matchedCount } = await model.updateOne({ runId }, { $set: given(fields) });
      if (matchedCount === 0) throw new NotFound('sync run', runId);
    },
    async addCalls(runId, calls) {
      await model.updateOne({ runId }, { $inc: { calls } });
    },
  };
}
