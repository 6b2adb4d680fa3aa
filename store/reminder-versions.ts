/** Earlier versions of the reminder settings: verdicts name the version they were judged by. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, insertOnce } from './collection';
import { readJson, writeJson } from './json';
import type { ReminderSettings } from './notification-records';

export interface ReminderVersions {
  /** Repeats safely. */
  keep(settings: ReminderSettings): Promise<void>;
  get(dockingId: string, version: number): Promise<ReminderSettings | null>;
}

interface Stored extends Omit<ReminderSettings, 'rules'> {
  /** JSON. */
  rules: string;
}

const schema = new Schema<Stored>(
  { dockingId: String, version: Number, enabled: Boolean, rules: String, updatedAt: Date, updatedBy: String },
  COLLECTION,
);
// keep(), get(): {dockingId, version}
schema.index({ dockingId: 1, version: 1 }, { unique: true });

export function createReminderVersions(connection: Connection): ReminderVersions {
  const model = collection(connection, 'reminder-versions', schema);
  return {
    async keep(settings) {
      await insertOnce(model, { ...settings, rules: writeJson(settings.rules) });
    },
    async get(dockingId, version) {
      const found = await model.findOne({ dockingId, version }, { _id: 0 }).lean<Stored>();
      return found ? { ...found, rules: readJson(found.rules) } : null;
    },
  };
}
