/** Changes to a Feishu app that an admin was shown, and what became of them once the admin confirmed. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, insertOnce } from './collection';
import { readJson, writeJson } from './json';

/** One call that changes the app's configuration, exactly as it was shown. */
export type RepairStep =
  | { kind: 'redirect-urls'; add: string[] }
  | { kind: 'permissions'; add: string[] }
  | { kind: 'abilities'; bot: boolean; webApp: { pcUrl: string; mobileUrl: string } | null }
  | { kind: 'publish'; changelog: string; mobileDefault: 'bot'; desktopDefault: 'web_app' };

export interface RepairChange {
  id: string;
  /** Checklist items that it is to mend. */
  items: string[];
  step: RepairStep;
  effect: 'at-once' | 'new-version';
  outcome: 'pending' | 'done' | 'refused';
  /** Why the platform refused, in English. */
  reason: string | null;
  /** The same in Chinese. Missing: refused before it was kept. */
  chineseReason?: string;
}

/** Why a change was refused, in both languages. */
export interface RefusedBecause {
  en: string;
  zh: string;
}

export interface Repair {
  id: string;
  dockingId: string;
  state: 'planned' | 'applying' | 'done' | 'failed';
  changes: RepairChange[];
  createdBy: string;
  createdAt: Date;
  /** From then on it can not be confirmed any more: the app may look different by now. */
  expiresAt: Date;
  confirmedBy: string | null;
}

export interface Repairs {
  create(repair: Repair): Promise<void>;
  get(id: string): Promise<Repair | null>;
  /** False when it was confirmed before, or has expired. */
  confirm(id: string, by: string, at: Date): Promise<boolean>;
  /** Repeats safely: an outcome once told stays. */
  settleChange(
    id: string,
    changeId: string,
    outcome: 'done' | 'refused',
    reason: RefusedBecause | null,
  ): Promise<void>;
  close(id: string, state: 'done' | 'failed'): Promise<void>;
}

interface Stored extends Omit<Repair, 'id' | 'changes'> {
  _id: string;
  /** JSON of what was shown; never changed. */
  changes: string;
  outcomes: {
    changeId: string;
    outcome: 'done' | 'refused';
    reason: string | null;
    chineseReason?: string;
  }[];
}

const schema = new Schema<Stored>(
  {
    _id: String,
    dockingId: String,
    state: String,
    changes: String,
    outcomes: [
      new Schema(
        { changeId: String, outcome: String, reason: String, chineseReason: String },
        { _id: false },
      ),
    ],
    createdBy: String,
    createdAt: Date,
    expiresAt: Date,
    confirmedBy: String,
  },
  COLLECTION,
);

export function createRepairs(connection: Connection): Repairs {
  const model = collection(connection, 'repairs', schema);
  return {
    async create({ id, changes, ...fields }) {
      await insertOnce(model, { _id: id, ...fields, changes: writeJson(changes), outcomes: [] });
    },
    async get(id) {
      const found = await model.findById(id).lean<Stored>();
      if (!found) return null;
      const { _id, changes, outcomes, ...fields } = found;
      const told = new Map(outcomes.map(({ changeId, ...outcome }) => [changeId, outcome]));
      const shown = readJson<RepairChange[]>(changes);
      return { id: _id, ...fields, changes: shown.map((change) => ({ ...change, ...told.get(change.id) })) };
    },
    async confirm(id, by, at) {
      const { matchedCount } = await model.updateOne(
        { _id: id, state: 'planned', expiresAt: { $gt: at } },
        { $set: { state: 'applying', confirmedBy: by } },
      );
      return matchedCount > 0;
    },
    async settleChange(id, changeId, outcome, reason) {
      await model.updateOne(
        { _id: id, 'outcomes.changeId': { $ne: changeId } },
        {
          $push: {
            outcomes: {
              changeId,
              outcome,
              reason: reason?.en ?? null,
              ...(reason ? { chineseReason: reason.zh } : {}),
            },
          },
        },
      );
    },
    async close(id, state) {
      await model.updateOne({ _id: id, state: 'applying' }, { $set: { state } });
    },
  };
}
