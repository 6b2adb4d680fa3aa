/** How far a sync has pulled each department: a restarted run goes on with the next page. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, raceSafe } from './collection';

/** `departmentId` = whose pages are read; the key may name any list that is read page by page. */
export interface PullCursor {
  departmentId: string;
  /** Token of the next page; null before the first and after the last. */
  pageToken: string | null;
  done: boolean;
}

export interface SyncCursors {
  get(runId: string, departmentId: string): Promise<PullCursor | null>;
  set(runId: string, cursor: PullCursor): Promise<void>;
  list(runId: string): Promise<PullCursor[]>;
  drop(runId: string): Promise<void>;
}

interface Stored extends PullCursor {
  runId: string;
}

const schema = new Schema<Stored>(
  { runId: String, departmentId: String, pageToken: String, done: Boolean },
  COLLECTION,
);
// get(), set(): {runId, departmentId} · list(), drop(): {runId}
schema.index({ runId: 1, departmentId: 1 }, { unique: true });

const RECORD = { _id: 0, runId: 0 };

export function createSyncCursors(connection: Connection): SyncCursors {
  const model = collection(connection, 'sync-cursors', schema);
  return {
    get: (runId, departmentId) => model.findOne({ runId, departmentId }, RECORD).lean<PullCursor>(),
    async set(runId, { departmentId, pageToken, done }) {
      await raceSafe(() =>
        model.updateOne({ runId, departmentId }, { $set: { pageToken, done } }, { upsert: true }),
      );
    },
    list: (runId) => model.find({ runId }, RECORD).lean<PullCursor[]>(),
    async drop(runId) {
      await model.deleteMany({ runId });
    },
  };
}
