/** Digests that people wait for, and the cards that wait for them. */
import { Schema, type Connection } from 'mongoose';
import { bulkUpsert, COLLECTION, collection, given, toRecord } from './collection';
import { toDelivery, type StoredDelivery } from './delivery-documents';
import type { Delivery, DigestRecord } from './notification-records';

export interface Digests {
  /**
   * Cards wait for these digests; call it after they are stored. One that was told already is opened again, so that a
   * card that came late is not left behind.
   */
  note(digests: readonly Pick<DigestRecord, 'id' | 'dockingId' | 'employeeId' | 'at'>[]): Promise<void>;
  get(id: string): Promise<DigestRecord | null>;
  /** Of all dockings, the next first: no workflow has them yet. */
  waiting(limit: number): Promise<DigestRecord[]>;
  /** Unless it was told and opened again meanwhile. */
  handedOver(digest: Pick<DigestRecord, 'id' | 'opened'>): Promise<void>;
  /** Cards that no card carries yet, oldest first. */
  members(id: string, limit: number): Promise<Delivery[]>;
  /** Notes on the cards who carries them; safe to repeat. */
  bundle(carrier: Delivery): Promise<void>;
  /** The carrier's outcome is that of every card it carries, unless one was told already. */
  conclude(carrier: Delivery): Promise<void>;
  /** The card of this round is settled. */
  nextRound(id: string, round: number): Promise<void>;
  /** Nothing waits any more, as far as is known: `note` opens it again. */
  told(id: string): Promise<void>;
}

interface Stored extends Omit<DigestRecord, 'id'> {
  _id: string;
}

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    dockingId: String,
    employeeId: String,
    at: Date,
    state: String,
    round: Number,
    opened: Number,
  },
  COLLECTION,
);
// waiting(): find({state}).sort({at: 1})
schema.index({ state: 1, at: 1 });

/** After `createDeliveries` on the same connection: the cards are its records. */
export function createDigests(connection: Connection): Digests {
  const model = collection(connection, 'digests', schema);
  const deliveries = connection.model<StoredDelivery>('deliveries');
  const become = (state: DigestRecord['state']) => ({ $set: { state } });

  return {
    async note(digests) {
      await bulkUpsert(
        model,
        digests.flatMap(({ id, ...digest }) => [
          {
            updateOne: {
              filter: { _id: id },
              update: { $setOnInsert: { ...digest, state: 'waiting', round: 0, opened: 1 } },
              upsert: true,
            },
          },
        ]),
      );
      await model.updateMany(
        { _id: { $in: digests.map(({ id }) => id) }, state: 'told' },
        { ...become('waiting'), $inc: { opened: 1 } },
      );
    },
    async get(id) {
      const found = await model.findOne({ _id: id }).lean<Stored>();
      return found && toRecord(found);
    },
    async waiting(limit) {
      const found = await model.find({ state: 'waiting' }).sort({ at: 1 }).limit(limit).lean<Stored[]>();
      return found.map(toRecord);
    },
    async handedOver({ id, opened }) {
      await model.updateOne({ _id: id, state: 'waiting', opened }, become('handed-over'));
    },
    async members(id, limit) {
      const found = await deliveries
        .find({ digestId: id, bundledInto: { $exists: false }, state: 'planned' })
        .sort({ plannedAt: 1, _id: 1 })
        .limit(limit)
        .lean<StoredDelivery[]>();
      return found.map(toDelivery);
    },
    async bundle({ id, bundles }) {
      await deliveries.updateMany(
        { _id: { $in: bundles?.deliveryIds ?? [] } },
        { $set: { bundledInto: id } },
      );
    },
    async conclude({ bundles, state, reason, messageId, chatId, logId, sentAt }) {
      const outcome = { state, messageId, logId, sentAt, reason: state === 'sent' ? 'digest' : reason };
      await deliveries.updateMany(
        { _id: { $in: bundles?.deliveryIds ?? [] }, state: { $ne: 'sent' } },
        { $set: { ...outcome, carriedBy: 'digest', ...given({ chatId }) } },
      );
    },
    async nextRound(id, round) {
      await model.updateOne({ _id: id, round }, { $set: { round: round + 1 } });
    },
    async told(id) {
      await model.updateOne({ _id: id }, become('told'));
    },
  };
}
