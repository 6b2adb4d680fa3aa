/** Verdicts of single checklist items: proofs that run side by side never overwrite each other's. */
import { Schema, type Connection } from 'mongoose';
import { bulkUpsert, COLLECTION, collection } from './collection';
import type { ChecklistItem } from './docking-records';

export interface ChecklistItems {
  put(dockingId: string, items: readonly ChecklistItem[]): Promise<void>;
  /** In the order asked for; unknown ones are missing. */
  read(dockingId: string, itemIds: readonly string[]): Promise<ChecklistItem[]>;
}

interface Stored {
  dockingId: string;
  itemId: string;
  item: ChecklistItem;
}

const schema = new Schema<Stored>(
  { dockingId: String, itemId: String, item: Schema.Types.Mixed },
  COLLECTION,
);
// put(): updateOne({dockingId, itemId}) · read(): find({dockingId, itemId: {$in}})
schema.index({ dockingId: 1, itemId: 1 }, { unique: true });

export function createChecklistItems(connection: Connection): ChecklistItems {
  const model = collection(connection, 'checklist-items', schema);
  return {
    put: (dockingId, items) =>
      bulkUpsert(
        model,
        items.map((item) => ({
          updateOne: { filter: { dockingId, itemId: item.id }, update: { $set: { item } }, upsert: true },
        })),
      ),
    async read(dockingId, itemIds) {
      const found = await model.find({ dockingId, itemId: { $in: [...itemIds] } }).lean<Stored[]>();
      const byId = new Map(found.map(({ itemId, item }) => [itemId, item]));
      return itemIds.flatMap((itemId) => byId.get(itemId) ?? []);
    },
  };
}
