/** Cards that are due, and the proof of what became of each. */
import { LRUCache } from 'lru-cache';
import type { Connection } from 'mongoose';
import { collection, findNative, given, native } from './collection';
import { deliverySchema, toDelivery, type StoredDelivery } from './delivery-documents';
import type { Delivery, DeliveryState } from './notification-records';
import { findPage, type Page, type PageQuery } from './pagination';
import { planDeliveries, type Planned } from './plan-deliveries';

export interface DeliveryResult {
  /** `planned`: refused for now, `claim` may take it again. */
  state: 'planned' | 'sent' | 'failed' | 'unknown' | 'needs-attention';
  reason?: string | null;
  messageId?: string | null;
  chatId?: string;
  logId?: string | null;
  carriedBy?: Delivery['carriedBy'];
  sentAt?: Date | null;
  shown?: Delivery['shown'];
  /** Neither this try nor one before it went out. */
  nothingIsOut?: boolean;
}

/** With the right to send it. */
export interface ClaimedDelivery extends Delivery {
  /** A try before this one may have gone out. */
  earlierMayBeOut: boolean;
}

export interface DeliveryQuery extends PageQuery {
  state?: DeliveryState;
  agentId?: string;
  ticketId?: string;
  employeeId?: string;
}

export interface Deliveries {
  /**
   * Writes those whose uuid is new to the docking; on the others their events are noted, where they can still be told. Gives what
   * there is now, in that order.
   */
  plan(deliveries: readonly Delivery[]): Promise<Planned[]>;
  get(id: string): Promise<Delivery | null>;
  /**
   * As this process has written it new within the last seconds, so that what its first try needs is read while it is claimed. What
   * changes while a card waits (state, events, urgency) may be older than what is stored.
   */
  justPlanned(id: string): Delivery | null;
  /** Unknown ids are missing from the answer. */
  getMany(ids: readonly string[]): Promise<Delivery[]>;
  byUuid(dockingId: string, uuid: string): Promise<Delivery | null>;
  /**
   * The right to send it now; null when it is not due yet or any more, waits for a digest, or somebody else has it. Planned and unknown
   * ones are due; with `takeOverAfterMs` also one whose sender took it that long ago and never told the outcome.
   * `reason` still says why the try before this one failed.
   */
  claim(
    id: string,
    options?: { dockingId?: string; takeOverAfterMs?: number },
  ): Promise<ClaimedDelivery | null>;
  /**
   * The outcome. False when it is final already (`sent`, `needs-attention`, `failed` for good): that one stays. With
   * `attempt` (= `attempts` of the claimed delivery) a sender that was overtaken by another changes nothing.
   */
  settle(id: string, result: DeliveryResult, attempt?: number): Promise<boolean>;
  /** Latest planned first. */
  list(dockingId: string, query: DeliveryQuery): Promise<Page<Delivery>>;
  /** Gives the deliveries that were unread until now. */
  markRead(messageId: string, employeeId: string, at: Date): Promise<Delivery[]>;
  /** The latest card about this ticket that this employee has: updates go there. Its age is that of `sentAt`. */
  livingCard(dockingId: string, ticketId: string, employeeId: string): Promise<Delivery | null>;
  /**
   * Of one ticket, latest planned first, at most 50: those whose card was sent since then and can be changed in place, and those whose
   * card is on its way at `now`.
   */
  changeable(dockingId: string, ticketId: string, since: Date, now: Date): Promise<Delivery[]>;
  /** Those that one message has carried, the one that it shows now first. */
  onMessage(messageId: string, employeeId: string): Promise<Delivery[]>;
  /** The card shows so many of the delivery's events since then; fewer than are noted already change nothing. */
  noteShown(id: string, shown: NonNullable<Delivery['shown']>): Promise<void>;
  /** It cannot be changed for now; null = nothing is to be made up for any more. */
  noteBehind(id: string, at: Date | null): Promise<void>;
  /** It cannot be changed any more: nothing is to be made up for. */
  noteFrozen(id: string, at: Date): Promise<void>;
  /** Cards of a docking that do not show their ticket as it is, longest first. */
  behind(dockingId: string): Promise<Delivery[]>;
  /** The chat in which this employee was last sent something; null when nothing ever was. */
  chatOf(dockingId: string, employeeId: string): Promise<string | null>;
  /** Those of the messages that a delivery accounts for. */
  knownMessages(dockingId: string, messageIds: readonly string[]): Promise<Set<string>>;
  /** It is known that no try went out: the hour of the uuid begins with the present one. */
  beginAnew(id: string, attempt: number): Promise<void>;
  /**
   * Plans a failed, unknown or parked one again, under the same uuid. What may be out already is asked for first, unless nobody
   * could tell before: then whoever replays it has decided.
   */
  replay(id: string): Promise<boolean>;
  /** Parked ones of a docking with one of these reasons, oldest first. Default limit 200. */
  parked(dockingId: string, reasons: readonly string[], limit?: number): Promise<Delivery[]>;
  /** Of all dockings, longest first: claimed that long ago and never settled. Default limit 200. */
  stuckSending(olderThanMs: number, limit?: number): Promise<Delivery[]>;
  counts(dockingId: string): Promise<Partial<Record<DeliveryState, number>>>;
}

