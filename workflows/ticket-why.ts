/** What a ticket's run answers to those who ask: what went out, and what it waits for. Pure. */
import { nextDeadline, nextWait } from './deadlines';
import type { TicketNotificationState, TicketWhy } from './messages';
import { nextStep } from './watched-cards';

/** `waitingFor`: what holds the run up just now, before anything that lies ahead. */
export function whyOf(
  ticketId: string,
  { sent, failed, watched, deadlines = [], unread = [], seenEventIds }: TicketNotificationState,
  waitingFor: string | null,
): TicketWhy {
  const next = nextWait(nextStep(watched), nextDeadline(deadlines));
  const away = unread.length > 0 ? `ticket system: ${unread.length} events` : null;
  return {
    ticketId,
    sent,
    failed,
    waitingFor: waitingFor ?? away ?? next?.what ?? null,
    nextAt: next ? new Date(next.at).toISOString() : null,
    recentEventIds: seenEventIds.slice(-20),
  };
}
