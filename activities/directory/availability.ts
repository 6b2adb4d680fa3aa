import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { batched } from './batched';
import { beating } from './beat';
import { callingPlatform } from './platform';

/** Most ids that one availability check takes. */
const IDS_PER_CHECK = 100;

/**
 * Asks whether each bound employee may use the app: whoever may not gets no message. Only bound people are asked for;
 * of all others it does not matter.
 */
export function refreshAvailability(
  ports: ActivityPorts,
  { dockingId, runId = null }: { dockingId: string; runId?: string | null },
): Promise<{ checked: number; outside: number }> {
  const { employees } = ports.store;
  return withFailures(() =>
    beating((beat) =>
      callingPlatform(ports, { dockingId, runId }, beat.signal, async (platform) => {
        let checked = 0;
        let outside = 0;
        for await (const userIds of batched(boundEmployees(ports, dockingId), IDS_PER_CHECK)) {
          const { users } = await platform.application((application, options) =>
            application.checkAvailability({ userIds }, options),
          );
          const inside = users.filter(({ allowed, denied }) => allowed === true && denied !== true);
          const kept = new Set(inside.map(({ id }) => id));
          const out = userIds.filter((id) => !kept.has(id));
          await employees.setAvailability(dockingId, [...kept], true);
          await employees.setAvailability(dockingId, out, false);
          checked += userIds.length;
          outside += out.length;
          beat.at({ checked, outside });
        }
        return { checked, outside };
      }),
    ),
  );
}

async function* boundEmployees(ports: ActivityPorts, dockingId: string): AsyncIterable<string> {
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page: Awaited<ReturnType<typeof ports.store.bindings.list>> = await ports.store.bindings.list(
      dockingId,
      {
        cursor,
        limit: 200,
      },
    );
    for (const { employeeId } of page.items) yield employeeId;
    cursor = page.nextCursor;
  }
}
