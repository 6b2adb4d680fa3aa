/** What people clicked on their cards: asked once, carried out once. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, given, insertOnce, toRecord } from './collection';
import type { ClickRecord } from './notification-records';

export type NewClick = Omit<ClickRecord, 'state' | 'reason' | 'attempts'>;

export interface Clicks {
  /** Durable when it resolves. `fresh` is false for a repetition; one that was refused may be asked again. */
  ask(click: NewClick): Promise<{ fresh: boolean; click: ClickRecord }>;
  get(id: string): Promise<ClickRecord | null>;
  /** False when it was settled before. The text is forgotten: it is in the ticket now, or unwanted. */
  settle(
    id: string,
    result: { state: 'done' | 'refused' | 'unknown'; reason?: string | null },
  ): Promise<boolean>;
}

interface Stored extends Omit<ClickRecord, 'id'> {
  _id: string;
}

/** Read and written by `_id` only. */
const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    dockingId: String,
    deliveryId: String,
    ticketId: String,
    employeeId: String,
    agentId: String,
    action: String,
    text: String,
    minutes: Number,
    askedAt: Date,
    attempts: Number,
    state: String,
    reason: String,
  },
  COLLECTION,
);

export function createClicks(connection: Connection): Clicks {
  const model = collection(connection, 'clicks', schema);

  async function get(id: string): Promise<ClickRecord | null> {
    const found = await model.findOne({ _id: id }).lean<Stored>();
    return found && toRecord(found);
  }

  return {
    get,
    async ask(click) {
      const { id, ...asked } = click;
      const first: ClickRecord = { ...click, attempts: 1, state: 'asked', reason: null };
      const { id: _id, ...rest } = first;
      if (await insertOnce(model, { _id, ...rest })) return { fresh: true, click: first };
      const again = await model
        .findOneAndUpdate(
          { _id: id, state: 'refused' },
          { $set: { ...asked, state: 'asked', reason: null }, $inc: { attempts: 1 } },
          { returnDocument: 'after' },
        )
        .lean<Stored>();
      if (again) return { fresh: true, click: toRecord(again) };
      return { fresh: false, click: (await get(id)) ?? first };
    },
    async settle(id, { state, reason }) {
      const { matchedCount } = await model.updateOne(
        { _id: id, state: 'asked' },
        { $set: { state, text: null, ...given({ reason }) } },
      );
      return matchedCount === 1;
    },
  };
}
