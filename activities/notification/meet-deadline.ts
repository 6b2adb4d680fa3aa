/** From a deadline that has come to the cards that are due because of it. */
import {
  eventOfDeadline,
  eventOfRecheck,
  rulesOfDeadline,
  type Deadline,
  type Intake,
  type Taken,
  type TakeOptions,
} from '../../intake';
import type { EventRecord } from '../../store';
import type { Ticket, TicketEvent } from '../../tickets';
import type { ActivityPorts } from '../ports';

/** What a ticket's workflow has to know of a judged event. */
export interface Judged {
  deliveryIds: string[];
  settles?: 'closed' | 'reassigned';
  deadlines?: Deadline[];
  rechecks?: Deadline[];
  refreshes?: string[];
}

/** The ticket system may tell of the same breach itself; then ours is not needed. */
const SAME_BREACH_MS = 10 * 60_000;

export function judgedOf({ deliveryIds, settles, deadlines, rechecks, refreshes }: Taken): Judged {
  return {
    deliveryIds,
    ...(settles ? { settles } : {}),
    ...(deadlines ? { deadlines } : {}),
    ...(rechecks.length > 0 ? { rechecks } : {}),
    ...(refreshes.length > 0 ? { refreshes } : {}),
  };
}

export async function meetDeadline(
  { store }: ActivityPorts,
  intake: Intake,
  { dockingId, ticketId, deadline }: { dockingId: string; ticketId: string; deadline: Deadline },
): Promise<Judged> {
  const [docking, known] = await Promise.all([
    store.dockings.get(dockingId),
    store.tickets.get(dockingId, ticketId),
  ]);
  if (!docking || !known) return { deliveryIds: [] };
  const ticket = known.snapshot as Ticket;
  const event =
    deadline.kind === 'recheck'
      ? await recheckEvent(() => store.events.get(dockingId, deadline.eventId), deadline, ticket)
      : eventOfDeadline(deadline, ticket);
  if (!event) return { deliveryIds: [] };
  if (deadline.kind !== 'recheck') {
    const { items } = await store.events.list(dockingId, { ticketId, type: event.type, limit: 20 });
    if (items.some((other) => tellsTheSame(other, event))) return { deliveryIds: [] };
  }
  const taken = await intake.take(docking, event, 'timer', await whoseRules(deadline));
  await store.events.markHandedOver(dockingId, [event.eventId]);
  return judgedOf(taken);

  async function whoseRules(due: Deadline): Promise<TakeOptions> {
    if (due.kind === 'recheck') return { onlyRule: due.ruleId };
    const { rules } = await store.reminders.get(dockingId);
    const onlyRules = rulesOfDeadline(due, rules);
    return onlyRules ? { onlyRules } : {};
  }
}

async function recheckEvent(
  original: () => Promise<EventRecord | null>,
  deadline: Extract<Deadline, { kind: 'recheck' }>,
  ticket: Ticket,
): Promise<TicketEvent | null> {
  const record = await original();
  return record && eventOfRecheck(deadline, record.envelope as TicketEvent, ticket);
}

function tellsTheSame(other: EventRecord, event: TicketEvent): boolean {
  if (other.entrance === 'timer') return false;
  const metric = (other.envelope as TicketEvent).sla?.metric ?? event.sla?.metric;
  const apart = Math.abs(other.occurredAt.getTime() - Date.parse(event.occurredAt));
  return metric === event.sla?.metric && apart < SAME_BREACH_MS;
}
