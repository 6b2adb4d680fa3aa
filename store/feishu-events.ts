/** Events that Feishu has sent, in ids: it repeats them, and what they ask for must survive a crash. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, given, insertOnce } from './collection';
import type { VersionAudit } from './docking-records';

/** What an event of the platform asks for. Ids, times and a reviewer's words; whatever else it told is read again. */
export interface FeishuEventNote {
  eventId: string;
  /** The platform's name, e.g. `contact.user.updated_v3`. */
  type: string;
  /** open_id of the person or open_department_id of the department. */
  subjectId?: string;
  /** People whom a change of the contact range names. */
  employeeIds?: string[];
  /** Read at `at` by `subjectId`. */
  messageIds?: string[];
  at?: Date;
  audit?: VersionAudit;
}

export interface FeishuEvents {
  /** Durable when it resolves. True the first time, false for a repetition within a week. */
  note(dockingId: string, note: FeishuEventNote): Promise<boolean>;
  /** Everything that it asks for was handed over. */
  settle(dockingId: string, eventId: string): Promise<void>;
  /** Of all dockings, oldest first: noted longer ago than that and not settled. */
  unsettled(query: {
    olderThanMs: number;
    limit: number;
  }): Promise<{ dockingId: string; note: FeishuEventNote }[]>;
}

interface Stored extends FeishuEventNote {
  dockingId: string;
  seenAt: Date;
  settled: boolean;
}

const schema = new Schema<Stored>(
  {
    dockingId: String,
    eventId: String,
    seenAt: Date,
    settled: Boolean,
    type: String,
    subjectId: String,
    employeeIds: { type: [String], default: undefined },
    messageIds: { type: [String], default: undefined },
    at: Date,
    audit: Schema.Types.Mixed,
  },
  COLLECTION,
);
// note(), settle(): {dockingId, eventId}
schema.index({ dockingId: 1, eventId: 1 }, { unique: true });
// unsettled(): find({settled: false, seenAt: {$lt}}).sort({seenAt: 1})
schema.index({ settled: 1, seenAt: 1 });
// clears old ones: TTL, a week (the platform repeats for some hours)
schema.index({ seenAt: 1 }, { expireAfterSeconds: 604_800 });

export function createFeishuEvents(connection: Connection): FeishuEvents {
  const model = collection(connection, 'feishu-events', schema);
  return {
    note: (dockingId, note) =>
      insertOnce(model, { dockingId, seenAt: new Date(), settled: false, ...given(note) }),
    async settle(dockingId, eventId) {
      await model.updateOne({ dockingId, eventId }, { $set: { settled: true } });
    },
    async unsettled({ olderThanMs, limit }) {
      const found = await model
        .find({ settled: false, seenAt: { $lt: new Date(Date.now() - olderThanMs) } }, { _id: 0 })
        .sort({ seenAt: 1 })
        .limit(limit)
        .lean<Stored[]>();
      return found.map(({ dockingId, seenAt: _seenAt, settled: _settled, ...note }) => ({ dockingId, note }));
    },
  };
}
