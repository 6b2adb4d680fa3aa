/** What may have changed between a card's plan and its try. */
import type { ReasonCode } from '../../intake';
import type { Delivery, Docking, DockingAtWork, Employee, Store, TicketRecord } from '../../store';

const AT_ONCE_MS = 5_000;

export interface Surroundings {
  work: DockingAtWork | null;
  employee: Employee | undefined;
  ticket: TicketRecord | null;
}

/** What a card is sent with: by what never changes of it, and read after it was written, so that no newer state is missed. */
export async function surroundings(
  store: Store,
  { dockingId, employeeId, ticketId, target, bundles }: Delivery,
): Promise<Surroundings> {
  const [work, [employee], ticket] = await Promise.all([
    store.dockings.atWork(dockingId),
    store.employees.getMany(dockingId, target ? [] : [employeeId]),
    bundles ? null : store.tickets.get(dockingId, ticketId),
  ]);
  return { work, employee, ticket };
}

/** Gates that may have closed since the plan: the docking, the person, and their binding. */
export function stopReason(
  docking: Docking | undefined,
  employee: Employee | undefined,
  since: ReasonCode | null,
): { state: 'failed' | 'needs-attention'; reason: string } | null {
  if (!docking) return { state: 'failed', reason: 'docking-off' };
  // Nothing is lost: it goes out when the docking is resumed. Of one that was switched off a person decides.
  if (docking.state === 'paused') return { state: 'needs-attention', reason: 'docking-paused' };
  if (docking.state !== 'live') return { state: 'needs-attention', reason: 'docking-off' };
  if (employee?.state === 'left') return { state: 'failed', reason: 'employee-left' };
  return since ? { state: 'failed', reason: since } : null;
}

/** What goes out at once was planned on the binding as it is; what a digest carries never goes out at once. */
export const hasWaited = ({ attempts, plannedAt }: Delivery, now: Date): boolean =>
  attempts > 1 || now.getTime() - plannedAt.getTime() > AT_ONCE_MS;

/** Only the employee who is bound to the agent is told. Null also for cards to a chat or a webhook. */
export async function whyUnbound(
  { bindings }: Store,
  { dockingId, agentId, employeeId, target }: Delivery,
): Promise<ReasonCode | null> {
  if (agentId === null || target) return null;
  const [binding] = await bindings.byAgent(dockingId, [agentId]);
  if (binding?.employeeId !== employeeId) return 'unbound';
  return binding.state === 'active' ? null : 'binding-suspended';
}
