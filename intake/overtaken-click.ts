/** Clicks from a client that still shows the buttons which a card had before its ticket moved on. */
import type { ClickAction, Delivery, TicketRecord } from '../store';
import type { Ticket } from '../tickets';
import { isFinished } from './ticket-state';

export type Overtaken = 'passed-on' | 'solved' | 'closed';

/**
 * Null for a click that is carried out. What would change a ticket that is somebody else's, or end the reminders of that person,
 * is not done; a note may be left, and a ticket that nobody has may be taken. Nor is anybody reminded of one that is done with.
 */
export function overtakenClick(
  { role, agentId }: Pick<Delivery, 'role' | 'agentId'>,
  action: ClickAction,
  known: TicketRecord | null,
): Overtaken | null {
  if (!known) return null;
  const ticket = known.snapshot as Ticket;
  const { assigneeId } = ticket;
  if (role === 'assignee' && action !== 'reply' && assigneeId && assigneeId !== agentId) return 'passed-on';
  if (action !== 'snooze' || !isFinished(ticket)) return null;
  return ticket.statusType === 'solved' ? 'solved' : 'closed';
}
