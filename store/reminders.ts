/** The reminder settings in force. */
import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Schema, type Connection } from 'mongoose';
import type { ReminderRule } from '../rules';
import { COLLECTION, collection, insertOnce } from './collection';
import { readJson, writeJson } from './json';
import type { ReminderSettings } from './notification-records';
import type { ReminderVersions } from './reminder-versions';
import { createShortMemory } from './short-memory';

/** A rule without id is a new one and gets its id on saving. */
export type ReminderRuleDraft = Omit<ReminderRule, 'id'> & { id?: string };

/** `version` = the one in force, when it is not the expected one. */
export type SaveResult = { ok: true; settings: ReminderSettings } | { ok: false; version: number };

export interface Reminders {
  /** Version 0, switched off and without rules when nothing was ever saved. */
  get(dockingId: string): Promise<ReminderSettings>;
  /** What to judge events by: what this process saves is seen at once, what others save within a second. */
  atWork(dockingId: string): Promise<ReminderSettings>;
  /** Saves version `expectedVersion` + 1; of two who expect the same version one wins. */
  save(
    dockingId: string,
    expectedVersion: number,
    settings: { enabled: boolean; rules: readonly ReminderRuleDraft[] },
    by: string,
  ): Promise<SaveResult>;
  /** Any version that was ever in force. */
  getVersion(dockingId: string, version: number): Promise<ReminderSettings | null>;
}

interface Stored extends Omit<ReminderSettings, 'dockingId' | 'rules'> {
  _id: string;
  /** JSON. */
  rules: string;
}

/** Read and written by `_id` = docking id only. */
const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    enabled: Boolean,
    version: Number,
    rules: String,
    updatedAt: Date,
    updatedBy: String,
  },
  COLLECTION,
);

/** Rule sets that this process has read; a version never changes. */
const KNOWN = 500;
const AT_WORK_MS = 1_000;

export function createReminders(connection: Connection, versions: ReminderVersions): Reminders {
  const model = collection(connection, 'reminders', schema);

  const known = new LRUCache<string, ReminderSettings>({ max: KNOWN });

  /** Asks for the version only; the rules themselves are read once per version. */
  async function get(dockingId: string): Promise<ReminderSettings> {
    const remembered = known.get(dockingId);
    if (remembered) {
      const now = await model.findOne({ _id: dockingId }, { version: 1 }).lean<Pick<Stored, 'version'>>();
      if (now?.version === remembered.version) return remembered;
      known.delete(dockingId);
    }
    const settings = await read(dockingId);
    if (settings.version > 0) known.set(dockingId, settings);
    return settings;
  }

  async function read(dockingId: string): Promise<ReminderSettings> {
    const found = await model.findOne({ _id: dockingId }).lean<Stored>();
    if (!found)
      return { dockingId, enabled: false, version: 0, rules: [], updatedAt: new Date(0), updatedBy: '' };
    const { _id, rules, ...settings } = found;
    return { dockingId: _id, ...settings, rules: readJson(rules) };
  }

  const memory = createShortMemory<ReminderSettings>({
    ttlMs: AT_WORK_MS,
    // Whatever keeps reminders from working is looked up each time, so that switching them on is seen at once.
    keeps: ({ enabled }) => enabled,
    read: get,
  });

  return {
    get,
    async atWork(dockingId) {
      return (await memory.get(dockingId)) ?? get(dockingId);
    },
    async save(dockingId, expectedVersion, { enabled, rules }, by) {
      const current = await get(dockingId);
      if (current.version !== expectedVersion) return { ok: false, version: current.version };
      // Kept before it is replaced, so that a crash in between loses no version.
      if (current.version > 0) await versions.keep(current);
      const settings: ReminderSettings = {
        dockingId,
        enabled,
        version: expectedVersion + 1,
        rules: rules.map((rule) => ({ ...rule, id: rule.id ?? newRuleId() })),
        updatedAt: new Date(),
        updatedBy: by,
      };
      const { dockingId: _id, ...content } = settings;
      const stored = { ...content, rules: writeJson(content.rules) };
      const won =
        expectedVersion === 0
          ? await insertOnce(model, { _id, ...stored })
          : (await model.updateOne({ _id, version: expectedVersion }, { $set: stored })).matchedCount === 1;
      memory.forget(dockingId);
      return won ? { ok: true, settings } : { ok: false, version: (await get(dockingId)).version };
    },
    async getVersion(dockingId, version) {
      const current = await get(dockingId);
      if (current.version === version) return version > 0 ? current : null;
      return versions.get(dockingId, version);
    },
  };
}

const newRuleId = (): string => `rule_${randomBytes(6).toString('hex')}`;
