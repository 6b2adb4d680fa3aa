/** Things that only one process may do at a time, for a limited time. */
import { randomUUID } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection } from './collection';
import { isDuplicateKey } from './errors';

export interface Leases {
  /**
   * Exclusive for at most `ms`; null while anybody holds it, the same owner included. Call the result to give it back
   * early; it never takes away what somebody else has acquired since.
   */
  acquire(name: string, ms: number, owner: string): Promise<(() => Promise<void>) | null>;
  /** From now on another `ms`. False when the owner does not hold it any more: stop what it protects. */
  renew(name: string, ms: number, owner: string): Promise<boolean>;
}

interface Stored {
  _id: string;
  owner: string;
  /** Of this one acquisition. */
  ticket: string;
  expiresAt: Date;
}

/** Read and written by `_id` = name. */
const schema = new Schema<Stored>(
  { _id: { type: String, required: true }, owner: String, ticket: String, expiresAt: Date },
  COLLECTION,
);
// clears what nobody gave back: TTL, a day after it ended
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 86_400 });

export function createLeases(connection: Connection): Leases {
  const model = collection(connection, 'leases', schema);
  const inMs = (ms: number): Date => new Date(Date.now() + ms);
  return {
    async acquire(name, ms, owner) {
      const ticket = randomUUID();
      try {
        // While it is held the filter finds nothing, and the insertion that follows meets the unique name.
        await model.updateOne(
          { _id: name, expiresAt: { $lte: new Date() } },
          { $set: { owner, ticket, expiresAt: inMs(ms) } },
          { upsert: true },
        );
      } catch (error) {
        if (isDuplicateKey(error)) return null;
        throw error;
      }
      return async () => {
        await model.deleteOne({ _id: name, ticket });
      };
    },
    async renew(name, ms, owner) {
      const { matchedCount } = await model.updateOne(
        { _id: name, owner, expiresAt: { $gt: new Date() } },
        { $set: { expiresAt: inMs(ms) } },
      );
      return matchedCount === 1;
    },
  };
}
