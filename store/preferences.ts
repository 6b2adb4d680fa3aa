/** What each employee wants to be told, when, and in which language. */
import { Schema, type Connection } from 'mongoose';
import { groupedReads } from './grouped-reads';
import { COLLECTION, collection, raceSafe } from './collection';
import { readJson, writeJson } from './json';

export interface QuietHours {
  /** `22:00`; `to` before `from` means the next morning. */
  from: string;
  to: string;
  /** 1 = Monday … 7 = Sunday: the days on which they begin. */
  days: number[];
  /** IANA zone. */
  timeZone: string;
}

export interface Preferences {
  quietHours: QuietHours | null;
  language: 'zh' | 'en' | null;
  /** IANA zone. */
  timeZone: string | null;
  /** Per event type and receiver role: false = do not tell me. What is not named is told. */
  events: Record<string, Record<string, boolean>>;
  digest: { every: 'hour' | 'day'; at: string | null } | null;
}

export interface PreferenceStore {
  /** Null when the employee has none. */
  get(dockingId: string, employeeId: string): Promise<Preferences | null>;
  getMany(dockingId: string, employeeIds: readonly string[]): Promise<Map<string, Preferences>>;
  put(dockingId: string, employeeId: string, preferences: Preferences): Promise<void>;
}

interface Stored {
  dockingId: string;
  employeeId: string;
  /** JSON. */
  preferences: string;
}

const schema = new Schema<Stored>({ dockingId: String, employeeId: String, preferences: String }, COLLECTION);
// all functions: {dockingId, employeeId}
schema.index({ dockingId: 1, employeeId: 1 }, { unique: true });

export function createPreferences(connection: Connection): PreferenceStore {
  const model = collection(connection, 'preferences', schema);

  const find = groupedReads<Stored>(
    async (dockingId, employeeIds) =>
      model.find({ dockingId, employeeId: { $in: [...employeeIds] } }, { _id: 0 }).lean<Stored[]>(),
    ({ employeeId }) => employeeId,
  );

  async function getMany(
    dockingId: string,
    employeeIds: readonly string[],
  ): Promise<Map<string, Preferences>> {
    const found = await find(dockingId, employeeIds);
    return new Map(found.map(({ employeeId, preferences }) => [employeeId, readJson(preferences)]));
  }

  return {
    getMany,
    async get(dockingId, employeeId) {
      return (await getMany(dockingId, [employeeId])).get(employeeId) ?? null;
    },
    async put(dockingId, employeeId, preferences) {
      await raceSafe(() =>
        model.updateOne(
          { dockingId, employeeId },
          { $set: { preferences: writeJson(preferences) } },
          { upsert: true },
        ),
      );
    },
  };
}
