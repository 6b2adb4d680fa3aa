/** How many platform calls each docking makes, by day and by month (UTC). */
import { Schema, type Connection } from 'mongoose';
import { COLLECTION, collection, raceSafe } from './collection';

export interface UsageCount {
  /** `2026-11-24` or `2026-11`. */
  period: string;
  /** Method and path pattern, e.g. `POST /open-apis/im/v1/messages`. */
  route: string;
  calls: number;
}

export interface UsageReport {
  /** By day, then route. */
  days: UsageCount[];
  /** Whole months that the range touches, by month, then route. */
  months: UsageCount[];
}

export interface Usage {
  add(dockingId: string, route: string, calls: number, at: Date): Promise<void>;
  /** Both ends included. */
  read(dockingId: string, range: { from: Date; to: Date }): Promise<UsageReport>;
}

interface Stored extends UsageCount {
  dockingId: string;
  unit: 'day' | 'month';
}

const schema = new Schema<Stored>(
  { dockingId: String, unit: String, period: String, route: String, calls: Number },
  COLLECTION,
);
// add(): {dockingId, unit, period, route} · read(): find({dockingId, unit, period: {$gte, $lte}}).sort({period, route})
schema.index({ dockingId: 1, unit: 1, period: 1, route: 1 }, { unique: true });

const DAY_LENGTH = '2026-11-24'.length;
const MONTH_LENGTH = '2026-11'.length;

export function createUsage(connection: Connection): Usage {
  const model = collection(connection, 'usage', schema);
  return {
    async add(dockingId, route, calls, at) {
      const day = at.toISOString().slice(0, DAY_LENGTH);
      const count = (unit: Stored['unit'], period: string) =>
        raceSafe(() =>
          model.updateOne({ dockingId, unit, period, route }, { $inc: { calls } }, { upsert: true }),
        );
      await Promise.all([count('day', day), count('month', day.slice(0, MONTH_LENGTH))]);
    },
    async read(dockingId, { from, to }) {
      const [first, last] = [from.toISOString().slice(0, DAY_LENGTH), to.toISOString().slice(0, DAY_LENGTH)];
      const find = (unit: Stored['unit'], length: number) =>
        model
          .find(
            { dockingId, unit, period: { $gte: first.slice(0, length), $lte: last.slice(0, length) } },
            { _id: 0, period: 1, route: 1, calls: 1 },
          )
          .sort({ period: 1, route: 1 })
          .lean<UsageCount[]>();
      const [days, months] = await Promise.all([find('day', DAY_LENGTH), find('month', MONTH_LENGTH)]);
      return { days, months };
    },
  };
}
