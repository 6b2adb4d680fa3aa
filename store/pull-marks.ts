/** How far the ticket system of each docking was read for changes that no push told. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, raceSafe } from './collection';

export interface PullMark {
  /** Everything before it was read; UTC, RFC 3339, as the adapter gave it. */
  since: string;
  pulledAt: Date;
}

export interface PullMarks {
  /** Null when nothing was ever read. */
  get(dockingId: string): Promise<PullMark | null>;
  put(dockingId: string, mark: PullMark): Promise<void>;
}

interface Stored extends PullMark {
  dockingId: string;
}

const schema = new Schema<Stored>({ dockingId: String, since: String, pulledAt: Date }, COLLECTION);
// get(), put(): {dockingId}
schema.index({ dockingId: 1 }, { unique: true });

export function createPullMarks(connection: Connection): PullMarks {
  const model = collection(connection, 'pull-marks', schema);
  return {
    get: (dockingId) => model.findOne({ dockingId }, { _id: 0, dockingId: 0 }).lean<PullMark>(),
    async put(dockingId, mark) {
      await raceSafe(() => model.updateOne({ dockingId }, { $set: mark }, { upsert: true }));
    },
  };
}
