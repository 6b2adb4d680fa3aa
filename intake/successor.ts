/** A card that cannot be changed any more goes on in a new one. */
import type { Delivery } from '../store';
import { deliveryIdOf, notificationUuid } from './identity';

/** `because` names what there is to say: said twice, it is one card. */
export function successorOf(delivery: Delivery, because: string, now: Date): Delivery {
  const { id, dockingId, employeeId, language, target } = delivery;
  const uuid = notificationUuid(dockingId, `${because} after ${id}`, '', employeeId);
  return {
    id: deliveryIdOf(uuid),
    dockingId,
    eventIds: delivery.eventIds,
    ticketId: delivery.ticketId,
    ruleIds: delivery.ruleIds,
    role: delivery.role,
    agentId: delivery.agentId,
    employeeId,
    urgency: delivery.urgency,
    state: 'planned',
    reason: null,
    carriedBy: null,
    messageId: null,
    uuid,
    attempts: 0,
    firstAttemptAt: null,
    logId: null,
    plannedAt: now,
    sentAt: null,
    readAt: null,
    after: id,
    ...(language ? { language } : {}),
    ...(target ? { target } : {}),
  };
}
