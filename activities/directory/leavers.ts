import type { ActivityPorts } from '../ports';

/** Reasons of a suspended binding, as the console shows them. */
export const SUSPENDED = { left: 'employee-left', returned: 'employee-returned' } as const;

/** Ticket ids in one entry of the audit trail. */
const LISTED_TICKETS = 100;

/** No message from the next event on; the binding itself stays, so that history is kept and a re-hire is recognised. */
export async function suspendLeavers(
  ports: ActivityPorts,
  dockingId: string,
  employeeIds: readonly string[],
): Promise<void> {
  const { audit, bindings, tickets } = ports.store;
  for (const binding of await bindings.byEmployee(dockingId, employeeIds)) {
    if (binding.state === 'suspended' && binding.suspendedReason === SUSPENDED.left) continue;
    await bindings.suspend(dockingId, binding.employeeId, SUSPENDED.left);
    const open = await tickets.heldBy(dockingId, [binding.agentId]);
    await audit.append({
      from: null,
      dockingId,
      actor: 'directory-sync',
      action: 'binding.suspended',
      detail: {
        bindingId: binding.id,
        agentId: binding.agentId,
        reason: SUSPENDED.left,
        // They need a new owner; more than these are listed by the agent.
        openTicketIds: open.slice(0, LISTED_TICKETS).map(({ ticketId }) => ticketId),
        openTickets: open.length,
      },
    });
  }
}

/** Somebody who came back gets nothing by itself: the binding says so until an admin resumes it. */
export async function offerBack(
  ports: ActivityPorts,
  dockingId: string,
  employeeIds: readonly string[],
): Promise<void> {
  const { bindings } = ports.store;
  for (const binding of await bindings.byEmployee(dockingId, employeeIds)) {
    if (binding.suspendedReason !== SUSPENDED.left) continue;
    await bindings.suspend(dockingId, binding.employeeId, SUSPENDED.returned);
  }
}
