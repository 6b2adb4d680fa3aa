/** Ticket events as they came, with what was decided about each. */
import { LRUCache } from 'lru-cache';
import { Schema, type Connection } from 'mongoose';
import { groupedReads } from './grouped-reads';
import { BATCH, COLLECTION, collection, findNative, given, insertOnce, native } from './collection';
import { readJson, writeJson } from './json';
import type { EventRecord, EventState, PlannedReceiver } from './notification-records';
import { findPage, type Page, type PageQuery } from './pagination';
import { createWriteBehind } from './write-behind';

export type InsertedEvent = { inserted: true } | { inserted: false; existing: EventRecord };

export interface EventQuery extends PageQuery {
  ticketId?: string;
  type?: string;
  state?: EventState;
  /** When it happened, first moment included, last one not. */
  from?: Date;
  to?: Date;
}

export interface Events {
  /**
   * Event, verdict and due cards in one write, durable when it resolves. Unique by docking and event id; takes the place of a record
   * that was kept without a verdict.
   */
  insertOnce(record: EventRecord): Promise<InsertedEvent>;
  /** Keeps an event that could not be judged, or tells its new state; one that was judged stays as it is. */
  keepUnjudged(record: EventRecord): Promise<void>;
  get(dockingId: string, eventId: string): Promise<EventRecord | null>;
  getMany(dockingId: string, eventIds: readonly string[]): Promise<EventRecord[]>;
  /**
   * For cards that tell of them. What this process has stored within the last seconds is not read again: its state, and receivers that
   * another process has added meanwhile, may be missing.
   */
  getForCards(dockingId: string, eventIds: readonly string[]): Promise<EventRecord[]>;
  /** Receivers of a repetition or an escalation; those whose `detail` is there already are not added again. */
  addReceivers(dockingId: string, eventId: string, receivers: readonly PlannedReceiver[]): Promise<void>;
  /** Other cards tell these receivers than was planned: by the id that was planned, the one that does. */
  moveCards(dockingId: string, eventId: string, moved: ReadonlyMap<string, string>): Promise<void>;
  /** Those of them that were `planned`. Default `at`: now. */
  markHandedOver(dockingId: string, eventIds: readonly string[], at?: Date): Promise<void>;
  /** The same within a moment, together with others; a kill before that leaves it to the sweep. */
  handedOverSoon(dockingId: string, eventId: string): void;
  /** Writes what `handedOverSoon` still owes. */
  flush(): Promise<void>;
  /** Of all dockings, oldest first: planned, and received longer ago than that. */
  unhanded(query: { olderThanMs: number; limit: number }): Promise<EventRecord[]>;
  /** Latest first, by when they happened. */
  list(dockingId: string, query: EventQuery): Promise<Page<EventRecord>>;
  /**
   * Those that were judged, newest first, for replays through the rules: what happened, not what was decided about it then. Whoever
   * has enough stops reading, and no more is read.
   */
  streamSince(dockingId: string, since: Date): AsyncIterable<HappenedEvent>;
}

export type HappenedEvent = Pick<EventRecord, 'eventId' | 'envelope' | 'receivedAt' | 'stale' | 'entrance'>;

interface Stored extends Omit<EventRecord, 'envelope' | 'verdict'> {
  /** JSON. */
  envelope: string;
  /** JSON. */
  verdict: string;
}

const schema = new Schema<Stored>(
  {
    dockingId: String,
    eventId: String,
    ticketId: String,
    type: String,
    occurredAt: Date,
    receivedAt: Date,
    entrance: String,
    envelope: String,
    state: String,
    stale: Boolean,
    verdict: String,
    receivers: [Schema.Types.Mixed],
    // Without this mongoose would write [] for "none are waiting".
    cards: { type: [Schema.Types.Mixed], default: undefined },
    refreshes: { type: [String], default: undefined },
    handedOverAt: Date,
  },
  COLLECTION,
);
// insertOnce(), get(), markHandedOver(): {dockingId, eventId}
schema.index({ dockingId: 1, eventId: 1 }, { unique: true });
// list({ticketId}): find({dockingId, ticketId}).sort({occurredAt: -1, eventId: -1})
schema.index({ dockingId: 1, ticketId: 1, occurredAt: -1, eventId: -1 });
// list(): find({dockingId}).sort({occurredAt: -1, eventId: -1}) · streamSince(): the same
schema.index({ dockingId: 1, occurredAt: -1, eventId: -1 });
// unhanded(): find({state, receivedAt: {$lt}}).sort({receivedAt: 1})
schema.index({ state: 1, receivedAt: 1 });

const RECORD = { _id: 0 };

/** Verdicts are most of what is kept of an event. */
const HAPPENED = { _id: 0, eventId: 1, envelope: 1, receivedAt: 1, stale: 1, entrance: 1, state: 1 };

/** At a steady 20 events/s so many share a write. */
const SOON_MS = 1_000;

/** The card of an event mostly goes out within a second of it. */
const JUST_STORED = { ttl: 5_000, maxSize: 8_000_000 };

const UNJUDGED: ReadonlySet<EventState> = new Set(['unread', 'given-up']);
/** Its ticket could be read, so rules were asked; otherwise only the reference to it is kept. */
export const isJudged = ({ state }: Pick<EventRecord, 'state'>): boolean => !UNJUDGED.has(state);

