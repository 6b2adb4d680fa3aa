/** Sign-ins of people at the console. The cookie's clear text is in the browser alone; a revoked token ends them too. */
import { createHash, randomBytes } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, insertOnce } from './collection';

export interface ConsoleSession {
  /** SHA-256 of the API token that it was opened with, in hex: what the token may, the session may. */
  tokenHash: string;
  createdAt: Date;
  expiresAt: Date;
}

export interface ConsoleSessions {
  /** `secret` is the clear text for the cookie; it cannot be read again. */
  open(session: ConsoleSession): Promise<{ secret: string }>;
  /** Null when there is none, or it is too late. */
  find(secret: string, now: Date): Promise<ConsoleSession | null>;
  /** Repeats safely. */
  close(secret: string): Promise<void>;
}

interface Stored extends ConsoleSession {
  /** Hash of the secret. */
  _id: string;
}

const schema = new Schema<Stored>(
  { _id: { type: String, required: true }, tokenHash: String, createdAt: Date, expiresAt: Date },
  COLLECTION,
);
// clears what is over: TTL
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export function createConsoleSessions(connection: Connection): ConsoleSessions {
  const model = collection(connection, 'console-sessions', schema);
  return {
    async open(session) {
      const secret = randomBytes(32).toString('base64url');
      await insertOnce(model, { _id: hashOf(secret), ...session });
      return { secret };
    },
    async find(secret, now) {
      const found = await model.findById(hashOf(secret), { _id: 0 }).lean<ConsoleSession>();
      return found && found.expiresAt > now ? found : null;
    },
    async close(secret) {
      await model.deleteOne({ _id: hashOf(secret) });
    },
  };
}
