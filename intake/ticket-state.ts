/** What a ticket's state means for its workflow and for the order of its events. */
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

/** Version numbers and times are never mixed within one ticket system, so one number orders both. */
export function orderOf(ticket: Ticket): number | null {
  if (ticket.version !== null && ticket.version !== undefined) return Number(ticket.version);
  return ticket.updatedAt ? Date.parse(ticket.updatedAt) : null;
}
