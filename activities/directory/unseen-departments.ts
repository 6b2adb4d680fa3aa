import type { ActivityPorts } from '../ports';

/** Departments that the platform did not show in this run, with all below them: nobody can say whether they are gone. */
export async function unseenDepartments(
  ports: ActivityPorts,
  dockingId: string,
  runId: string,
): Promise<string[]> {
  const unreadable = await ports.store.syncDepartments.unreadableIds(runId);
  return [...unreadable, ...(await ports.store.departments.below(dockingId, unreadable))];
}
