/** Runs of the directory sync. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, given, insertOnce } from './collection';
import type { SyncCounts, SyncRun, SyncState } from './directory-records';
import { NotFound } from './errors';
import { findPage, type Page, type PageQuery } from './pagination';

/** A run of which nothing is known yet but who wants what. */
export type NewSyncRun = Pick<SyncRun, 'runId' | 'dockingId' | 'mode' | 'startedBy' | 'startedAt'>;

export interface SyncRuns {
  /** Repeats safely: a run that exists stays as it is. */
  open(run: NewSyncRun): Promise<void>;
  get(runId: string): Promise<SyncRun | null>;
  latest(dockingId: string, state?: SyncState): Promise<SyncRun | null>;
  /** Latest first. */
  list(dockingId: string, query: PageQuery): Promise<Page<SyncRun>>;
  /** Fails with `NotFound`. */
  patch(
    runId: string,
    fields: Partial<Omit<SyncRun, 'runId' | 'dockingId' | 'calls' | 'callsByApi'>>,
  ): Promise<void>;
  /** Adds platform calls that the run has made, by API; several activities count at once. */
  addCalls(runId: string, calls: ReadonlyMap<string, number>): Promise<void>;
  /**
   * Notes how far the pull is and tells the state of the run, so that a pause is seen with the next page. `read` =
   * people of the page before; what other lanes noted meanwhile is kept.
   */
  advance(
    runId: string,
    seen: Omit<SyncRun['progress'], 'employees'> & { read: number },
  ): Promise<SyncState | null>;
}

/** Calls by API under keys that the database takes as the name of a field. */
interface Stored extends Omit<SyncRun, 'callsByApi'> {
  callsByApi?: Record<string, number>;
}

const schema = new Schema<Stored>(
  {
    runId: String,
    dockingId: String,
    mode: String,
    state: String,
    progress: Schema.Types.Mixed,
    counts: Schema.Types.Mixed,
    calls: Number,
    callsByApi: Schema.Types.Mixed,
    reason: String,
    startedBy: String,
    startedAt: Date,
    finishedAt: Date,
  },
  COLLECTION,
);
// get(), patch(): {runId}
schema.index({ runId: 1 }, { unique: true });
// list(), latest(): find({dockingId}).sort({startedAt: -1, runId: -1})
schema.index({ dockingId: 1, startedAt: -1, runId: -1 });

export const NO_SYNC_COUNTS: Readonly<SyncCounts> = {
  joined: 0,
  changed: 0,
  moved: 0,
  left: 0,
  returned: 0,
  unchanged: 0,
  parked: 0,
};

const BEGUN: Omit<Stored, keyof NewSyncRun> = {
  state: 'running',
  progress: {
    departments: 0,
    employees: 0,
    percent: 0,
    etaSeconds: null,
    ratePerMinute: null,
    current: null,
  },
  counts: NO_SYNC_COUNTS,
  calls: 0,
  callsByApi: {},
  reason: null,
  finishedAt: null,
};

export function createSyncRuns(connection: Connection): SyncRuns {
  const model = collection(connection, 'sync-runs', schema);
  return {
    async open(run) {
      await insertOnce(model, { ...BEGUN, ...run });
    },
    async get(runId) {
      const found = await model.findOne({ runId }, { _id: 0 }).lean<Stored>();
      return found && toRun(found);
    },
    async latest(dockingId, state) {
      const found = await model
        .findOne({ dockingId, ...given({ state }) }, { _id: 0 })
        .sort({ startedAt: -1, runId: -1 })
        .lean<Stored>();
      return found && toRun(found);
    },
    async list(dockingId, query) {
      const page = await findPage<Stored>(model, {
        filter: { dockingId },
        keys: ['startedAt', 'runId'],
        direction: -1,
        query,
        without: ['_id'],
      });
      return { ...page, items: page.items.map(toRun) };
    },
    async patch(runId, fields) {
      const { matchedCount } = await model.updateOne({ runId }, { $set: given(fields) });
      if (matchedCount === 0) throw new NotFound('sync run', runId);
    },
    async addCalls(runId, calls) {
      const total = [...calls.values()].reduce((sum, count) => sum + count, 0);
      const byApi = [...calls].map(([api, count]) => [`callsByApi.${keyOf(api)}`, count] as const);
      await model.updateOne({ runId }, { $inc: { calls: total, ...Object.fromEntries(byApi) } });
    },
    async advance(runId, { departments, percent, etaSeconds, ratePerMinute, current, read }) {
      const run = await model
        .findOneAndUpdate(
          { runId },
          {
            $inc: { 'progress.employees': read },
            $max: { 'progress.departments': departments, 'progress.percent': percent },
            $set: given({
              'progress.etaSeconds': etaSeconds,
              'progress.ratePerMinute': ratePerMinute,
              'progress.current': current,
            }),
          },
          { projection: { _id: 0, state: 1 }, returnDocument: 'after' },
        )
        .lean<Pick<SyncRun, 'state'>>();
      return run?.state ?? null;
    },
  };
}

/** Dots and dollars mean something in the name of a field. */
const keyOf = (api: string): string => Buffer.from(api).toString('base64url');
const apiOf = (key: string): string => Buffer.from(key, 'base64url').toString();

const toRun = ({ callsByApi = {}, ...run }: Stored): SyncRun => ({
  ...run,
  callsByApi: Object.entries(callsByApi)
    .map(([key, calls]) => ({ api: apiOf(key), calls }))
    .sort((a, b) => b.calls - a.calls),
});