export function createEvents(connection: Connection): Events {
  const model = collection(connection, 'events', schema);

  const findMany = async (filter: Record<string, unknown>): Promise<EventRecord[]> =>
    (await findNative<Stored>(model, filter, RECORD)).map(toEvent);

  const get = async (dockingId: string, eventId: string): Promise<EventRecord | null> => {
    const [found] = await findMany({ dockingId, eventId });
    return found ?? null;
  };
  const getMany = groupedReads(
    (dockingId, eventIds) => findMany({ dockingId, eventId: { $in: [...eventIds] } }),
    ({ eventId }) => eventId,
  );
  const justStored = new LRUCache<string, EventRecord>(JUST_STORED);

  const markHandedOver: Events['markHandedOver'] = async (dockingId, eventIds, at = new Date()) => {
    await model.updateMany(
      { dockingId, eventId: { $in: [...eventIds] }, state: 'planned' },
      { $set: { state: 'handed-over', handedOverAt: at }, $unset: { cards: 1 } },
    );
  };
  const soon = createWriteBehind<{ dockingId: string; eventId: string; at: Date }>({
    everyMs: SOON_MS,
    async write(items) {
      for (const dockingId of new Set(items.map((item) => item.dockingId))) {
        const ids = items.filter((item) => item.dockingId === dockingId).map(({ eventId }) => eventId);
        await markHandedOver(dockingId, ids, items.at(-1)?.at);
      }
    },
    // The sweep hands it over again, which changes nothing.
    failed: () => undefined,
  });

  const replaceUnjudged = async (stored: Stored): Promise<boolean> => {
    const { dockingId, eventId } = stored;
    const { matchedCount } = await native(model).updateOne(
      { dockingId, eventId, state: { $in: [...UNJUDGED] } },
      { $set: { ...stored } },
    );
    return matchedCount === 1;
  };

  return {
    async insertOnce(record) {
      const stored = toStored(record);
      for (;;) {
        if ((await insertOnce(model, { ...stored })) || (await replaceUnjudged(stored))) {
          const size = stored.envelope.length + stored.verdict.length;
          justStored.set(keyOf(record.dockingId, record.eventId), record, { size });
          return { inserted: true };
        }
        const existing = await get(record.dockingId, record.eventId);
        // Null only when the docking was removed at this very moment.
        if (existing) return { inserted: false, existing };
      }
    },
    async keepUnjudged(record) {
      const stored = toStored(record);
      if (!(await insertOnce(model, { ...stored }))) await replaceUnjudged(stored);
    },
    get,
    getMany,
    async getForCards(dockingId, eventIds) {
      const known = eventIds.flatMap((eventId) => justStored.get(keyOf(dockingId, eventId)) ?? []);
      if (known.length === eventIds.length) return known;
      const have = new Set(known.map(({ eventId }) => eventId));
      const missing = eventIds.filter((eventId) => !have.has(eventId));
      return [...known, ...(await getMany(dockingId, missing))];
    },
    async addReceivers(dockingId, eventId, receivers) {
      justStored.delete(keyOf(dockingId, eventId));
      for (const receiver of receivers) {
        await model.updateOne(
          { dockingId, eventId, 'receivers.detail': { $ne: receiver.detail } },
          { $push: { receivers: receiver } },
        );
      }
    },
    async moveCards(dockingId, eventId, moved) {
      justStored.delete(keyOf(dockingId, eventId));
      const { receivers = [] } = (await get(dockingId, eventId)) ?? {};
      const places = receivers.flatMap(({ deliveryId }, index) => {
        const now = moved.get(deliveryId ?? '');
        return now === undefined ? [] : [[`receivers.${index}.deliveryId`, now] as const];
      });
      // By place: receivers are only ever added behind.
      if (places.length > 0)
        await native(model).updateOne({ dockingId, eventId }, { $set: Object.fromEntries(places) });
    },
    markHandedOver,
    handedOverSoon: (dockingId, eventId) => soon.add({ dockingId, eventId, at: new Date() }),
    flush: () => soon.flush(),
    async unhanded({ olderThanMs, limit }) {
      const found = await model
        .find(
          {
            state: 'planned',
            receivedAt: { $lt: new Date(Date.now() - olderThanMs) },
          },
          RECORD,
        )
        .sort({ receivedAt: 1 })
        .limit(limit)
        .lean<Stored[]>();
      return found.map(toEvent);
    },
    async list(dockingId, { ticketId, type, state, from, to, ...query }) {
      const occurredAt = (from ?? to) ? given({ $gte: from, $lt: to }) : undefined;
      const filter = { dockingId, ...given({ ticketId, type, state, occurredAt }) };
      const page = await findPage<Stored>(model, {
        filter,
        keys: ['occurredAt', 'eventId'],
        direction: -1,
        query,
        without: ['_id'],
      });
      return { ...page, items: page.items.map(toEvent) };
    },
    async *streamSince(dockingId, since) {
      const cursor = native(model)
        .find({ dockingId, occurredAt: { $gte: since } }, { projection: HAPPENED })
        .sort({ occurredAt: -1, eventId: -1 })
        .batchSize(BATCH);
      for await (const stored of cursor as AsyncIterable<
        HappenedEvent & Pick<Stored, 'envelope' | 'state'>
      >) {
        const { state, envelope, ...rest } = stored;
        if (isJudged({ state })) yield { ...rest, envelope: readJson(envelope) };
      }
    },
  };
}

const keyOf = (dockingId: string, eventId: string): string => `${dockingId} ${eventId}`;

const toStored = ({ envelope, verdict, ...rest }: EventRecord): Stored => ({
  ...rest,
  envelope: writeJson(envelope),
  verdict: writeJson(verdict),
});

const toEvent = ({ envelope, verdict, ...rest }: Stored): EventRecord => ({
  ...rest,
  envelope: readJson(envelope),
  verdict: readJson(verdict),
});
