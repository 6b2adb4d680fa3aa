/** What happens to the bindings of people who left, and of people who came back. Used at both entrances of an event. */
import type { Audit } from './audit';
import type { Bindings } from './bindings';
import type { Binding } from './directory-records';
import type { Page, PageQuery } from './pagination';
import type { Tickets } from './tickets';

/** Reasons of a suspended binding, as the console shows them. */
export const SUSPENDED = { left: 'employee-left', returned: 'employee-returned' } as const;

/** Ticket ids in one entry of the audit trail. */
const LISTED_TICKETS = 100;

export interface Leaver {
  binding: Binding;
  /** `returned` = they are there again; their binding waits for an admin to resume it. */
  state: 'left' | 'returned';
  /** Open tickets that the agent still holds, at most 1,000: they need a new owner. */
  openTicketIds: string[];
}

export interface Leavers {
  /** No message from the next event on; the binding stays, so that history is kept and a re-hire is recognised. */
  suspend(dockingId: string, employeeIds: readonly string[]): Promise<void>;
  /** They are there again: nothing is sent by itself until an admin resumes the binding. */
  offerBack(dockingId: string, employeeIds: readonly string[]): Promise<void>;
  /** They never left: what an old event suspended is active again. */
  giveBack(dockingId: string, employeeIds: readonly string[]): Promise<void>;
  /** Bindings of people who left or came back, latest first, with what is still on their desk. */
  list(dockingId: string, query: PageQuery): Promise<Page<Leaver>>;
}

export function createLeavers(parts: {
  bindings: Pick<Bindings, 'byEmployee' | 'list' | 'resume' | 'suspend'>;
  tickets: Pick<Tickets, 'heldBy'>;
  audit: Pick<Audit, 'append'>;
}): Leavers {
  const { bindings, tickets, audit } = parts;
  const note = (dockingId: string, action: string, detail: Record<string, unknown>): Promise<unknown> =>
    audit.append({ from: null, dockingId, actor: 'directory-sync', action, detail });

  return {
    async suspend(dockingId, employeeIds) {
      for (const binding of await bindings.byEmployee(dockingId, employeeIds)) {
        if (binding.state === 'suspended' && binding.suspendedReason === SUSPENDED.left) continue;
        await bindings.suspend(dockingId, binding.employeeId, SUSPENDED.left);
        const open = await tickets.heldBy(dockingId, [binding.agentId]);
        await note(dockingId, 'binding.suspended', {
          bindingId: binding.id,
          agentId: binding.agentId,
          reason: SUSPENDED.left,
          openTicketIds: open.slice(0, LISTED_TICKETS).map(({ ticketId }) => ticketId),
          openTickets: open.length,
        });
      }
    },
    async offerBack(dockingId, employeeIds) {
      for (const binding of await bindings.byEmployee(dockingId, employeeIds)) {
        if (binding.suspendedReason !== SUSPENDED.left) continue;
        await bindings.suspend(dockingId, binding.employeeId, SUSPENDED.returned);
        await note(dockingId, 'binding.offered-back', { bindingId: binding.id, agentId: binding.agentId });
      }
    },
    async giveBack(dockingId, employeeIds) {
      for (const binding of await bindings.byEmployee(dockingId, employeeIds)) {
        if (binding.suspendedReason !== SUSPENDED.left) continue;
        await bindings.resume(dockingId, binding.employeeId);
        await note(dockingId, 'binding.given-back', { bindingId: binding.id, agentId: binding.agentId });
      }
    },
    async list(dockingId, query) {
      const page = await bindings.list(dockingId, {
        ...query,
        suspendedReasons: [SUSPENDED.left, SUSPENDED.returned],
      });
      const items: Leaver[] = [];
      for (const binding of page.items) {
        const held = await tickets.heldBy(dockingId, [binding.agentId]);
        items.push({
          binding,
          state: binding.suspendedReason === SUSPENDED.left ? 'left' : 'returned',
          openTicketIds: held.map(({ ticketId }) => ticketId),
        });
      }
      return { items, nextCursor: page.nextCursor };
    },
  };
}
