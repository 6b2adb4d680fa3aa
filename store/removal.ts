/** Everything of one docking goes, across collections. */
import type { Connection } from 'mongoose';

/** Outlives the docking: it says who removed it, and holds ids and states only. */
const KEPT = new Set(['audit', 'dockings']);
/** Collections whose records belong to a run; the runs say whose they are, so they go last. */
const OF_SYNC_RUNS = ['sync-changes', 'parked-records', 'sync-cursors', 'sync-departments'];
const OF_BINDING_RUNS = ['binding-results'];
const RUNS = ['sync-runs', 'binding-runs'];
const KEYED_BY_DOCKING = ['checklists', 'onboardings', 'reminders'];

/** Repeats safely. The docking itself stays; its caller removes it last. */
export async function removeDockingData(connection: Connection, dockingId: string): Promise<void> {
  const runIds = async (runs: string): Promise<string[]> => {
    const found = await connection.model(runs).find({ dockingId }, { runId: 1 }).lean<{ runId: string }[]>();
    return found.map(({ runId }) => runId);
  };
  const removeRuns = async (collections: string[], ids: string[]): Promise<void> => {
    for (const name of collections) await connection.model(name).deleteMany({ runId: { $in: ids } });
  };
  await removeRuns(OF_SYNC_RUNS, await runIds('sync-runs'));
  await removeRuns(OF_BINDING_RUNS, await runIds('binding-runs'));

  const ofDocking = Object.values(connection.models).filter(
    (model) =>
      model.schema.path('dockingId') && !KEPT.has(model.modelName) && !RUNS.includes(model.modelName),
  );
  for (const model of ofDocking) await model.deleteMany({ dockingId });
  for (const name of KEYED_BY_DOCKING) await connection.model(name).deleteOne({ _id: dockingId });
  for (const name of RUNS) await connection.model(name).deleteMany({ dockingId });
}
