/** How far the set-up of each docking is. */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, raceSafe } from './collection';
import type { Onboarding } from './docking-records';

export interface Onboardings {
  save(onboarding: Onboarding): Promise<void>;
  get(dockingId: string): Promise<Onboarding | null>;
}

interface Stored extends Omit<Onboarding, 'dockingId'> {
  _id: string;
}

/** Read and written by `_id` = docking id only. */
const schema = new Schema<Stored>(
  {
    _id: { type: String, required: true },
    state: String,
    waitingFor: [String],
    waitingSince: Date,
    nextCheckAt: Date,
    steps: [Schema.Types.Mixed],
    updatedAt: Date,
  },
  COLLECTION,
);

export function createOnboardings(connection: Connection): Onboardings {
  const model = collection(connection, 'onboardings', schema);
  return {
    async save({ dockingId, ...onboarding }) {
      await raceSafe(() => model.updateOne({ _id: dockingId }, { $set: onboarding }, { upsert: true }));
    },
    async get(dockingId) {
      const found = await model.findOne({ _id: dockingId }).lean<Stored>();
      if (!found) return null;
      const { _id, ...onboarding } = found;
      return { dockingId: _id, ...onboarding };
    },
  };
}
