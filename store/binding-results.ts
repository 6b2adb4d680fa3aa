/** What a binding run found for each person. */
import { Schema, type Connection } from 'mongoose';
import { bulkUpsert, COLLECTION, collection, given } from './collection';
import type { BindingResult, BindOutcome } from './directory-records';
import { findPage, type Page, type PageQuery } from './pagination';

export interface BindingResults {
  /** Repeats safely: one result per run, employee and agent; a later one replaces it. */
  putMany(results: readonly BindingResult[]): Promise<void>;
  list(runId: string, query: PageQuery & { outcome?: BindOutcome }): Promise<Page<BindingResult>>;
  get(runId: string, employeeId: string | null, agentId: string | null): Promise<BindingResult | null>;
  remove(runId: string, employeeId: string | null, agentId: string | null): Promise<void>;
  counts(runId: string): Promise<Partial<Record<BindOutcome, number>>>;
  drop(runIds: readonly string[]): Promise<void>;
}

interface Stored extends BindingResult {
  /** Employee and agent; either may be missing. */
  subject: string;
}

const schema = new Schema<Stored>(
  { runId: String, subject: String, employeeId: String, agentId: String, outcome: String, reason: String },
  COLLECTION,
);
// putMany(), get(): {runId, subject} · list(), counts(), drop(): find({runId}).sort({subject: 1})
schema.index({ runId: 1, subject: 1 }, { unique: true });

export function createBindingResults(connection: Connection): BindingResults {
  const model = collection(connection, 'binding-results', schema);
  return {
    putMany: (results) =>
      bulkUpsert(
        model,
        results.map((result) => ({
          updateOne: {
            filter: { runId: result.runId, subject: subjectOf(result) },
            update: { $set: result },
            upsert: true,
          },
        })),
      ),
    list: (runId, { outcome, ...query }) =>
      findPage<Stored>(model, {
        filter: { runId, ...given({ outcome }) },
        keys: ['subject'],
        direction: 1,
        query,
        without: ['_id'],
      }).then((page) => ({ ...page, items: page.items.map(({ subject: _subject, ...result }) => result) })),
    get: (runId, employeeId, agentId) =>
      model
        .findOne({ runId, subject: subjectOf({ employeeId, agentId }) }, { _id: 0, subject: 0 })
        .lean<BindingResult>(),
    async remove(runId, employeeId, agentId) {
      await model.deleteOne({ runId, subject: subjectOf({ employeeId, agentId }) });
    },
    async counts(runId) {
      const counted = await model.aggregate<{ _id: BindOutcome; count: number }>([
        { $match: { runId } },
        { $group: { _id: '$outcome', count: { $sum: 1 } } },
      ]);
      return Object.fromEntries(counted.map(({ _id, count }) => [_id, count]));
    },
    async drop(runIds) {
      await model.deleteMany({ runId: { $in: [...runIds] } });
    },
  };
}

const subjectOf = ({ employeeId, agentId }: Pick<BindingResult, 'employeeId' | 'agentId'>): string =>
  JSON.stringify([employeeId, agentId]);
