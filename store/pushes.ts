/** Pushes of the ticket system in its own format, kept raw before they are answered. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, insertOnce, toRecord } from './collection';
import type { PushRecord } from './notification-records';

export interface Pushes {
  /** Durable when it resolves. Repeats safely by id. */
  put(push: PushRecord): Promise<void>;
  get(id: string): Promise<PushRecord | null>;
  /** The oldest that are only stored and due. Gives the same ones again until they are settled or set aside. */
  next(dockingId: string, limit: number, now: Date): Promise<PushRecord[]>;
  setAside(id: string, attempt: { tries: number; nextTryAt: Date | null }): Promise<void>;
  /** False when it was settled before. */
  settle(id: string, result: { state: 'done' | 'refused'; reason?: string | null }): Promise<boolean>;
}

interface Stored extends Omit<PushRecord, 'id'> {
  _id: string;
}

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    dockingId: String,
    body: String,
    receivedAt: Date,
    state: String,
    reason: String,
    kind: String,
    tries: Number,
    nextTryAt: Date,
  },
  COLLECTION,
);
// next(): find({dockingId, state: 'stored', …}).sort({receivedAt: 1})
schema.index({ dockingId: 1, state: 1, receivedAt: 1 });

export function createPushes(connection: Connection): Pushes {
  const model = collection(connection, 'pushes', schema);
  return {
    async put({ id, ...push }) {
      await insertOnce(model, { _id: id, ...push });
    },
    async get(id) {
      const found = await model.findOne({ _id: id }).lean<Stored>();
      return found && toRecord(found);
    },
    async next(dockingId, limit, now) {
      const found = await model
        .find({ dockingId, state: 'stored', $or: [{ nextTryAt: null }, { nextTryAt: { $lte: now } }] })
        .sort({ receivedAt: 1 })
        .limit(limit)
        .lean<Stored[]>();
      return found.map(toRecord);
    },
    async setAside(id, attempt) {
      await model.updateOne({ _id: id, state: 'stored' }, { $set: attempt });
    },
    async settle(id, { state, reason = null }) {
      const { matchedCount } = await model.updateOne(
        { _id: id, state: 'stored' },
        { $set: { state, reason } },
      );
      return matchedCount === 1;
    },
  };
}
