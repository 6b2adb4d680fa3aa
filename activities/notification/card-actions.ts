/** Which buttons a card carries: what the ticket system can do, and what makes sense for this ticket and person. */
import type { CardAction } from '../../feishu';
import type { Delivery, Docking } from '../../store';
import type { Ticket } from '../../tickets';
import type { ActivityPorts } from '../ports';
import { abilitiesOf } from './abilities';

export async function actionsFor(
  ports: ActivityPorts,
  docking: Docking,
  delivery: Delivery,
  ticket: Ticket,
): Promise<CardAction[]> {
  if (!delivery.agentId || ticket.statusType === 'closed' || ticket.statusType === 'deleted') return [];
  const { actions: able } = await abilitiesOf(ports, docking.id);
  return [
    ...(able.includes('claim') && !ticket.assigneeId ? (['claim'] as const) : []),
    'acknowledge',
    // Nothing is said again about a ticket that is done with.
    ...(ticket.statusType === 'solved' ? [] : (['snooze'] as const)),
    ...(able.includes('close') ? (['close'] as const) : []),
    ...(able.includes('note') ? (['reply'] as const) : []),
  ];
}
