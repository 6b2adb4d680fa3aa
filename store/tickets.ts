/** The latest known state of each ticket. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, findNative, native, raceSafe, UNTIL_THE_NEXT } from './collection';
import { isDuplicateKey } from './errors';
import { readJson, writeJson } from './json';
import type { TicketRecord } from './notification-records';
import { compareOrders, notNewerThan, type TicketOrder } from './ticket-order';

export interface TicketBefore {
  followedUp: boolean;
  deadlinesKey: string;
  /** What cards show of the ticket at a glance is not as it was. False for a ticket that was not known. */
  looksDifferent: boolean;
  /** The agent who had to work on it; null also for a ticket that was not known. */
  holder: string | null;
}

/** What became of a snapshot, and what was known of the ticket's workflow at that moment. */
export type TicketUpsert = TicketBefore & ({ outcome: 'stored' } | { outcome: 'stale'; newer: unknown });

export interface Tickets {
  /** Null also for a ticket that only `setRaw` knows: no event has told its state yet. */
  get(dockingId: string, ticketId: string): Promise<TicketRecord | null>;
  /**
   * Stores the snapshot unless a newer one is known. What cannot be compared counts as
   * newer. `raw` is taken only with the first record of a ticket; afterwards `setRaw` alone changes it.
   */
  upsertIfNewer(record: TicketRecord): Promise<TicketUpsert>;
  /** The adapter's own snapshot, also of a ticket of which no event has come yet; null when there is none. */
  getRaw(dockingId: string, ticketId: string): Promise<unknown>;
  setRaw(dockingId: string, ticketId: string, raw: unknown): Promise<void>;
  /** Open tickets of these agents, at most 1,000: what a leaver holds needs a new owner. */
  heldBy(dockingId: string, agentIds: readonly string[]): Promise<{ ticketId: string; agentId: string }[]>;
  /**
   * Somebody acted on it from a card, which shows that from now on: whatever comes next looks different, unless it was known
   * before. `order`: of its state after that; null = not known.
   */
  noteActedOn(dockingId: string, ticketId: string, order: TicketOrder | null): Promise<void>;
  /** The ticket's workflow wants to hear of changes that no rule listens to. A ticket must be known. */
  setFollowedUp(dockingId: string, ticketId: string): Promise<void>;
  /** What its workflow is told of due times; false when something else was noted since `before`, and nothing is noted. */
  noteTold(
    dockingId: string,
    ticketId: string,
    told: { deadlinesKey: string; before: string },
  ): Promise<boolean>;
}

interface Stored extends Omit<TicketRecord, 'snapshot' | 'raw'> {
  /** JSON. */
  snapshot: string;
  /** JSON. */
  raw: string;
  /** What cards show of it at a glance. */
  glance: string;
  /** The agent who has to work on it; null when nobody has, or nothing is left to do. */
  holder: string | null;
}

const schema = new Schema<Stored>(
  {
    dockingId: String,
    ticketId: String,
    order: Schema.Types.Mixed,
    snapshot: String,
    raw: String,
    updatedAt: Date,
    finishedAt: Date,
    followedUp: Boolean,
    deadlinesKey: String,
    glance: String,
    holder: String,
  },
  COLLECTION,
);
// all functions: {dockingId, ticketId}
schema.index({ dockingId: 1, ticketId: 1 }, { unique: true });
// heldBy(): find({dockingId, holder: {$in}})
schema.index({ dockingId: 1, holder: 1 });

const NOTHING = writeJson(null);

