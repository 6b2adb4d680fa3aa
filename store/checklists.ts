/** The last concluded checklist of each docking, and what it changed. */
import { Schema, type Connection } from 'mongoose';
import { createChecklistItems } from './checklist-items';
import { COLLECTION, collection, insertOnce } from './collection';
import type { Checklist, ChecklistChanges, ChecklistItem } from './docking-records';

export interface Checklists {
  /** Keeps verdicts of single items, while their proofs run side by side. They show once `conclude` has run. */
  putItems(dockingId: string, items: readonly ChecklistItem[]): Promise<void>;
  /**
   * Sums up the items named, in that order. An item without verdict is left out, and nothing is ready without it. Of
   * checks that conclude at once, each change is given to exactly one. Repeating with the same `checkId` gives the same
   * changes again.
   */
  conclude(
    dockingId: string,
    itemIds: readonly string[],
    at: Date,
    checkId: string,
  ): Promise<{ checklist: Checklist; changes: ChecklistChanges }>;
  get(dockingId: string): Promise<Checklist | null>;
}

interface Stored extends Omit<Checklist, 'dockingId'> {
  _id: string;
  /** Grows with every write; a writer who read an older one starts again. */
  revision: number;
  /** Ids of items whose last readable state was passed. */
  passed: string[];
  lastCheckId: string;
  lastChanges: ChecklistChanges;
}

/** Read and written by `_id` = docking id only. */
const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    ready: Boolean,
    items: [Schema.Types.Mixed],
    checkedAt: Date,
    drifted: [String],
    revision: Number,
    passed: [String],
    lastCheckId: String,
    lastChanges: Schema.Types.Mixed,
  },
  COLLECTION,
);

export function createChecklists(connection: Connection): Checklists {
  const model = collection(connection, 'checklists', schema);
  const items = createChecklistItems(connection);
  const find = (dockingId: string): Promise<Stored | null> =>
    model.findOne({ _id: dockingId }).lean<Stored>();

  return {
    putItems: (dockingId, found) => items.put(dockingId, found),
    async conclude(dockingId, itemIds, at, checkId) {
      for (;;) {
        const before = await find(dockingId);
        const verdicts = await items.read(dockingId, itemIds);
        if (before?.lastCheckId === checkId) {
          return { checklist: toChecklist(before), changes: before.lastChanges };
        }
        const { passed, drifted, changes } = compare(before, verdicts);
        const next: Stored = {
          _id: dockingId,
          ready:
            verdicts.length === itemIds.length &&
            verdicts.every((item) => !item.blocking || item.state === 'passed'),
          items: verdicts,
          checkedAt: at,
          drifted,
          passed,
          revision: (before?.revision ?? 0) + 1,
          lastCheckId: checkId,
          lastChanges: changes,
        };
        const { _id, ...content } = next;
        const written = before
          ? (await model.updateOne({ _id, revision: before.revision }, { $set: content })).matchedCount === 1
          : await insertOnce(model, next);
        if (written) return { checklist: toChecklist(next), changes };
      }
    },
    async get(dockingId) {
      const found = await find(dockingId);
      return found && toChecklist(found);
    },
  };
}

/** An item that cannot be read keeps what was last known of it: an outage is no fault of the set-up. */
function compare(
  before: Pick<Stored, 'passed' | 'drifted'> | null,
  verdicts: readonly ChecklistItem[],
): { passed: string[]; drifted: string[]; changes: ChecklistChanges } {
  const passed = new Set(before?.passed ?? []);
  const drifted = new Set(before?.drifted ?? []);
  const changes: ChecklistChanges = { broken: [], recovered: [] };
  for (const { id, state } of verdicts) {
    if (state === 'passed') {
      if (drifted.delete(id)) changes.recovered.push(id);
      passed.add(id);
    } else if (state === 'failed' || (state === 'waiting' && id !== 'review')) {
      // A later version under review takes nothing away from the one in force.
      if (!passed.delete(id)) continue;
      drifted.add(id);
      changes.broken.push(id);
    }
  }
  return { passed: [...passed], drifted: [...drifted], changes };
}

const toChecklist = ({ _id, ready, items, checkedAt, drifted }: Stored): Checklist => ({
  dockingId: _id,
  ready,
  items,
  checkedAt,
  drifted,
});
