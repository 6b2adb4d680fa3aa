import { createHash } from 'node:crypto';

/**
 * The idempotency key of one notification. The platform remembers it for an hour and takes at most 50 characters;
 * our delivery record remembers it for good.
 */
export function notificationUuid(
  dockingId: string,
  eventId: string,
  ruleId: string,
  employeeId: string,
): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([dockingId, eventId, ruleId, employeeId]))
    .digest('hex');
  return `ntf-${digest.slice(0, 40)}`;
}

/** Same parts, same id: planning twice plans once. */
export const deliveryIdOf = (uuid: string): string => uuid.replace(/^ntf-/, 'dl-');
