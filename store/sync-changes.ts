/** The change set of a sync run: what is shown is what is applied. */
import { Schema, type Connection } from 'mongoose';
import { bulkUpsert, COLLECTION, collection, given } from './collection';
import type { ChangeKind, SyncChange } from './directory-records';
import { findPage, type Page, type PageQuery } from './pagination';
import type { ParkedRecord, ParkedRecords } from './parked-records';

export interface SyncChanges {
  /** Repeats safely: one change per run and employee. */
  putMany(changes: readonly SyncChange[]): Promise<void>;
  /** By employee id. */
  list(query: PageQuery & { runId: string; kind?: ChangeKind }): Promise<Page<SyncChange>>;
  stream(runId: string, kind?: ChangeKind): AsyncIterable<SyncChange>;
  counts(runId: string): Promise<Partial<Record<ChangeKind, number>>>;
  /** Records that the run could not take. Repeats safely. */
  putParked(records: readonly ParkedRecord[]): Promise<void>;
  listParked(query: PageQuery & { runId: string }): Promise<Page<ParkedRecord>>;
  countParked(runId: string): Promise<number>;
  /** Forgets changes and parked records. */
  drop(...runIds: string[]): Promise<void>;
}

const schema = new Schema<SyncChange>(
  { runId: String, employeeId: String, kind: String, fields: [Schema.Types.Mixed] },
  COLLECTION,
);
// putMany(): {runId, employeeId} · list(), stream(): find({runId}).sort({employeeId: 1}) · drop(): {runId}
schema.index({ runId: 1, employeeId: 1 }, { unique: true });
// list({kind}), stream(kind): find({runId, kind}).sort({employeeId: 1}) · counts(): {runId} grouped by kind
schema.index({ runId: 1, kind: 1, employeeId: 1 });

export function createSyncChanges(connection: Connection, parked: ParkedRecords): SyncChanges {
  const model = collection(connection, 'sync-changes', schema);
  return {
    putMany: (changes) =>
      bulkUpsert(
        model,
        changes.map(({ runId, employeeId, kind, fields }) => ({
          updateOne: { filter: { runId, employeeId }, update: { $set: { kind, fields } }, upsert: true },
        })),
      ),
    list: ({ runId, kind, ...query }) =>
      findPage<SyncChange>(model, {
        filter: { runId, ...given({ kind }) },
        keys: ['employeeId'],
        direction: 1,
        query,
        without: ['_id'],
      }),
    async *stream(runId, kind) {
      yield* model
        .find({ runId, ...given({ kind }) }, { _id: 0 })
        .sort({ employeeId: 1 })
        .lean<SyncChange[]>()
        .cursor({ batchSize: 500 });
    },
    async counts(runId) {
      const counted = await model.aggregate<{ _id: ChangeKind; count: number }>([
        { $match: { runId } },
        { $group: { _id: '$kind', count: { $sum: 1 } } },
      ]);
      return Object.fromEntries(counted.map(({ _id, count }) => [_id, count]));
    },
    putParked: (records) => parked.put(records),
    listParked: (query) => parked.list(query),
    countParked: (runId) => parked.count(runId),
    async drop(...runIds) {
      await model.deleteMany({ runId: { $in: runIds } });
      await parked.drop(runIds);
    },
  };
}
