/** Runs that bind many employees, or create one agent. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, given, insertOnce } from './collection';
import type { BindingRun } from './directory-records';
import { NotFound } from './errors';
import { findPage, type Page, type PageQuery } from './pagination';

export interface BindingRuns {
  /** Repeats safely: a run that exists stays as it is. */
  create(run: BindingRun): Promise<void>;
  get(runId: string): Promise<BindingRun | null>;
  /** Fails with `NotFound`. */
  patch(runId: string, fields: Partial<Omit<BindingRun, 'runId' | 'dockingId'>>): Promise<void>;
  /** Latest first. */
  list(dockingId: string, query: PageQuery): Promise<Page<BindingRun>>;
}

const schema = new Schema<BindingRun>(
  {
    runId: String,
    dockingId: String,
    kind: String,
    dryRun: Boolean,
    matching: Schema.Types.Mixed,
    state: String,
    progress: Schema.Types.Mixed,
    reason: String,
    startedBy: String,
    startedAt: Date,
    finishedAt: Date,
  },
  COLLECTION,
);
// get(), patch(): {runId}
schema.index({ runId: 1 }, { unique: true });
// list(): find({dockingId}).sort({startedAt: -1, runId: -1})
schema.index({ dockingId: 1, startedAt: -1, runId: -1 });

export function createBindingRuns(connection: Connection): BindingRuns {
  const model = collection(connection, 'binding-runs', schema);
  return {
    async create(run) {
      await insertOnce(model, { ...run });
    },
    get: (runId) => model.findOne({ runId }, { _id: 0 }).lean<BindingRun>(),
    async patch(runId, fields) {
      const { matchedCount } = await model.updateOne({ runId }, { $set: given(fields) });
      if (matchedCount === 0) throw new NotFound('binding run', runId);
    },
    list: (dockingId, query) =>
      findPage(model, {
        filter: { dockingId },
        keys: ['startedAt', 'runId'],
        direction: -1,
        query,
        without: ['_id'],
      }),
  };
}
