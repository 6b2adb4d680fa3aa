/** A card as it lies in the database, and the indexes that its queries need. */
import { Schema } from 'mongoose';
import { COLLECTION, toRecord } from './collection';
import type { Delivery } from './notification-records';

/** As it lies in the database. */
export interface StoredDelivery extends Omit<Delivery, 'id' | 'firstAttemptAt'> {
  _id: string;
  /** Absent before the first attempt: `$min` sets it then, and only then. */
  firstAttemptAt?: Date;
  lastAttemptAt?: Date;
}

export const deliverySchema = new Schema<StoredDelivery>(
  {
    _id: { type: String, required: true },
    dockingId: String,
    eventIds: [String],
    ticketId: String,
    ruleIds: [String],
    role: String,
    agentId: String,
    employeeId: String,
    language: String,
    urgency: String,
    state: String,
    reason: String,
    carriedBy: String,
    messageId: String,
    chatId: String,
    uuid: String,
    attempts: Number,
    firstAttemptAt: Date,
    lastAttemptAt: Date,
    logId: String,
    plannedAt: Date,
    sentAt: Date,
    readAt: Date,
    target: Schema.Types.Mixed,
    followUp: Schema.Types.Mixed,
    updateWithinSeconds: Number,
    notBefore: Date,
    digestId: String,
    bundledInto: String,
    bundles: Schema.Types.Mixed,
    shown: Schema.Types.Mixed,
    behindSince: Date,
    frozenAt: Date,
    after: String,
  },
  COLLECTION,
);
// plan(), byUuid(): {dockingId, uuid}
deliverySchema.index({ dockingId: 1, uuid: 1 }, { unique: true });
// list(): find({dockingId}).sort({plannedAt: -1, _id: -1})
deliverySchema.index({ dockingId: 1, plannedAt: -1, _id: -1 });
// list({state}): find({dockingId, state}).sort({plannedAt: -1, _id: -1}) · counts(): {dockingId} grouped by state
deliverySchema.index({ dockingId: 1, state: 1, plannedAt: -1, _id: -1 });
// list({ticketId}): find({dockingId, ticketId}).sort(…) · livingCard(), changeable(): find({dockingId, ticketId, …}).sort(…)
deliverySchema.index({ dockingId: 1, ticketId: 1, plannedAt: -1, _id: -1 });
// list({employeeId}): find({dockingId, employeeId}).sort({plannedAt: -1, _id: -1})
deliverySchema.index({ dockingId: 1, employeeId: 1, plannedAt: -1, _id: -1 });
// list({agentId}): find({dockingId, agentId}).sort({plannedAt: -1, _id: -1})
deliverySchema.index({ dockingId: 1, agentId: 1, plannedAt: -1, _id: -1 });
// markRead(), onMessage(): find({messageId, employeeId}) · knownMessages(): find({dockingId, messageId: {$in}})
deliverySchema.index({ messageId: 1, employeeId: 1 });
// stuckSending(): find({state: 'sending', lastAttemptAt: {$lt}}).sort({lastAttemptAt: 1})
deliverySchema.index({ state: 1, lastAttemptAt: 1 });
// digests.members(): find({digestId, bundledInto, state})
deliverySchema.index({ digestId: 1 }, { sparse: true });
// behind(): find({behindSince, dockingId})
deliverySchema.index({ behindSince: 1 }, { sparse: true });

export function toStored({ id, firstAttemptAt, ...delivery }: Delivery): StoredDelivery {
  return { _id: id, ...delivery, ...(firstAttemptAt ? { firstAttemptAt } : {}) };
}

export const toDelivery = ({ firstAttemptAt, ...stored }: StoredDelivery): Delivery => ({
  ...toRecord(stored),
  firstAttemptAt: firstAttemptAt ?? null,
});
