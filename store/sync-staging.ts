/** What a sync has pulled, before anything is decided about it. */
import { Schema, type Connection } from 'mongoose';
import { bulkUpsert, COLLECTION, collection } from './collection';
import type { PulledDepartment, PulledEmployee } from './directory-records';
import { readJson, writeJson } from './json';
import type { PullCursor, SyncCursors } from './sync-cursors';

export interface StagedRecords {
  department: PulledDepartment;
  employee: PulledEmployee;
}
export type StagedKind = keyof StagedRecords;

export interface SyncStaging {
  /**
   * Keeps one page, then the cursor of the next: after a crash in between the page is pulled again and changes
   * nothing. One record per run and id; a person who is listed in several departments is kept once.
   */
  put<Kind extends StagedKind>(
    runId: string,
    dockingId: string,
    kind: Kind,
    records: readonly StagedRecords[Kind][],
    page?: PullCursor,
  ): Promise<void>;
  counts(runId: string): Promise<{ departments: number; employees: number }>;
  /** By id. */
  stream<Kind extends StagedKind>(runId: string, kind: Kind): AsyncIterable<StagedRecords[Kind]>;
  ids(runId: string, kind: StagedKind): AsyncIterable<string>;
  getMany<Kind extends StagedKind>(
    runId: string,
    kind: Kind,
    ids: readonly string[],
  ): Promise<StagedRecords[Kind][]>;
  getCursor(runId: string, departmentId: string): Promise<PullCursor | null>;
  setCursor(runId: string, cursor: PullCursor): Promise<void>;
  cursors(runId: string): Promise<PullCursor[]>;
  /** Forgets everything that the run has pulled. */
  drop(runId: string): Promise<void>;
}

/** `_id` = run, kind and record: looking up many at once needs no other index. */
interface Stored {
  _id: string;
  runId: string;
  dockingId: string;
  kind: StagedKind;
  recordId: string;
  /** JSON. */
  record: string;
}

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    runId: String,
    dockingId: String,
    kind: String,
    recordId: String,
    record: String,
  },
  COLLECTION,
);
// counts(), drop(): {runId} · stream(), ids(): find({runId, kind}).sort({recordId: 1}); put(), getMany() go by _id
schema.index({ runId: 1, kind: 1, recordId: 1 });
// removal of a docking: deleteMany({dockingId})
schema.index({ dockingId: 1 });

export function createSyncStaging(connection: Connection, cursors: SyncCursors): SyncStaging {
  const model = collection(connection, 'sync-staging', schema);
  return {
    async put(runId, dockingId, kind, records, page) {
      await bulkUpsert(
        model,
        records.map((record) => ({
          updateOne: {
            filter: { _id: keyOf(runId, kind, idOf(record)) },
            update: {
              $set: { runId, dockingId, kind, recordId: idOf(record), record: writeJson(record) },
            },
            upsert: true,
          },
        })),
      );
      if (page) await cursors.set(runId, page);
    },
    async counts(runId) {
      const [departments, employees] = await Promise.all([
        model.countDocuments({ runId, kind: 'department' }),
        model.countDocuments({ runId, kind: 'employee' }),
      ]);
      return { departments, employees };
    },
    async *stream(runId, kind) {
      const cursor = model
        .find({ runId, kind }, { _id: 0, record: 1 })
        .sort({ recordId: 1 })
        .lean<Pick<Stored, 'record'>[]>()
        .cursor({ batchSize: 500 });
      for await (const { record } of cursor) yield readJson(record);
    },
    async *ids(runId, kind) {
      const cursor = model
        .find({ runId, kind }, { _id: 0, recordId: 1 })
        .sort({ recordId: 1 })
        .lean<Pick<Stored, 'recordId'>[]>()
        .cursor({ batchSize: 1000 });
      for await (const { recordId } of cursor) yield recordId;
    },
    async getMany(runId, kind, ids) {
      const found = await model
        .find({ _id: { $in: ids.map((id) => keyOf(runId, kind, id)) } }, { _id: 0, record: 1 })
        .lean<Pick<Stored, 'record'>[]>();
      return found.map(({ record }) => readJson(record));
    },
    getCursor: (runId, departmentId) => cursors.get(runId, departmentId),
    setCursor: (runId, cursor) => cursors.set(runId, cursor),
    cursors: (runId) => cursors.list(runId),
    async drop(runId) {
      await model.deleteMany({ runId });
      await cursors.drop(runId);
    },
  };
}

const keyOf = (runId: string, kind: StagedKind, recordId: string): string => `${runId}/${kind}/${recordId}`;

const idOf = (record: PulledDepartment | PulledEmployee): string =>
  'employeeId' in record ? record.employeeId : record.departmentId;
