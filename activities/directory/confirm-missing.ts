import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { batched, chunks } from './batched';
import { beating } from './beat';
import { IDS_PER_CALL } from './contact-range';
import { callingPlatform } from './platform';
import { pulledEmployee } from './pulled';

/**
 * Asks by id for everybody whom the mirror knows and the pull did not see: people who moved from a department that was
 * still to be read to one that had been are in no list, yet have not left. Whoever answers is taken as seen.
 */
export function confirmMissing(
  ports: ActivityPorts,
  run: { dockingId: string; runId: string },
): Promise<{ asked: number; found: number }> {
  const { dockingId, runId } = run;
  const { employees, syncStaging } = ports.store;
  return withFailures(() =>
    beating((beat) =>
      callingPlatform(ports, run, beat.signal, async (platform) => {
        let asked = 0;
        let found = 0;
        for await (const ids of batched(employees.activeIds(dockingId))) {
          for (const unseen of chunks(await notStaged(ports, runId, ids), IDS_PER_CALL)) {
            const present = await platform.contact((contact, options) => contact.users(unseen, options));
            await syncStaging.put(runId, dockingId, 'employee', present.map(pulledEmployee));
            asked += unseen.length;
            found += present.length;
            beat.at({ asked, found });
          }
        }
        return { asked, found };
      }),
    ),
  );
}

/** Those of `ids` that the run has not seen. */
export async function notStaged(
  ports: ActivityPorts,
  runId: string,
  ids: readonly string[],
): Promise<string[]> {
  const staged = await ports.store.syncStaging.getMany(runId, 'employee', ids);
  const seen = new Set(staged.map(({ employeeId }) => employeeId));
  return ids.filter((id) => !seen.has(id));
}
