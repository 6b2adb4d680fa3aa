/** The mirrored employees of each docking. */
import { Schema, type Connection } from 'mongoose';
import { groupedReads } from './grouped-reads';
import { batches, bulkUpsert, COLLECTION, collection, findNative, given } from './collection';
import type { Region } from './contact-keys';
import { contentHash } from './content-hash';
import type { Employee, EmployeeState, PulledEmployee } from './directory-records';
import { compareEmployee, learntFrom, type EmployeeComparison } from './employee-changes';
import { employeeKeys, searchPattern, type EmployeeKeys } from './employee-search';
import { findPage, type Page, type PageQuery } from './pagination';

export interface EmployeeQuery extends PageQuery {
  /** Prefix of a name, a later word of it, an email or a mobile in any notation. */
  q?: string;
  /** Department id; members of its sub-departments are not included. */
  department?: string;
  state?: EmployeeState;
}

export interface Employees {
  /** One answer per person, in the order given. Writes nothing. */
  compare(dockingId: string, pulled: readonly PulledEmployee[]): Promise<EmployeeComparison[]>;
  /** Writes what differs. Fields that are undefined stay as they are. */
  bulkApply(
    dockingId: string,
    pulled: readonly PulledEmployee[],
  ): Promise<{ written: number; unchanged: number }>;
  get(dockingId: string, employeeId: string): Promise<Employee | null>;
  /** Unknown ids are missing from the answer. */
  getMany(dockingId: string, employeeIds: readonly string[]): Promise<Employee[]>;
  /** By id. */
  search(dockingId: string, query: EmployeeQuery): Promise<Page<Employee>>;
  /** Gives the number of those who had not left before. */
  markLeft(dockingId: string, employeeIds: readonly string[]): Promise<number>;
  /** Ids of all who have not left. */
  activeIds(dockingId: string): AsyncIterable<string>;
  /** Those who have not left. */
  countPresent(dockingId: string): Promise<number>;
  /** `null` = not known any more. */
  setAvailability(
    dockingId: string,
    employeeIds: readonly string[],
    available: boolean | null,
  ): Promise<void>;
  /** `mobiles` as `mobileKey` gives them. Those who left are included. */
  findByMobile(dockingId: string, mobiles: readonly string[]): Promise<Employee[]>;
  /** `emails` as `emailKey` gives them; matches the email or the enterprise email. Those who left are included. */
  findByEmail(dockingId: string, emails: readonly string[]): Promise<Employee[]>;
}

/** `_id` = docking and employee: looking up many people at once needs no other index. */
interface Stored extends Employee, EmployeeKeys {
  _id: string;
  /** Of the last pull; absent when the record was changed by anything else. */
  contentHash?: string;
}

const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    dockingId: String,
    employeeId: String,
    unionId: String,
    userId: String,
    name: String,
    enName: String,
    email: String,
    enterpriseEmail: String,
    mobile: String,
    jobTitle: String,
    employeeNo: String,
    // Without this mongoose would write [] for "not known".
    departmentIds: { type: [String], default: undefined },
    state: String,
    inAvailability: { type: Boolean, default: null },
    updatedAt: Date,
    searchKeys: [String],
    emailKeys: [String],
    mobileKey: String,
    contentHash: String,
  },
  COLLECTION,
);
// search() without filter: find({dockingId}).sort({employeeId: 1}); all look-ups by ids go by _id
schema.index({ dockingId: 1, employeeId: 1 });
// search({q}): find({dockingId, searchKeys: /^prefix/})
schema.index({ dockingId: 1, searchKeys: 1 });
// search({department}): find({dockingId, departmentIds}).sort({employeeId: 1})
schema.index({ dockingId: 1, departmentIds: 1, employeeId: 1 });
// activeIds(): find({dockingId, state: {$ne: 'left'}}), answered from the index · search({state})
schema.index({ dockingId: 1, state: 1, employeeId: 1 });
// findByMobile(): find({dockingId, mobileKey: {$in}})
schema.index({ dockingId: 1, mobileKey: 1 });
// findByEmail(): find({dockingId, emailKeys: {$in}})
schema.index({ dockingId: 1, emailKeys: 1 });

const INTERNAL = ['_id', 'searchKeys', 'emailKeys', 'mobileKey', 'contentHash'];
const RECORD = Object.fromEntries(INTERNAL.map((field) => [field, 0]));

const keyOf = (dockingId: string, employeeId: string): string => `${dockingId}/${employeeId}`;
const keysOf = (dockingId: string, employeeIds: readonly string[]): string[] =>
  employeeIds.map((employeeId) => keyOf(dockingId, employeeId));

interface Compared {
  pulled: PulledEmployee;
  hash: string;
  stored: Employee | undefined;
  comparison: EmployeeComparison;
  /** Same hash as at the last pull: nothing was compared and nothing is written. */
  skipped: boolean;
}

