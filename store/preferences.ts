/** What each employee wants to be told, when, and in which language. */
import { Schema, type Connection } from 'mongoose';
import { groupedReads } from './grouped-reads';
import { COLLECTION, collection, findNative, raceSafe } from './collection';
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
  /** Per event type (`*` = all others) and how the ticket is theirs: false = do not tell me. What is not named is told. */
  events: Record<string, Partial<Record<Relation, boolean>>>;
  digest: { every: 'hour' | 'day'; at: string | null } | null;
}

/** mine: they hold, made or are named in it · group: their group has it · followed: they follow it, or are in copy. */
export type Relation = 'mine' | 'group' | 'followed';

/** What holds for everybody of a docking. */
export interface PreferenceDefaults extends Preferences {
  /** Event types that nobody can switch off. */
  floor: string[];
}

/** What applies to one person: their own wishes, else the docking's; the floor is the docking's in any case. */
export interface EffectivePreferences extends Preferences {
  floor: string[];
  /** False = the docking's. */
  own: boolean;
}

export interface PreferenceStore {
  /** Null when neither the employee nor the docking has any. */
  get(dockingId: string, employeeId: string): Promise<EffectivePreferences | null>;
  /** Of those that have any. */
  getMany(dockingId: string, employeeIds: readonly string[]): Promise<Map<string, EffectivePreferences>>;
  put(dockingId: string, employeeId: string, preferences: Preferences): Promise<void>;
  /** Back to the docking's. */
  remove(dockingId: string, employeeId: string): Promise<void>;
  defaults(dockingId: string): Promise<PreferenceDefaults | null>;
  putDefaults(dockingId: string, defaults: PreferenceDefaults): Promise<void>;
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

/** No employee has this id. */
const EVERYBODY = '*';

export function createPreferences(connection: Connection): PreferenceStore {
  const model = collection(connection, 'preferences', schema);

  const find = groupedReads<Stored>(
    (dockingId, employeeIds) =>
      findNative<Stored>(model, { dockingId, employeeId: { $in: [...employeeIds] } }, { _id: 0 }),
    ({ employeeId }) => employeeId,
  );

  const read = async (dockingId: string, ids: readonly string[]): Promise<Map<string, unknown>> => {
    const found = await find(dockingId, ids);
    return new Map(found.map(({ employeeId, preferences }) => [employeeId, readJson(preferences)]));
  };
  const write = async (dockingId: string, employeeId: string, preferences: Preferences): Promise<void> => {
    const $set = { preferences: writeJson(preferences) };
    await raceSafe(() => model.updateOne({ dockingId, employeeId }, { $set }, { upsert: true }));
  };
  const getMany: PreferenceStore['getMany'] = async (dockingId, employeeIds) => {
    const found = await read(dockingId, [...employeeIds, EVERYBODY]);
    const everybody = (found.get(EVERYBODY) as PreferenceDefaults | undefined) ?? null;
    const floor = everybody?.floor ?? [];
    return new Map(
      employeeIds.flatMap((id): [string, EffectivePreferences][] => {
        const own = found.get(id) as Preferences | undefined;
        const wishes = own ?? everybody;
        return wishes ? [[id, { ...wishes, floor, own: own !== undefined }]] : [];
      }),
    );
  };

  return {
    getMany,
    async get(dockingId, employeeId) {
      return (await getMany(dockingId, [employeeId])).get(employeeId) ?? null;
    },
    put: write,
    async remove(dockingId, employeeId) {
      await model.deleteOne({ dockingId, employeeId });
    },
    async defaults(dockingId) {
      return ((await read(dockingId, [EVERYBODY])).get(EVERYBODY) as PreferenceDefaults | undefined) ?? null;
    },
    putDefaults: (dockingId, defaults) => write(dockingId, EVERYBODY, defaults),
  };
}
