/** The last concluded checklist of each docking. */
import { Schema, type Connection, type Model } from 'mongoose';
import { createChecklistItems } from './checklist-items';
import { COLLECTION, collection, raceSafe } from './collection';
import type { Checklist, ChecklistItem } from './docking-records';

export interface Checklists {
  /** Keeps verdicts of single items, while their proofs run side by side. They show once `conclude` has run. */
  putItems(dockingId: string, items: readonly ChecklistItem[]): Promise<void>;
  /** Sums up the items named, in that order. An item without verdict is left out, and nothing is ready without it. */
  conclude(dockingId: string, itemIds: readonly string[], at: Date): Promise<Checklist>;
  save(checklist: Checklist): Promise<void>;
  get(dockingId: string): Promise<Checklist | null>;
}

interface Stored extends Omit<Checklist, 'dockingId'> {
  _id: string;
}

/** Read and written by `_id` = docking id only. */
const schema = new Schema<Stored>(
  { _id: { type: String, required: true }, ready: Boolean, items: [Schema.Types.Mixed], checkedAt: Date },
  COLLECTION,
);

export function createChecklists(connection: Connection): Checklists {
  const model = collection(connection, 'checklists', schema);
  const items = createChecklistItems(connection);
  return {
    putItems: (dockingId, found) => items.put(dockingId, found),
    async conclude(dockingId, itemIds, at) {
      const verdicts = await items.read(dockingId, itemIds);
      const checklist: Checklist = {
        dockingId,
        ready:
          verdicts.length === itemIds.length &&
          verdicts.every((item) => !item.blocking || item.state === 'passed'),
        items: verdicts,
        checkedAt: at,
      };
      await write(model, checklist);
      return checklist;
    },
    save: (checklist) => write(model, checklist),
    async get(dockingId) {
      const found = await model.findOne({ _id: dockingId }).lean<Stored>();
      if (!found) return null;
      const { _id, ...checklist } = found;
      return { dockingId: _id, ...checklist };
    },
  };
}

async function write(model: Model<Stored>, { dockingId, ...checklist }: Checklist): Promise<void> {
  await raceSafe(() => model.updateOne({ _id: dockingId }, { $set: checklist }, { upsert: true }));
}
