/** State of rate limits that all processes share, changed by compare and set. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, findNative, insertOnce, native, UNTIL_THE_NEXT } from './collection';
import { readJson, writeJson } from './json';

export interface Limits {
  /** Version 0 and a state of null when nothing was ever kept. A state that nobody swapped for a day is forgotten. */
  load<State>(key: string): Promise<{ version: number; state: State | null }>;
  /** False when the version has moved: load again and decide again. `state` is plain JSON. */
  swap(key: string, expectedVersion: number, state: unknown): Promise<boolean>;
}

interface Stored {
  _id: string;
  version: number;
  /** JSON. */
  state: string;
  usedAt: Date;
}

/** Read and written by `_id` = key. */
const schema = new Schema<Stored>(
  { _id: { type: String, required: true }, version: Number, state: String, usedAt: Date },
  COLLECTION,
);
// clears what nobody uses any more: TTL, a day
schema.index({ usedAt: 1 }, { expireAfterSeconds: 86_400 });

export function createLimits(connection: Connection): Limits {
  const model = collection(connection, 'limits', schema);
  return {
    async load(key) {
      const [found] = await findNative<Stored>(model, { _id: key }, { _id: 0, version: 1, state: 1 });
      return found ? { version: found.version, state: readJson(found.state) } : { version: 0, state: null };
    },
    async swap(key, expectedVersion, state) {
      const next = { version: expectedVersion + 1, state: writeJson(state), usedAt: new Date() };
      if (expectedVersion === 0) return insertOnce(model, { _id: key, ...next }, UNTIL_THE_NEXT);
      const { matchedCount } = await native(model).updateOne(
        { _id: key, version: expectedVersion },
        { $set: next },
        UNTIL_THE_NEXT,
      );
      return matchedCount === 1;
    },
  };
}
