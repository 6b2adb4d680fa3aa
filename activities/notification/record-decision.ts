/** An operator decided in somebody's place, over the update of a ticket's run: the same proof as of a click, and who it was. */
import type { Delivery } from '../../store';
import type { ActivityPorts } from '../ports';
import type { TicketDecision } from './messages';

const ACTIONS = { acknowledge: 'ticket.acknowledged', snooze: 'ticket.snoozed' } as const;

/** Repeats safely: audit entry and records have the id of the decision. Gives the records, whose cards are to show it. */
export async function recordDecision(
  { store }: ActivityPorts,
  decision: TicketDecision,
): Promise<{ clickIds: string[] }> {
  const { decisionId, dockingId, ticketId, kind, by, employeeId, deliveryIds } = decision;
  const at = new Date(decision.at);
  const minutes = decision.minutes ?? null;
  const cards = await cardsOf(store, decision);
  const clicks = cards.map(({ id: deliveryId, agentId }) => ({
    id: `${deliveryId}:${kind}:${decisionId}`,
    ...{ dockingId, deliveryId, ticketId, employeeId, agentId: agentId ?? '' },
    ...{ action: kind, text: null, minutes, askedAt: at, by },
  }));
  await Promise.all(clicks.map((click) => store.clicks.noteDone(click)));
  await store.audit.append({
    id: `aud_${decisionId}`,
    dockingId,
    at,
    actor: by,
    action: ACTIONS[kind],
    detail: {
      ticketId,
      employeeId,
      deliveryIds: cards.map(({ id }) => id),
      // Of other people too: one who takes care of a ticket ends the reminders of all.
      remindersOf: deliveryIds,
      ...(minutes === null ? {} : { minutes }),
    },
    from: null,
  });
  return { clickIds: clicks.map(({ id }) => id) };
}

/** Those of the employee that were waited on; where none was, the latest that this employee has of the ticket. */
async function cardsOf(
  { deliveries }: ActivityPorts['store'],
  { dockingId, ticketId, employeeId, deliveryIds }: TicketDecision,
): Promise<Delivery[]> {
  const waitedOn = (await deliveries.getMany(deliveryIds)).filter(
    (one) => one.dockingId === dockingId && one.ticketId === ticketId && one.employeeId === employeeId,
  );
  if (waitedOn.length > 0) return waitedOn;
  return (await deliveries.list(dockingId, { ticketId, employeeId, state: 'sent', limit: 1 })).items;
}
