import { SUSPENDED } from '../../store';
import type { ActivityPorts } from '../ports';

/**
 * Gives back what an event suspended and nobody read again: the binding says that its employee left, the mirror does
 * not. Who really came back is `employee-returned` by now and stays suspended.
 */
export async function healBindings(ports: ActivityPorts, dockingId: string): Promise<void> {
  const { bindings, employees, leavers } = ports.store;
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page: Awaited<ReturnType<typeof bindings.list>> = await bindings.list(dockingId, {
      suspendedReasons: [SUSPENDED.left],
      limit: 200,
      cursor,
    });
    cursor = page.nextCursor;
    const people = await employees.getMany(
      dockingId,
      page.items.map(({ employeeId }) => employeeId),
    );
    await leavers.giveBack(
      dockingId,
      people.filter(({ state }) => state !== 'left').map(({ employeeId }) => employeeId),
    );
  }
}
