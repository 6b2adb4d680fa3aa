/** What a ticket's state means for its workflow and for the order of its events. */
import { versionText, type TicketOrder } from '../store';
import type { Ticket, TicketEvent } from '../tickets';

export function isFinished({ statusType }: Ticket): boolean {
  return ['solved', 'closed', 'deleted'].includes(statusType ?? '');
}

export function settlesOf({ type, ticket, changes }: TicketEvent): 'closed' | 'reassigned' | null {
  if (isFinished(ticket)) return 'closed';
  const reassigned =
    type === 'ticket.assigned_agent' ||
    type === 'ticket.unassigned' ||
    changes.some(({ field }) => field === 'assigneeId');
  return reassigned ? 'reassigned' : null;
}

/** Null when the ticket has neither version nor time. */
export function orderOf({ version, updatedAt }: Pick<Ticket, 'version' | 'updatedAt'>): TicketOrder | null {
  const order = {
    version: version === null || version === undefined ? null : versionText(version),
    at: updatedAt ? Date.parse(updatedAt) : null,
  };
  return order.version === null && order.at === null ? null : order;
}