/** Reason of a parked card that may be out already, and nobody can tell. */
export const UNDECIDED = 'outcome-unknown-too-old';
/** The first try mostly begins within a second. */
const JUST_PLANNED = { ttl: 5_000, max: 1_000 };
const INTERNAL = ['lastAttemptAt'];
const RECORD = Object.fromEntries(INTERNAL.map((field) => [field, 0]));

export function createDeliveries(connection: Connection): Deliveries {
  const model = collection(connection, 'deliveries', deliverySchema);

  const justPlanned = new LRUCache<string, Delivery>(JUST_PLANNED);

  const findMany = async (filter: Record<string, unknown>): Promise<Delivery[]> =>
    (await findNative<StoredDelivery>(model, filter, RECORD)).map(toDelivery);

  return {
    async plan(deliveries) {
      const { isNew, planned } = await planDeliveries(model, deliveries);
      if (isNew) for (const delivery of deliveries) justPlanned.set(delivery.id, delivery);
      return planned;
    },
    justPlanned: (id) => justPlanned.get(id) ?? null,
    async get(id) {
      const [delivery] = await findMany({ _id: id });
      return delivery ?? null;
    },
    getMany: (ids) => findMany({ _id: { $in: [...ids] } }),
    async byUuid(dockingId, uuid) {
      const [delivery] = await findMany({ dockingId, uuid });
      return delivery ?? null;
    },
    async claim(id, { dockingId, takeOverAfterMs } = {}) {
      const now = new Date();
      const due: Record<string, unknown>[] = [{ state: { $in: ['planned', 'unknown'] } }];
      if (takeOverAfterMs !== undefined) {
        due.push({ state: 'sending', lastAttemptAt: { $lte: new Date(now.getTime() - takeOverAfterMs) } });
      }
      const claimed = (await native(model).findOneAndUpdate(
        {
          _id: id,
          ...given({ dockingId }),
          $or: due,
          notBefore: { $not: { $gt: now } },
          digestId: { $exists: false },
        },
        {
          $set: { state: 'sending', lastAttemptAt: now },
          $inc: { attempts: 1 },
          $min: { firstAttemptAt: now },
        },
        { projection: RECORD, returnDocument: 'after' },
      )) as StoredDelivery | null;
      return (
        claimed && {
          ...toDelivery(claimed),
          earlierMayBeOut: (claimed.firstAttemptAt?.getTime() ?? 0) < now.getTime(),
        }
      );
    },
    async settle(id, { state, reason = null, nothingIsOut = false, ...proof }, attempt) {
      const { matchedCount } = await native(model).updateOne(
        { _id: id, state: { $in: ['planned', 'sending', 'unknown'] }, ...given({ attempts: attempt }) },
        {
          $set: { state, reason, ...given(proof) },
          ...(nothingIsOut ? { $unset: { firstAttemptAt: 1 } } : {}),
        },
      );
      return matchedCount === 1;
    },
    async list(dockingId, { state, agentId, ticketId, employeeId, ...query }) {
      const page = await findPage<StoredDelivery>(model, {
        filter: { dockingId, ...given({ state, agentId, ticketId, employeeId }) },
        keys: ['plannedAt', '_id'],
        direction: -1,
        query,
        without: INTERNAL,
      });
      return { ...page, items: page.items.map(toDelivery) };
    },
    async markRead(messageId, employeeId, at) {
      const unread = await findMany({ messageId, employeeId, readAt: null });
      if (unread.length === 0) return [];
      const ids = unread.map(({ id }) => id);
      await model.updateMany({ _id: { $in: ids }, readAt: null }, { $set: { readAt: at } });
      return unread.map((delivery) => ({ ...delivery, readAt: at }));
    },
    async livingCard(dockingId, ticketId, employeeId) {
      const card = await model
        .findOne({ dockingId, ticketId, employeeId, state: 'sent', carriedBy: 'message' }, RECORD)
        .sort({ plannedAt: -1, _id: -1 })
        .lean<StoredDelivery>();
      return card && toDelivery(card);
    },
    async changeable(dockingId, ticketId, since, now) {
      const out = {
        state: 'sent',
        carriedBy: { $in: ['message', 'update'] },
        sentAt: { $gte: since },
        messageId: { $type: 'string' },
      };
      const onItsWay = {
        state: { $in: ['planned', 'sending', 'unknown'] },
        plannedAt: { $gte: since },
        notBefore: { $not: { $gt: now } },
        digestId: { $exists: false },
      };
      const isCard = { 'target.kind': { $ne: 'webhook' } };
      const found = (await native(model)
        .find({ dockingId, ticketId, ...isCard, $or: [out, onItsWay] }, { projection: RECORD })
        .sort({ plannedAt: -1, _id: -1 })
        .limit(50)
        .toArray()) as unknown as StoredDelivery[];
      return found.map(toDelivery);
    },
    async onMessage(messageId, employeeId) {
      const since = ({ shown, sentAt }: Delivery): number => (shown?.at ?? sentAt)?.getTime() ?? 0;
      const carried = await findMany({ messageId, employeeId });
      return carried.sort((a, b) => since(b) - since(a) || b.plannedAt.getTime() - a.plannedAt.getTime());
    },
    async noteShown(id, shown) {
      await native(model).updateOne(
        { _id: id, 'shown.events': { $not: { $gt: shown.events } } },
        { $set: { shown }, $unset: { behindSince: 1, frozenAt: 1 } },
      );
    },
    async noteBehind(id, behindSince) {
      const change = behindSince ? { $set: { behindSince } } : { $unset: { behindSince: 1 } };
      await native(model).updateOne({ _id: id }, change);
    },
    async noteFrozen(id, frozenAt) {
      await native(model).updateOne({ _id: id }, { $set: { frozenAt }, $unset: { behindSince: 1 } });
    },
    async behind(dockingId) {
      const found = await findMany({ behindSince: { $exists: true }, dockingId });
      return found.sort((a, b) => (a.behindSince?.getTime() ?? 0) - (b.behindSince?.getTime() ?? 0));
    },
    async chatOf(dockingId, employeeId) {
      const found = await model
        .findOne({ dockingId, employeeId, chatId: { $exists: true } }, { chatId: 1 })
        .sort({ plannedAt: -1, _id: -1 })
        .lean<Pick<StoredDelivery, 'chatId'>>();
      return found?.chatId ?? null;
    },
    async knownMessages(dockingId, messageIds) {
      const found = await model
        .find({ dockingId, messageId: { $in: [...messageIds] } }, { messageId: 1 })
        .lean<Pick<StoredDelivery, 'messageId'>[]>();
      return new Set(found.flatMap(({ messageId }) => messageId ?? []));
    },
    async beginAnew(id, attempt) {
      await model.updateOne({ _id: id, attempts: attempt }, { $set: { firstAttemptAt: new Date() } });
    },
    async replay(id) {
      const over = { _id: id, state: { $in: ['failed', 'unknown', 'needs-attention'] } };
      const again = { $set: { state: 'planned', reason: null } };
      const decided = await native(model).updateOne(
        { ...over, reason: UNDECIDED },
        { ...again, $unset: { firstAttemptAt: 1 } },
      );
      if (decided.matchedCount === 1) return true;
      return (await native(model).updateOne(over, again)).matchedCount === 1;
    },
    async parked(dockingId, reasons, limit = 200) {
      const found = await model
        .find({ dockingId, state: 'needs-attention', reason: { $in: [...reasons] } }, RECORD)
        .sort({ plannedAt: 1, _id: 1 })
        .limit(limit)
        .lean<StoredDelivery[]>();
      return found.map(toDelivery);
    },
    async stuckSending(olderThanMs, limit = 200) {
      const found = await model
        .find({ state: 'sending', lastAttemptAt: { $lt: new Date(Date.now() - olderThanMs) } }, RECORD)
        .sort({ lastAttemptAt: 1 })
        .limit(limit)
        .lean<StoredDelivery[]>();
      return found.map(toDelivery);
    },
    async counts(dockingId) {
      const counted = await model.aggregate<{ _id: DeliveryState; count: number }>([
        { $match: { dockingId } },
        { $group: { _id: '$state', count: { $sum: 1 } } },
      ]);
      return Object.fromEntries(counted.map(({ _id, count }) => [_id, count]));
    },
  };
}
