/** The mirrored departments. */
import { Schema, type Connection } from 'mongoose';
import { batches, bulkUpsert, COLLECTION, collection, given } from './collection';
import { contentHash } from './content-hash';
import type { Department, PulledDepartment } from './directory-records';
import { findPage, type Page, type PageQuery } from './pagination';

export interface Departments {
  /** Writes those whose content differs from the last pull. `runId` = the sync run that pulled them. */
  bulkUpsert(
    dockingId: string,
    pulled: readonly PulledDepartment[],
    runId: string,
  ): Promise<{ written: number; unchanged: number }>;
  /** By id, deleted ones included. */
  list(dockingId: string, query: PageQuery & { state?: Department['state'] }): Promise<Page<Department>>;
  get(dockingId: string, departmentId: string): Promise<Department | null>;
  getMany(dockingId: string, departmentIds: readonly string[]): Promise<Department[]>;
  /** Those that are not deleted. */
  ids(dockingId: string): Promise<string[]>;
  /** Those that are not deleted and lie below any of the given ones, at any depth. */
  below(dockingId: string, departmentIds: readonly string[]): Promise<string[]>;
  /** Only after a complete pull: the others are marked as deleted; gives their number. */
  markMissing(dockingId: string, seenIds: Iterable<string>): Promise<number>;
}

interface Stored extends Department {
  contentHash?: string;
  /** The run that last changed it: where an operator looks when a department is odd. */
  changedByRun?: string;
}

const schema = new Schema<Stored>(
  {
    dockingId: String,
    departmentId: String,
    parentId: String,
    name: String,
    enName: String,
    leaderEmployeeId: String,
    memberCount: Number,
    state: String,
    contentHash: String,
    changedByRun: String,
  },
  COLLECTION,
);
// get(), getMany(), bulkUpsert(): {dockingId, departmentId} · list(), ids(): find({dockingId}).sort({departmentId: 1})
schema.index({ dockingId: 1, departmentId: 1 }, { unique: true });

// below(): find({dockingId, parentId: {$in}})
schema.index({ dockingId: 1, parentId: 1 });

const INTERNAL = ['_id', 'contentHash', 'changedByRun'];
const RECORD = { _id: 0, contentHash: 0, changedByRun: 0 };

export function createDepartments(connection: Connection): Departments {
  const model = collection(connection, 'departments', schema);

  async function activeIds(dockingId: string): Promise<string[]> {
    const found = await model
      .find({ dockingId, state: 'active' }, { _id: 0, departmentId: 1 })
      .lean<Pick<Stored, 'departmentId'>[]>();
    return found.map(({ departmentId }) => departmentId);
  }

  return {
    async bulkUpsert(dockingId, pulled, runId) {
      const changed = [];
      for (const batch of batches(pulled)) {
        const known = await model
          .find(
            { dockingId, departmentId: { $in: batch.map(({ departmentId }) => departmentId) } },
            { _id: 0, departmentId: 1, contentHash: 1 },
          )
          .lean<Stored[]>();
        const hashes = new Map(known.map((stored) => [stored.departmentId, stored.contentHash]));
        for (const department of batch) {
          const hash = contentHash(department);
          if (hashes.get(department.departmentId) !== hash) changed.push({ department, hash });
        }
      }
      await bulkUpsert(
        model,
        changed.map(({ department, hash }) => ({
          updateOne: {
            filter: { dockingId, departmentId: department.departmentId },
            update: { $set: { ...given(department), contentHash: hash, changedByRun: runId } },
            upsert: true,
          },
        })),
      );
      return { written: changed.length, unchanged: pulled.length - changed.length };
    },
    async list(dockingId, { state, ...query }) {
      const filter = { dockingId, ...given({ state }) };
      return findPage(model, { filter, keys: ['departmentId'], direction: 1, query, without: INTERNAL });
    },
    get: (dockingId, departmentId) => model.findOne({ dockingId, departmentId }, RECORD).lean<Department>(),
    getMany: (dockingId, departmentIds) =>
      model.find({ dockingId, departmentId: { $in: [...departmentIds] } }, RECORD).lean<Department[]>(),
    ids: activeIds,
    async below(dockingId, departmentIds) {
      const found: string[] = [];
      for (let parents = [...departmentIds]; parents.length > 0;) {
        const children = await model
          .find({ dockingId, state: 'active', parentId: { $in: parents } }, { _id: 0, departmentId: 1 })
          .lean<Pick<Stored, 'departmentId'>[]>();
        const seen = new Set(found);
        parents = children.map(({ departmentId }) => departmentId).filter((id) => !seen.has(id));
        found.push(...parents);
      }
      return found;
    },
    async markMissing(dockingId, seenIds) {
      const seen = new Set(seenIds);
      const missing = (await activeIds(dockingId)).filter((departmentId) => !seen.has(departmentId));
      let marked = 0;
      for (const batch of batches(missing)) {
        const { modifiedCount } = await model.updateMany(
          { dockingId, departmentId: { $in: batch } },
          { $set: { state: 'deleted' }, $unset: { contentHash: 1 } },
        );
        marked += modifiedCount;
      }
      return marked;
    },
  };
}