export function createTickets(connection: Connection): Tickets {
  const model = collection(connection, 'tickets', schema);
  return {
    async get(dockingId, ticketId) {
      const [found] = await findNative<Stored>(
        model,
        { dockingId, ticketId },
        { _id: 0, holder: 0, glance: 0 },
      );
      if (!found || found.snapshot === NOTHING) return null;
      return { ...found, snapshot: readJson(found.snapshot), raw: readJson(found.raw) };
    },
    async upsertIfNewer({ dockingId, ticketId, order, snapshot, raw, updatedAt }) {
      const content = {
        order,
        snapshot: writeJson(snapshot),
        updatedAt,
        glance: glanceOf(snapshot),
        holder: holderOf(snapshot),
        ...(isFinished(snapshot) ? { finishedAt: updatedAt } : {}),
      };
      const filter = { dockingId, ticketId, ...notNewerThan(order) };
      // Each round that stores nothing met a newer snapshot, or one that was inserted in between.
      for (;;) {
        try {
          const before = (await native(model).findOneAndUpdate(
            filter,
            { $set: content, $setOnInsert: { raw: writeJson(raw) } },
            {
              upsert: true,
              returnDocument: 'before',
              projection: BEFORE,
              // The event that brought it comes next.
              ...UNTIL_THE_NEXT,
            },
          )) as StoredBefore | null;
          return { outcome: 'stored', ...beforeOf(before, content.glance) };
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
        const known = await model
          .findOne({ dockingId, ticketId }, { ...BEFORE, order: 1, snapshot: 1 })
          .lean<StoredBefore & Pick<Stored, 'order' | 'snapshot'>>();
        if (known && compareOrders(known.order, order) > 0) {
          return { outcome: 'stale', newer: readJson(known.snapshot), ...beforeOf(known) };
        }
      }
    },
    async getRaw(dockingId, ticketId) {
      const found = await model
        .findOne({ dockingId, ticketId }, { _id: 0, raw: 1 })
        .lean<Pick<Stored, 'raw'>>();
      return found ? readJson(found.raw) : null;
    },
    async heldBy(dockingId, agentIds) {
      const found = await model
        .find({ dockingId, holder: { $in: [...agentIds] } }, { _id: 0, ticketId: 1, holder: 1 })
        .limit(1000)
        .lean<{ ticketId: string; holder: string }[]>();
      return found.map(({ ticketId, holder }) => ({ ticketId, agentId: holder }));
    },
    async noteActedOn(dockingId, ticketId, order) {
      await native(model).updateOne(
        { dockingId, ticketId, ...notNewerThan(order) },
        { $set: { glance: ACTED_ON } },
      );
    },
    async setFollowedUp(dockingId, ticketId) {
      await native(model).updateOne({ dockingId, ticketId }, { $set: { followedUp: true } });
    },
    async noteTold(dockingId, ticketId, { deadlinesKey, before }) {
      // Null also finds what is missing.
      const was = before === '' ? { $in: ['', null] } : before;
      const { matchedCount } = await native(model).updateOne(
        { dockingId, ticketId, deadlinesKey: was },
        { $set: { deadlinesKey } },
      );
      return matchedCount === 1;
    },
    async setRaw(dockingId, ticketId, raw) {
      await raceSafe(() =>
        model.updateOne(
          { dockingId, ticketId },
          {
            $set: { raw: writeJson(raw) },
            $setOnInsert: { order: null, snapshot: NOTHING, updatedAt: new Date(), holder: null },
          },
          { upsert: true },
        ),
      );
    },
  };
}

const BEFORE = { _id: 0, followedUp: 1, deadlinesKey: 1, glance: 1, holder: 1 };
type StoredBefore = Partial<Pick<Stored, 'followedUp' | 'deadlinesKey' | 'glance' | 'holder'>>;

/** `glance`: of the snapshot that takes the place of what was stored; absent when it does not. */
const beforeOf = (stored: StoredBefore | null, glance?: string): TicketBefore => ({
  followedUp: stored?.followedUp ?? false,
  deadlinesKey: stored?.deadlinesKey ?? '',
  looksDifferent: glance !== undefined && stored?.glance !== undefined && stored.glance !== glance,
  holder: stored?.holder ?? null,
});

/** No ticket's glance. */
const ACTED_ON = 'acted on from a card';

function glanceOf(snapshot: unknown): string {
  const { statusType, statusName, priority, assigneeId } = (snapshot ?? {}) as Record<string, unknown>;
  return JSON.stringify([statusType, statusName, priority, assigneeId].map((shown) => shown ?? null));
}

const FINISHED = new Set(['solved', 'closed', 'deleted']);

function isFinished(snapshot: unknown): boolean {
  const { statusType } = (snapshot ?? {}) as { statusType?: unknown };
  return FINISHED.has(String(statusType));
}

/** Snapshots are the ticket as its adapter describes it; one without these members has no holder. */
function holderOf(snapshot: unknown): string | null {
  const { assigneeId } = (snapshot ?? {}) as { assigneeId?: unknown };
  return typeof assigneeId === 'string' && !isFinished(snapshot) ? assigneeId : null;
}
