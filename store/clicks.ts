/** What people clicked on their cards, or an operator decided for them: asked once, carried out once. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, findNative, given, insertOnce, toRecord } from './collection';
import type { ClickRecord } from './notification-records';
import type { TicketOrder } from './ticket-order';

export type NewClick = Omit<
  ClickRecord,
  'state' | 'reason' | 'attempts' | 'handedOverAt' | 'toldAt' | 'callbacks' | 'order'
>;
/** What became of it. `order`: of the ticket's state after it. */
export interface ClickResult {
  state: 'done' | 'refused' | 'unknown';
  reason?: string | null;
  order?: TicketOrder | null;
}

export interface Clicks {
  /**
   * Durable when it resolves. `fresh` is false for a repetition; one that was refused may be asked again, but never by a callback
   * that it knows already.
   */
  ask(click: NewClick, callback?: string): Promise<{ fresh: boolean; click: ClickRecord }>;
  /** It took effect already, without a click. Safe to repeat. */
  noteDone(click: NewClick): Promise<void>;
  get(id: string): Promise<ClickRecord | null>;
  /** The ticket's workflow has it. */
  handedOver(id: string): Promise<void>;
  /** Of all dockings, oldest first: asked longer ago than that, and no workflow has them. */
  unhanded(query: { olderThanMs: number; limit: number }): Promise<ClickRecord[]>;
  /** False when it was settled before. The text is forgotten: it is in the ticket now, or unwanted. */
  settle(id: string, result: ClickResult): Promise<boolean>;
  /** It takes longer than the person may expect. False when that was noted before, or the click is settled. */
  noteDelay(id: string): Promise<boolean>;
  /** Clicks on any card of the ticket about which there was something to tell since then, latest first; at most 50. */
  toldSince(dockingId: string, ticketId: string, since: Date): Promise<ClickRecord[]>;
  /** On these cards of one ticket, whatever became of them, oldest first. */
  onCards(dockingId: string, ticketId: string, deliveryIds: readonly string[]): Promise<ClickRecord[]>;
}

interface Stored extends Omit<ClickRecord, 'id'> {
  _id: string;
}

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
    by: String,
    attempts: Number,
    state: String,
    reason: String,
    handedOverAt: Date,
    toldAt: Date,
    callbacks: { type: [String], default: undefined },
    order: Schema.Types.Mixed,
  },
  COLLECTION,
);
// unhanded(): find({state, handedOverAt: null, askedAt: {$lt}}).sort({askedAt: 1})
schema.index({ state: 1, handedOverAt: 1, askedAt: 1 });
// toldSince(): find({dockingId, ticketId, toldAt: {$gte}}) · onCards(): its first two fields; all others by _id
schema.index({ dockingId: 1, ticketId: 1, toldAt: 1 });

const MOST_CALLBACKS = 50;
const noted = (callback: string | undefined): object =>
  callback === undefined ? {} : { $push: { callbacks: { $each: [callback], $slice: -MOST_CALLBACKS } } };

export function createClicks(connection: Connection): Clicks {
  const model = collection(connection, 'clicks', schema);

  async function get(id: string): Promise<ClickRecord | null> {
    const found = await model.findOne({ _id: id }).lean<Stored>();
    return found && toRecord(found);
  }

  return {
    get,
    async ask(click, callback) {
      const { id, ...asked } = click;
      const first: ClickRecord = {
        ...click,
        ...{ attempts: 1, state: 'asked', reason: null, handedOverAt: null },
        ...(callback === undefined ? {} : { callbacks: [callback] }),
      };
      const { id: _id, ...rest } = first;
      if (await insertOnce(model, { _id, ...rest })) return { fresh: true, click: first };
      const isNew = callback === undefined ? {} : { callbacks: { $ne: callback } };
      const again = await model
        .findOneAndUpdate(
          { _id: id, state: 'refused', ...isNew },
          {
            $set: { ...asked, state: 'asked', reason: null, handedOverAt: null },
            $unset: { toldAt: 1, order: 1 },
            $inc: { attempts: 1 },
            ...noted(callback),
          },
          { returnDocument: 'after' },
        )
        .lean<Stored>();
      if (again) return { fresh: true, click: toRecord(again) };
      // Answered now, it must not count as another wish when the platform brings it once more.
      if (callback !== undefined) await model.updateOne({ _id: id, ...isNew }, noted(callback));
      return { fresh: false, click: (await get(id)) ?? first };
    },
    async noteDone({ id: _id, ...click }) {
      const at = new Date();
      const done = { state: 'done', reason: null, attempts: 1, handedOverAt: at, toldAt: at } as const;
      await insertOnce(model, { _id, ...click, ...done });
    },
    async handedOver(id) {
      await model.updateOne({ _id: id }, { $set: { handedOverAt: new Date() } });
    },
    async unhanded({ olderThanMs, limit }) {
      const before = new Date(Date.now() - olderThanMs);
      const found = await model
        .find({ state: 'asked', handedOverAt: null, askedAt: { $lt: before } })
        .sort({ askedAt: 1 })
        .limit(limit)
        .lean<Stored[]>();
      return found.map(toRecord);
    },
    async settle(id, { state, reason, order }) {
      const { matchedCount } = await model.updateOne(
        { _id: id, state: 'asked' },
        { $set: { state, text: null, toldAt: new Date(), ...given({ reason, order }) } },
      );
      return matchedCount === 1;
    },
    async noteDelay(id) {
      const { matchedCount } = await model.updateOne(
        { _id: id, state: 'asked', toldAt: null },
        { $set: { toldAt: new Date() } },
      );
      return matchedCount === 1;
    },
    async toldSince(dockingId, ticketId, since) {
      const told = await findNative<Stored>(model, { dockingId, ticketId, toldAt: { $gte: since } }, {});
      const at = ({ toldAt }: Stored): number => toldAt?.getTime() ?? 0;
      return told
        .sort((a, b) => at(b) - at(a))
        .slice(0, 50)
        .map(toRecord);
    },
    async onCards(dockingId, ticketId, deliveryIds) {
      const filter = { dockingId, ticketId, deliveryId: { $in: [...deliveryIds] } };
      const found = await findNative<Stored>(model, filter, {});
      return found.sort((a, b) => a.askedAt.getTime() - b.askedAt.getTime()).map(toRecord);
    },
  };
}
