/** Access tokens that all processes share, sealed at rest. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, raceSafe } from './collection';
import type { Sealer } from './encryption';
import { SealBroken } from './errors';

export interface SealedTokens {
  /** `expiresAt` in Unix milliseconds; it may have passed. Null also when it was sealed by a key that is gone. */
  read(key: string): Promise<{ token: string; expiresAt: number } | null>;
  write(key: string, token: string, expiresAt: number): Promise<void>;
  remove(key: string): Promise<void>;
}

interface Stored {
  _id: string;
  sealed: string;
  expiresAt: Date;
}

/** Read and written by `_id` = key. */
const schema = new Schema<Stored>(
  { _id: { type: String, required: true }, sealed: String, expiresAt: Date },
  COLLECTION,
);
// clears tokens of dockings that are gone: TTL, an hour after they ended
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 3_600 });

export function createSealedTokens(connection: Connection, sealer: Sealer): SealedTokens {
  const model = collection(connection, 'sealed-tokens', schema);
  return {
    async read(key) {
      const found = await model.findOne({ _id: key }).lean<Stored>();
      if (!found) return null;
      try {
        return {
          token: sealer.open(found.sealed, { owner: key, field: 'token' }),
          expiresAt: found.expiresAt.getTime(),
        };
      } catch (error) {
        // A token is fetched anew at any time; only what cannot be fetched anew must fail loudly.
        if (error instanceof SealBroken) return null;
        throw error;
      }
    },
    async write(key, token, expiresAt) {
      const sealed = sealer.seal(token, { owner: key, field: 'token' });
      await raceSafe(() =>
        model.updateOne({ _id: key }, { $set: { sealed, expiresAt: new Date(expiresAt) } }, { upsert: true }),
      );
    },
    async remove(key) {
      await model.deleteOne({ _id: key });
    },
  };
}
