/** Who did what. Entries are only ever added; they stay when a docking is removed. */
import { randomUUID } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, given, insertOnce, toRecord } from './collection';
import type { AuditEntry } from './docking-records';
import { readJson, writeJson } from './json';
import { findPage, type Page, type PageQuery } from './pagination';

export interface Audit {
  /** Gets its id here, unless given to append the same entry once only; `at` defaults to now. */
  append(entry: Omit<AuditEntry, 'id' | 'at'> & { id?: string; at?: Date }): Promise<AuditEntry>;
  /** Latest first. Without `dockingId`: of all dockings and of none. */
  list(query: PageQuery & { dockingId?: string | null }): Promise<Page<AuditEntry>>;
}

interface Stored extends Omit<AuditEntry, 'id' | 'detail'> {
  _id: string;
  /** JSON. */
  detail: string;
}

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    dockingId: String,
    at: Date,
    actor: String,
    action: String,
    detail: String,
    from: String,
  },
  COLLECTION,
);
// list({dockingId}): find({dockingId}).sort({at: -1, _id: -1})
schema.index({ dockingId: 1, at: -1, _id: -1 });
// list(): find({}).sort({at: -1, _id: -1})
schema.index({ at: -1, _id: -1 });

export function createAudit(connection: Connection): Audit {
  const model = collection(connection, 'audit', schema);
  return {
    async append({ id = `aud_${randomUUID().replaceAll('-', '')}`, at = new Date(), ...rest }) {
      const entry = { id, at, ...rest };
      const { detail, ...content } = rest;
      await insertOnce(model, { _id: id, at, ...content, detail: writeJson(detail) });
      return entry;
    },
    async list({ dockingId, ...query }) {
      const page = await findPage<Stored>(model, {
        filter: given({ dockingId }),
        keys: ['at', '_id'],
        direction: -1,
        query,
      });
      return { ...page, items: page.items.map(toEntry) };
    },
  };
}

const toEntry = (stored: Stored): AuditEntry => ({ ...toRecord(stored), detail: readJson(stored.detail) });
