/** What a ticket's state means for its workflow and for the order of its events. */
import { versionText, type TicketOrder } from '../store';
import type { Ticket, TicketEvent } from '../tickets';

export function isFinished({ statusType }: Ticket): boolean {
  return ['solved', 'closed', 'deleted'].includes(statusType ?? '');
}

/** `holder`: who was known to have it before; null = nobody, or not known. */
export function settlesOf(event: TicketEvent, holder: string | null): 'closed' | 'reassigned' | null {
  if (isFinished(event.ticket)) return 'closed';
  return isGiven(event, holder) ? 'reassigned' : null;
}

/** To somebody else, or to nobody. Sources also tell of an assignment that leaves the ticket where it was. */
function isGiven({ type, ticket, changes }: TicketEvent, holder: string | null): boolean {
  const change = changes.find(({ field }) => field === 'assigneeId');
  if (change && change.from !== null) return change.from !== change.to;
  if (!change && type !== 'ticket.assigned_agent' && type !== 'ticket.unassigned') return false;
  return holder === null || holder !== ticket.assigneeId;
}

/** Null when the ticket has neither version nor time. */
export function orderOf({ version, updatedAt }: Pick<Ticket, 'version' | 'updatedAt'>): TicketOrder | null {
  const order = {
    version: version === null || version === undefined ? null : versionText(version),
    at: updatedAt ? Date.parse(updatedAt) : null,
  };
  return order.version === null && order.at === null ? null : order;
}