export function createEmployees(connection: Connection, defaultRegion: Region): Employees {
  const model = collection(connection, 'employees', schema);

  const readMany = (dockingId: string, employeeIds: readonly string[]): Promise<Employee[]> =>
    findNative<Employee>(model, { _id: { $in: keysOf(dockingId, employeeIds) } }, RECORD);

  /** The full records are read only of those whose content differs from the last pull. */
  async function compareBatch(dockingId: string, batch: readonly PulledEmployee[]): Promise<Compared[]> {
    const known = await model
      .find(
        {
          _id: {
            $in: keysOf(
              dockingId,
              batch.map(({ employeeId }) => employeeId),
            ),
          },
        },
        { _id: 0, employeeId: 1, contentHash: 1 },
      )
      .lean<Stored[]>();
    const hashOf = new Map(known.map((stored) => [stored.employeeId, stored.contentHash]));
    const hashed = batch.map((pulled) => {
      const hash = contentHash({
        ...pulled,
        departmentIds: pulled.departmentIds && [...pulled.departmentIds].sort(),
      });
      return { pulled, hash, skipped: hashOf.get(pulled.employeeId) === hash };
    });
    const differing = hashed.filter(({ pulled, skipped }) => !skipped && hashOf.has(pulled.employeeId));
    const records = await readMany(
      dockingId,
      differing.map(({ pulled }) => pulled.employeeId),
    );
    const storedOf = new Map(records.map((record) => [record.employeeId, record]));
    return hashed.map(({ pulled, hash, skipped }) => {
      const stored = storedOf.get(pulled.employeeId);
      const comparison: EmployeeComparison = skipped
        ? { employeeId: pulled.employeeId, kind: 'unchanged', fields: [] }
        : compareEmployee(stored, pulled);
      return { pulled, hash, stored, comparison, skipped };
    });
  }

  const upsert = (dockingId: string, { pulled, hash, stored }: Compared, written: boolean) => {
    const learnt = learntFrom(stored, pulled);
    const change = written
      ? {
          ...learnt,
          ...employeeKeys({ ...stored, ...learnt }, defaultRegion),
          contentHash: hash,
          updatedAt: new Date(),
        }
      : { contentHash: hash };
    return {
      updateOne: {
        filter: { _id: keyOf(dockingId, pulled.employeeId) },
        update: { $set: { dockingId, employeeId: pulled.employeeId, ...change } },
        upsert: written,
      },
    };
  };

  return {
    async compare(dockingId, pulled) {
      const comparisons = [];
      for (const batch of batches(pulled)) {
        for (const { comparison } of await compareBatch(dockingId, batch)) comparisons.push(comparison);
      }
      return comparisons;
    },
    async bulkApply(dockingId, pulled) {
      let written = 0;
      for (const batch of batches(pulled)) {
        const compared = (await compareBatch(dockingId, batch)).filter(({ skipped }) => !skipped);
        const operations = compared.map((person) => {
          const writes = person.comparison.kind !== 'unchanged';
          if (writes) written += 1;
          return upsert(dockingId, person, writes);
        });
        await bulkUpsert(model, operations);
      }
      return { written, unchanged: pulled.length - written };
    },
    get: (dockingId, employeeId) =>
      model.findOne({ _id: keyOf(dockingId, employeeId) }, RECORD).lean<Employee>(),
    getMany: groupedReads(
      async (dockingId, employeeIds) => {
        const found: Employee[] = [];
        for (const batch of batches([...new Set(employeeIds)]))
          found.push(...(await readMany(dockingId, batch)));
        return found;
      },
      ({ employeeId }) => employeeId,
    ),
    async search(dockingId, { q, department, state, ...query }) {
      const pattern = searchPattern(q);
      const filter = {
        dockingId,
        ...given({ state, departmentIds: department, searchKeys: pattern ?? undefined }),
      };
      return findPage<Stored>(model, {
        filter,
        keys: ['employeeId'],
        direction: 1,
        query,
        without: INTERNAL,
      });
    },
    async markLeft(dockingId, employeeIds) {
      let marked = 0;
      for (const batch of batches(employeeIds)) {
        const { modifiedCount } = await model.updateMany(
          { _id: { $in: keysOf(dockingId, batch) }, state: { $ne: 'left' } },
          { $set: { state: 'left', updatedAt: new Date() }, $unset: { contentHash: 1 } },
        );
        marked += modifiedCount;
      }
      return marked;
    },
    async *activeIds(dockingId) {
      const cursor = model
        .find({ dockingId, state: { $ne: 'left' } }, { _id: 0, employeeId: 1 })
        .lean<Pick<Stored, 'employeeId'>[]>()
        .cursor({ batchSize: 1000 });
      for await (const { employeeId } of cursor) yield employeeId;
    },
    countPresent: (dockingId) => model.countDocuments({ dockingId, state: { $ne: 'left' } }),
    async setAvailability(dockingId, employeeIds, available) {
      for (const batch of batches(employeeIds)) {
        await model.updateMany(
          { _id: { $in: keysOf(dockingId, batch) }, inAvailability: { $ne: available } },
          { $set: { inAvailability: available, updatedAt: new Date() } },
        );
      }
    },
    findByMobile: (dockingId, mobiles) =>
      model.find({ dockingId, mobileKey: { $in: [...mobiles] } }, RECORD).lean<Employee[]>(),
    findByEmail: (dockingId, emails) =>
      model.find({ dockingId, emailKeys: { $in: [...emails] } }, RECORD).lean<Employee[]>(),
  };
}
