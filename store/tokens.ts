/** API tokens. The clear text is given out once; what is kept cannot be turned back into it. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, insertOnce, toRecord } from './collection';
import type { ApiToken } from './docking-records';

export interface Tokens {
  /** `secret` is the clear text; it cannot be read again. */
  create(
    token: Pick<ApiToken, 'role' | 'dockingIds' | 'label'>,
  ): Promise<{ token: ApiToken; secret: string }>;
  /** Revoked ones are found too: look at `revokedAt`. */
  findBySecret(secret: string): Promise<ApiToken | null>;
  /** The same by SHA-256 of the secret, in hex: whoever keeps that can ask again without keeping the secret. */
  findByHash(hash: string): Promise<ApiToken | null>;
  /** Revoked ones too; null when there is no such token. */
  get(id: string): Promise<ApiToken | null>;
  /** Latest first, revoked ones included. */
  list(): Promise<ApiToken[]>;
  /** False when there is no such token. Repeats safely: the first time stays. */
  revoke(id: string): Promise<boolean>;
}

interface Stored extends Omit<ApiToken, 'id'> {
  _id: string;
  hash: string;
}

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    role: String,
    dockingIds: Schema.Types.Mixed,
    label: String,
    createdAt: Date,
    revokedAt: Date,
    hash: String,
  },
  COLLECTION,
);
// findByHash(): findOne({hash})
schema.index({ hash: 1 }, { unique: true });

/** The secret is 32 random bytes: nothing is gained by a slow hash. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export function createTokens(connection: Connection): Tokens {
  const model = collection(connection, 'tokens', schema);
  const findByHash = async (hash: string): Promise<ApiToken | null> => {
    const found = await model.findOne({ hash }, { hash: 0 }).lean<Stored>();
    return found && toRecord(found);
  };
  return {
    async create({ role, dockingIds, label }) {
      const secret = `dkt_${randomBytes(32).toString('base64url')}`;
      const id = `tok_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
      const content = { role, dockingIds, label, createdAt: new Date(), revokedAt: null };
      await insertOnce(model, { _id: id, ...content, hash: hashOf(secret) });
      return { token: { id, ...content }, secret };
    },
    findBySecret: (secret) => findByHash(hashOf(secret)),
    findByHash,
    async get(id) {
      const found = await model.findById(id, { hash: 0 }).lean<Stored>();
      return found && toRecord(found);
    },
    async list() {
      const found = await model.find({}, { hash: 0 }).sort({ createdAt: -1 }).lean<Stored[]>();
      return found.map(toRecord);
    },
    async revoke(id) {
      await model.updateOne({ _id: id, revokedAt: null }, { $set: { revokedAt: new Date() } });
      return (await model.exists({ _id: id })) !== null;
    },
  };
}
