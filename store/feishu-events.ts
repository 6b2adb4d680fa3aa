/** Events that Feishu has sent: it repeats them, and a directory change is worked on later. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, insertOnce, raceSafe } from './collection';
import { readJson, writeJson } from './json';

export interface KeptFeishuEvent {
  eventId: string;
  type: string;
  body: unknown;
}

export interface FeishuEvents {
  /** Notes the id for a week. True the first time, false for a repetition. */
  seen(dockingId: string, eventId: string): Promise<boolean>;
  /** Forgets the id: what could not be worked on shall be taken when Feishu repeats it. */
  forget(dockingId: string, eventId: string): Promise<void>;
  /** Keeps the event itself, for a week. */
  keep(dockingId: string, event: KeptFeishuEvent): Promise<void>;
  /** Those that are kept, in the order asked for. */
  kept(dockingId: string, eventIds: readonly string[]): Promise<KeptFeishuEvent[]>;
}

interface Stored {
  dockingId: string;
  eventId: string;
  seenAt: Date;
  type?: string;
  /** JSON. */
  body?: string;
}

const schema = new Schema<Stored>(
  { dockingId: String, eventId: String, seenAt: Date, type: String, body: String },
  COLLECTION,
);
// all functions: {dockingId, eventId}
schema.index({ dockingId: 1, eventId: 1 }, { unique: true });
// clears old ones: TTL, a week (the platform repeats for some hours)
schema.index({ seenAt: 1 }, { expireAfterSeconds: 604_800 });

export function createFeishuEvents(connection: Connection): FeishuEvents {
  const model = collection(connection, 'feishu-events', schema);
  return {
    seen: (dockingId, eventId) => insertOnce(model, { dockingId, eventId, seenAt: new Date() }),
    async forget(dockingId, eventId) {
      await model.deleteOne({ dockingId, eventId });
    },
    async keep(dockingId, { eventId, type, body }) {
      await raceSafe(() =>
        model.updateOne(
          { dockingId, eventId },
          { $set: { type, body: writeJson(body) }, $setOnInsert: { seenAt: new Date() } },
          { upsert: true },
        ),
      );
    },
    async kept(dockingId, eventIds) {
      const found = await model
        .find({ dockingId, eventId: { $in: [...eventIds] }, body: { $ne: null } }, { _id: 0 })
        .lean<Required<Stored>[]>();
      const byId = new Map(found.map((event) => [event.eventId, event]));
      return eventIds.flatMap((eventId) => {
        const event = byId.get(eventId);
        return event ? [{ eventId, type: event.type, body: readJson(event.body) }] : [];
      });
    },
  };
}
