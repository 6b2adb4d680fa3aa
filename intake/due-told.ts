/** The due time that an event is about. */
import type { TicketEvent } from '../tickets';

const ABOUT_DUE_TIMES: readonly string[] = ['ticket.sla_warning', 'ticket.sla_breached', 'ticket.overdue'];

export interface DueTold {
  /** Null when the source does not tell. */
  metric: string | null;
  /** RFC 3339; null when nobody tells. */
  dueAt: string | null;
}

/** Null for events that are about none. */
export function dueToldBy({ type, sla, ticket }: TicketEvent): DueTold | null {
  if (!ABOUT_DUE_TIMES.includes(type)) return null;
  const metric = sla?.metric ?? (type === 'ticket.overdue' ? 'solution' : null);
  const ofTicket = { first_response: ticket.firstResponseDueAt, solution: ticket.dueAt };
  const known = metric === 'first_response' || metric === 'solution' ? ofTicket[metric] : null;
  return { metric, dueAt: sla?.dueAt ?? known ?? null };
}

/** A warning that cannot be told before its due time says what is not true any more; the breach is told instead. */
export function comesTooLate(event: TicketEvent, at: Date | null): boolean {
  const dueAt = event.type === 'ticket.sla_warning' ? dueToldBy(event)?.dueAt : null;
  return at !== null && typeof dueAt === 'string' && at.getTime() >= Date.parse(dueAt);
}
