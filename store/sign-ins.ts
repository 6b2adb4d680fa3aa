/** Sign-ins of employees that are under way. Each step works once and for a few minutes. */
import { randomBytes } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, insertOnce } from './collection';
import { readJson, writeJson } from './json';

export interface SignIns {
  /** Keeps what the next step needs, and gives the unguessable key that opens it. */
  begin(dockingId: string, step: string, content: unknown, ms: number): Promise<string>;
  /** Null when there is no such step, it is too late, or somebody took it before. */
  take<Content>(dockingId: string, step: string, key: string): Promise<Content | null>;
}

interface Stored {
  _id: string;
  dockingId: string;
  step: string;
  /** JSON. */
  content: string;
  expiresAt: Date;
}

/** Read and written by `_id` = key. */
const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    dockingId: String,
    step: String,
    content: String,
    expiresAt: Date,
  },
  COLLECTION,
);
// clears what nobody went on with: TTL
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
// removal of a docking: deleteMany({dockingId})
schema.index({ dockingId: 1 });

export function createSignIns(connection: Connection): SignIns {
  const model = collection(connection, 'sign-ins', schema);
  return {
    async begin(dockingId, step, content, ms) {
      const key = randomBytes(24).toString('base64url');
      const expiresAt = new Date(Date.now() + ms);
      await insertOnce(model, { _id: key, dockingId, step, content: writeJson(content), expiresAt });
      return key;
    },
    async take(dockingId, step, key) {
      const found = await model.findOneAndDelete({ _id: key, dockingId, step }).lean<Stored>();
      return found && found.expiresAt.getTime() > Date.now() ? readJson(found.content) : null;
    },
  };
}
