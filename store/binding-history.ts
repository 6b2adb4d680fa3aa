/** Bindings that have ended. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, given, raceSafe, toRecord } from './collection';
import type { Binding } from './directory-records';
import { findPage, type Page, type PageQuery } from './pagination';

export interface EndedBinding extends Omit<Binding, 'state' | 'suspendedReason'> {
  endedAt: Date;
  endedBy: string;
  endedBecause: 'unbound' | 'replaced';
}

export interface BindingHistory {
  /** Written before the binding itself goes: a crash in between leaves both, and the repetition overwrites this one. */
  record(ended: EndedBinding): Promise<void>;
  /** Latest first. */
  list(
    dockingId: string,
    query: PageQuery & { employeeId?: string; agentId?: string },
  ): Promise<Page<EndedBinding>>;
}

type Stored = Omit<EndedBinding, 'id'> & { _id: string };

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    dockingId: String,
    employeeId: String,
    agentId: String,
    method: String,
    createdBy: String,
    createdAt: Date,
    lastDelivery: Schema.Types.Mixed,
    endedAt: Date,
    endedBy: String,
    endedBecause: String,
  },
  COLLECTION,
);
// list(): find({dockingId}).sort({endedAt: -1, _id: -1}); the filters read on from there, histories are short
schema.index({ dockingId: 1, endedAt: -1, _id: -1 });

export function createBindingHistory(connection: Connection): BindingHistory {
  const model = collection(connection, 'binding-history', schema);
  return {
    async record({ id, ...ended }) {
      await raceSafe(() => model.updateOne({ _id: id }, { $set: ended }, { upsert: true }));
    },
    async list(dockingId, { employeeId, agentId, ...query }) {
      const filter = { dockingId, ...given({ employeeId, agentId }) };
      const page = await findPage<Stored>(model, { filter, keys: ['endedAt', '_id'], direction: -1, query });
      return { ...page, items: page.items.map(toRecord) };
    },
  };
}
