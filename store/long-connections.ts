/** How the long connections to Feishu are, as the process says that holds them. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, raceSafe } from './collection';

export interface LongConnectionRecord {
  dockingId: string;
  state: 'connecting' | 'connected' | 'waiting';
  since: Date;
  /** Why there is no connection; null while there is one, or nothing went wrong. */
  reason: string | null;
  nextTryAt: Date | null;
  /** When the last event or click came over it; null before the first of this holder. */
  lastEventAt: Date | null;
  /** Of the process. */
  heldBy: string;
  /** When the holder last said so; an old one means that the holder has died. */
  aliveAt: Date;
}

export interface LongConnections {
  put(record: LongConnectionRecord): Promise<void>;
  /** Those there are, in no order. */
  getMany(dockingIds: readonly string[]): Promise<LongConnectionRecord[]>;
  /** Forgets it, unless another process holds it by now. */
  drop(dockingId: string, heldBy: string): Promise<void>;
}

const schema = new Schema<LongConnectionRecord>(
  {
    dockingId: String,
    state: String,
    since: Date,
    reason: String,
    nextTryAt: Date,
    lastEventAt: Date,
    heldBy: String,
    aliveAt: Date,
  },
  COLLECTION,
);
// all functions: {dockingId}
schema.index({ dockingId: 1 }, { unique: true });
// clears what a dead process left of a docking that needs none any more: TTL, a week
schema.index({ aliveAt: 1 }, { expireAfterSeconds: 604_800 });

export function createLongConnections(connection: Connection): LongConnections {
  const model = collection(connection, 'long-connections', schema);
  return {
    async put({ dockingId, ...fields }) {
      await raceSafe(() => model.updateOne({ dockingId }, { $set: fields }, { upsert: true }));
    },
    getMany: (dockingIds) =>
      model.find({ dockingId: { $in: [...dockingIds] } }, { _id: 0 }).lean<LongConnectionRecord[]>(),
    async drop(dockingId, heldBy) {
      await model.deleteOne({ dockingId, heldBy });
    },
  };
}
