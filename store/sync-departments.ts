/** The departments of one sync run in the order they were listed, each with what is still to be read about it. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection } from './collection';
import type { PulledDepartment } from './directory-records';

/** `subtree` asks for all levels at once, `level` for the next level only (the platform refused the whole tree). */
export type ChildrenState = 'subtree' | 'level' | 'listed';
/**
 * `doubtful` = waiting, and somebody on a page read so far could not be told. `unreadable` = not all of its people are
 * known and never will be in this run: nothing may be concluded about those who were not seen.
 */
export type PeopleState = 'waiting' | 'doubtful' | 'pulled' | 'unreadable';

export interface SyncDepartment {
  runId: string;
  departmentId: string;
  /** 0, 1, 2 … in the order of listing: batches are ranges of places. */
  place: number;
  /** Null for the root, which is no department of its own. */
  record: PulledDepartment | null;
  children: ChildrenState;
  /** Where its list of sub-departments goes on; null = from the start. */
  childrenCursor: string | null;
  people: PeopleState;
  peopleCursor: string | null;
}

export interface SyncDepartments {
  /** Adds those that the run does not have yet, at the end. One caller at a time per run. */
  add(
    runId: string,
    departments: readonly { departmentId: string; record: PulledDepartment | null }[],
    children: ChildrenState,
  ): Promise<void>;
  count(runId: string): Promise<number>;
  /** The first ones whose sub-departments are not all listed. */
  toList(runId: string, limit: number): Promise<SyncDepartment[]>;
  setChildren(
    runId: string,
    departmentId: string,
    children: ChildrenState,
    cursor: string | null,
  ): Promise<void>;
  /** Those in places `from` (inclusive) to `to` (exclusive) whose people are not all read. */
  toPull(runId: string, from: number, to: number): Promise<SyncDepartment[]>;
  setPeople(runId: string, departmentId: string, people: PeopleState, cursor: string | null): Promise<void>;
  unreadableIds(runId: string): Promise<string[]>;
  /** Those of `departmentIds` whose people are all known. */
  pulledAmong(runId: string, departmentIds: readonly string[]): Promise<Set<string>>;
  /** Names of those of `departmentIds` that the run has listed with one. */
  names(runId: string, departmentIds: readonly string[]): Promise<Map<string, string>>;
  /** What an event told about them meanwhile: replaces the record, or adds it when the run has not listed it. */
  refresh(runId: string, records: readonly PulledDepartment[]): Promise<void>;
  /** All records by place, without the root. */
  stream(runId: string): AsyncIterable<PulledDepartment>;
  drop(runId: string): Promise<void>;
}

const schema = new Schema<SyncDepartment>(
  {
    runId: String,
    departmentId: String,
    place: Number,
    record: Schema.Types.Mixed,
    children: String,
    childrenCursor: String,
    people: String,
    peopleCursor: String,
  },
  COLLECTION,
);
// add(), setChildren(), setPeople(), pulledAmong(), names(): {runId, departmentId}
schema.index({ runId: 1, departmentId: 1 }, { unique: true });
// toPull(), stream(), count(): find({runId, place: range}).sort({place: 1}); two listers never share a place
schema.index({ runId: 1, place: 1 }, { unique: true });
// toList(): find({runId, children: {$in}}).sort({place: 1})
schema.index({ runId: 1, children: 1, place: 1 });

const RECORD = { _id: 0 };

export function createSyncDepartments(connection: Connection): SyncDepartments {
  const model = collection(connection, 'sync-departments', schema);

  const repository: SyncDepartments = {
    async add(runId, departments, children) {
      const ids = departments.map(({ departmentId }) => departmentId);
      const known = await model
        .find({ runId, departmentId: { $in: ids } }, { _id: 0, departmentId: 1 })
        .lean<Pick<SyncDepartment, 'departmentId'>[]>();
      const seen = new Set(known.map(({ departmentId }) => departmentId));
      const fresh = departments.filter(({ departmentId }) => {
        const isNew = !seen.has(departmentId);
        seen.add(departmentId);
        return isNew;
      });
      if (fresh.length === 0) return;
      const last = await model
        .findOne({ runId }, { _id: 0, place: 1 })
        .sort({ place: -1 })
        .lean<Pick<SyncDepartment, 'place'>>();
      const first = (last?.place ?? -1) + 1;
      // In order: places stay without gaps even when the process dies in the middle.
      await model.collection.insertMany(
        fresh.map(({ departmentId, record }, index): SyncDepartment => ({
          runId,
          departmentId,
          place: first + index,
          record,
          children,
          childrenCursor: null,
          people: 'waiting',
          peopleCursor: null,
        })),
        { ordered: true },
      );
    },
    count: (runId) => model.countDocuments({ runId }),
    toList: (runId, limit) =>
      model
        .find({ runId, children: { $in: ['subtree', 'level'] } }, RECORD)
        .sort({ place: 1 })
        .limit(limit)
        .lean<SyncDepartment[]>(),
    async setChildren(runId, departmentId, children, cursor) {
      await model.updateOne({ runId, departmentId }, { $set: { children, childrenCursor: cursor } });
    },
    toPull: (runId, from, to) =>
      model
        .find({ runId, place: { $gte: from, $lt: to }, people: { $in: ['waiting', 'doubtful'] } }, RECORD)
        .sort({ place: 1 })
        .lean<SyncDepartment[]>(),
    async setPeople(runId, departmentId, people, cursor) {
      await model.updateOne({ runId, departmentId }, { $set: { people, peopleCursor: cursor } });
    },
    async unreadableIds(runId) {
      const found = await model
        .find({ runId, people: 'unreadable' }, { _id: 0, departmentId: 1 })
        .lean<Pick<SyncDepartment, 'departmentId'>[]>();
      return found.map(({ departmentId }) => departmentId);
    },
    async pulledAmong(runId, departmentIds) {
      const found = await model
        .find(
          { runId, departmentId: { $in: [...departmentIds] }, people: 'pulled' },
          { _id: 0, departmentId: 1 },
        )
        .lean<Pick<SyncDepartment, 'departmentId'>[]>();
      return new Set(found.map(({ departmentId }) => departmentId));
    },
    async names(runId, departmentIds) {
      const found = await model
        .find({ runId, departmentId: { $in: [...departmentIds] } }, { _id: 0, departmentId: 1, record: 1 })
        .lean<Pick<SyncDepartment, 'departmentId' | 'record'>[]>();
      return new Map(
        found.flatMap(({ departmentId, record }) => (record?.name ? [[departmentId, record.name]] : [])),
      );
    },
    async refresh(runId, records) {
      const fresh = [];
      for (const record of records) {
        const { departmentId } = record;
        const { matchedCount } = await model.updateOne({ runId, departmentId }, { $set: { record } });
        if (matchedCount === 0 && record.state === 'active') fresh.push({ departmentId, record });
      }
      await repository.add(runId, fresh, 'listed');
    },
    async *stream(runId) {
      const found = model
        .find({ runId }, { _id: 0, record: 1 })
        .sort({ place: 1 })
        .lean<SyncDepartment[]>()
        .cursor();
      for await (const { record } of found) if (record) yield record;
    },
    async drop(runId) {
      await model.deleteMany({ runId });
    },
  };
  return repository;
}
