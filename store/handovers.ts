/** Steps given to somebody who has no account here: a link with a token that opens just that step. */
import { createHash, randomBytes } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, insertOnce, toRecord } from './collection';

export interface Handover {
  id: string;
  dockingId: string;
  step: string;
  /** As the admin wrote it; can be a name or a mailbox. */
  to: string;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
}

export interface Handovers {
  /** Links given for this step before stop working. The clear text of the token is shown once. */
  create(handover: Handover): Promise<{ token: string }>;
  /** Null for an unknown, replaced or expired one. */
  findByToken(token: string, now: Date): Promise<Handover | null>;
  /** Those that work, of one docking. */
  list(dockingId: string, now: Date): Promise<Handover[]>;
}

interface Stored extends Omit<Handover, 'id'> {
  _id: string;
  hash: string;
}

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    dockingId: String,
    step: String,
    to: String,
    createdBy: String,
    createdAt: Date,
    expiresAt: Date,
    hash: String,
  },
  COLLECTION,
);
// findByToken(): findOne({hash})
schema.index({ hash: 1 }, { unique: true });
// create(): deleteMany({dockingId, step}) · list(): find({dockingId})
schema.index({ dockingId: 1, step: 1 });

/** The token is 32 random bytes: nothing is gained by a slow hash. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export function createHandovers(connection: Connection): Handovers {
  const model = collection(connection, 'handovers', schema);
  return {
    async create({ id, ...handover }) {
      const token = randomBytes(32).toString('base64url');
      await insertOnce(model, { _id: id, ...handover, hash: hashOf(token) });
      await model.deleteMany({
        dockingId: handover.dockingId,
        step: handover.step,
        _id: { $ne: id },
        createdAt: { $lte: handover.createdAt },
      });
      return { token };
    },
    async findByToken(token, now) {
      const found = await model.findOne({ hash: hashOf(token) }, { hash: 0 }).lean<Stored>();
      return found && found.expiresAt > now ? toRecord(found) : null;
    },
    async list(dockingId, now) {
      const found = await model.find({ dockingId }, { hash: 0 }).lean<Stored[]>();
      return found.filter(({ expiresAt }) => expiresAt > now).map(toRecord);
    },
  };
}
