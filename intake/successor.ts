/** A card that cannot be changed any more goes on in a new one. */
import type { Delivery } from '../store';
import { notificationUuid } from './identity';
import { unsent } from './unsent';

/** `because` names what there is to say: said twice, it is one card. */
export function successorOf(delivery: Delivery, because: string, now: Date): Delivery {
  const { id, dockingId, employeeId, language, target } = delivery;
  const uuid = notificationUuid(dockingId, `${because} after ${id}`, '', employeeId);
  return {
    ...unsent(uuid, now),
    dockingId,
    eventIds: delivery.eventIds,
    ticketId: delivery.ticketId,
    ruleIds: delivery.ruleIds,
    role: delivery.role,
    agentId: delivery.agentId,
    employeeId,
    urgency: delivery.urgency,
    after: id,
    ...(language ? { language } : {}),
    ...(target ? { target } : {}),
  };
}
