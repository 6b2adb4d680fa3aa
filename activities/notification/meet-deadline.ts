/** From a deadline that has come to the cards that are due because of it. */
import {
  beside,
  eventOfDeadline,
  eventOfRecheck,
  isOvertaken,
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

const NOTHING: Judged = { deliveryIds: [] };

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
  { store, now }: ActivityPorts,
  intake: Intake,
  { dockingId, ticketId, deadline }: { dockingId: string; ticketId: string; deadline: Deadline },
): Promise<Judged> {
  const [docking, known] = await Promise.all([
    store.dockings.get(dockingId),
    store.tickets.get(dockingId, ticketId),
  ]);
  if (!docking || !known) return NOTHING;
  // The worker was away: what was to be warned of has happened.
  if (deadline.kind !== 'recheck' && isOvertaken(deadline, now())) return NOTHING;
  const ticket = known.snapshot as Ticket;
  const event =
    deadline.kind === 'recheck'
      ? await recheckEvent(() => store.events.get(dockingId, deadline.eventId), deadline, ticket)
      : await ownEvent(eventOfDeadline(deadline, ticket));
  if (!event) return NOTHING;
  const taken = await intake.take(docking, event, 'timer', await whoseRules(deadline));
  await store.events.markHandedOver(dockingId, [event.eventId]);
  return judgedOf(taken);

  async function ownEvent(own: TicketEvent | null): Promise<TicketEvent | null> {
    return own && beside(store.events, dockingId, own);
  }

  async function whoseRules(due: Deadline): Promise<TakeOptions> {
    if (due.kind === 'recheck') return { onlyRule: due.ruleId };
    const { rules } = await store.reminders.get(dockingId);
    const onlyRules = rulesOfDeadline(due, rules);
    return { byWorkflow: true, ...(onlyRules ? { onlyRules } : {}) };
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
