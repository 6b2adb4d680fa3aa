/** What a sync could not take, with the reason; one bad record never stops a run. */
import { Schema, type Connection } from 'mongoose';
import { bulkUpsert, COLLECTION, collection } from './collection';
import { findPage, type Page, type PageQuery } from './pagination';

export interface ParkedRecord {
  runId: string;
  kind: 'department' | 'employee';
  /** Id of the record, or a stand-in such as its page where it has none. */
  recordId: string;
  reason: string;
}

export interface ParkedRecords {
  put(records: readonly ParkedRecord[]): Promise<void>;
  list(query: PageQuery & { runId: string }): Promise<Page<ParkedRecord>>;
  count(runId: string): Promise<number>;
  drop(runIds: readonly string[]): Promise<void>;
}

const schema = new Schema<ParkedRecord>(
  { runId: String, kind: String, recordId: String, reason: String },
  COLLECTION,
);
// put(): {runId, kind, recordId} · list(), count(), drop(): find({runId}).sort({kind: 1, recordId: 1})
schema.index({ runId: 1, kind: 1, recordId: 1 }, { unique: true });

export function createParkedRecords(connection: Connection): ParkedRecords {
  const model = collection(connection, 'parked-records', schema);
  return {
    put: (records) =>
      bulkUpsert(
        model,
        records.map(({ runId, kind, recordId, reason }) => ({
          updateOne: { filter: { runId, kind, recordId }, update: { $set: { reason } }, upsert: true },
        })),
      ),
    list: ({ runId, ...query }) =>
      findPage(model, {
        filter: { runId },
        keys: ['kind', 'recordId'],
        direction: 1,
        query,
        without: ['_id'],
      }),
    count: (runId) => model.countDocuments({ runId }),
    async drop(runIds) {
      await model.deleteMany({ runId: { $in: [...runIds] } });
    },
  };
}
