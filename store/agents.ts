/** The ticket system's agents, as last read. */
import { Schema, type Connection } from 'mongoose';
import { groupedReads } from './grouped-reads';
import { bulkUpsert, COLLECTION, collection, findNative, given } from './collection';
import type { AgentRecord } from './directory-records';
import { searchPattern } from './employee-search';
import { findPage, type Page, type PageQuery } from './pagination';

export interface ReadAgent extends Omit<AgentRecord, 'dockingId' | 'refreshedAt' | 'state'> {
  state: Exclude<AgentRecord['state'], 'deleted'>;
}

export interface Agents {
  /**
   * The complete list of one refresh. Agents that are not in it are deleted: only `getMany` still knows them, by
   * name, so that nobody tells them anything. When most of ten and more are gone at once, they are kept until a second list lacks them
   * too: a ticket system that forgets a page must not silence a company. Of two refreshes at once the later `at` wins.
   * Default `at`: now. `kept`: agents of whom the next list decides.
   */
  replaceAll(dockingId: string, agents: readonly ReadAgent[], at?: Date): Promise<{ kept: number }>;
  /** One agent, e.g. just created; the others stay. */
  put(dockingId: string, agent: ReadAgent): Promise<void>;
  /** By id. `q` = prefix of the name or one of its later words, of the email or of the id. */
  list(
    dockingId: string,
    query: PageQuery & { q?: string; state?: ReadAgent['state'] },
  ): Promise<Page<AgentRecord>>;
  /** All but the deleted, for matching. */
  stream(dockingId: string): AsyncIterable<AgentRecord>;
  get(dockingId: string, agentId: string): Promise<AgentRecord | null>;
  /** The deleted, too. */
  getMany(dockingId: string, agentIds: readonly string[]): Promise<AgentRecord[]>;
  /** By id. */
  byGroup(dockingId: string, groupId: string): Promise<AgentRecord[]>;
  /** Null when agents were never read. */
  refreshedAt(dockingId: string): Promise<Date | null>;
}

interface Stored extends AgentRecord {
  searchKeys: string[];
  /** Start of the refresh that was the first to lack them, when they were kept all the same. */
  missingSince?: Date;
}

const schema = new Schema<Stored>(
  {
    dockingId: String,
    agentId: String,
    name: String,
    email: String,
    mobile: String,
    groupIds: [String],
    state: String,
    refreshedAt: Date,
    missingSince: Date,
    searchKeys: [String],
  },
  COLLECTION,
);
// get(), getMany(), replaceAll(): {dockingId, agentId} · list(), stream(): find({dockingId}).sort({agentId: 1})
schema.index({ dockingId: 1, agentId: 1 }, { unique: true });
// list({q}): find({dockingId, searchKeys: /^prefix/})
schema.index({ dockingId: 1, searchKeys: 1 });
// byGroup(): find({dockingId, groupIds})
schema.index({ dockingId: 1, groupIds: 1 });
// refreshedAt(): findOne({dockingId}).sort({refreshedAt: -1}) · replaceAll(): updateMany({dockingId, refreshedAt: {$lt}})
schema.index({ dockingId: 1, refreshedAt: -1 });

const INTERNAL = ['_id', 'searchKeys', 'missingSince'];
const RECORD = { _id: 0, searchKeys: 0, missingSince: 0 };
/** Of fewer it is no wonder when most are gone. */
const FEWEST_GUARDED = 10;
const LISTED = { state: { $ne: 'deleted' as const } };
/** Of a deleted agent only the name is of use, for old bindings and the log of deliveries. */
const DELETED = { state: 'deleted', email: null, mobile: null, groupIds: [], searchKeys: [] };

export function createAgents(connection: Connection): Agents {
  const model = collection(connection, 'agents', schema);
  const upsert = (dockingId: string, agent: ReadAgent, refreshedAt: Date) => {
    const { agentId, name, email, mobile, groupIds, state } = agent;
    const content = { name, email, mobile, groupIds, state, refreshedAt, searchKeys: keysOf(agent) };
    const update = { $set: content, $unset: { missingSince: '' } };
    return { updateOne: { filter: { dockingId, agentId }, update, upsert: true } };
  };
  return {
    async replaceAll(dockingId, agents, at = new Date()) {
      await bulkUpsert(
        model,
        agents.map((agent) => upsert(dockingId, agent, at)),
      );
      const missing = { dockingId, refreshedAt: { $lt: at }, ...LISTED };
      const count = await model.countDocuments(missing);
      const isGuarded = count >= FEWEST_GUARDED && count > agents.length;
      await model.updateMany(isGuarded ? { ...missing, missingSince: { $lt: at } } : missing, {
        $set: DELETED,
      });
      if (!isGuarded) return { kept: 0 };
      const { matchedCount } = await model.updateMany(missing, { $set: { missingSince: at } });
      return { kept: matchedCount };
    },
    put: (dockingId, agent) => bulkUpsert(model, [upsert(dockingId, agent, new Date())]),
    async list(dockingId, { q, state, ...query }) {
      const filter = { dockingId, ...LISTED, ...given({ state, searchKeys: searchPattern(q) ?? undefined }) };
      return findPage<Stored>(model, { filter, keys: ['agentId'], direction: 1, query, without: INTERNAL });
    },
    async *stream(dockingId) {
      yield* model
        .find({ dockingId, ...LISTED }, RECORD)
        .sort({ agentId: 1 })
        .lean<AgentRecord[]>()
        .cursor();
    },
    get: (dockingId, agentId) => model.findOne({ dockingId, agentId, ...LISTED }, RECORD).lean<AgentRecord>(),
    getMany: groupedReads(
      (dockingId, agentIds) =>
        findNative<AgentRecord>(model, { dockingId, agentId: { $in: [...agentIds] } }, RECORD),
      ({ agentId }) => agentId,
    ),
    async byGroup(dockingId, groupId) {
      const found = await findNative<AgentRecord>(model, { dockingId, groupIds: groupId }, RECORD);
      return found.sort((a, b) => (a.agentId < b.agentId ? -1 : 1));
    },
    async refreshedAt(dockingId) {
      const latest = await model
        .findOne({ dockingId }, { _id: 0, refreshedAt: 1 })
        .sort({ refreshedAt: -1 })
        .lean<Pick<Stored, 'refreshedAt'>>();
      return latest?.refreshedAt ?? null;
    },
  };
}

function keysOf({ agentId, name, email }: ReadAgent): string[] {
  const words = name.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
  const later = [...words.matchAll(/\s/g)].map(({ index }) => words.slice(index + 1));
  return [...new Set([agentId.toLowerCase(), words, ...later, email?.trim().toLowerCase() ?? ''])].filter(
    (key) => key !== '',
  );
}
