import type { Delivery } from '../store';
import { deliveryIdOf } from './identity';

type Unsent = Pick<
  Delivery,
  | 'id'
  | 'state'
  | 'reason'
  | 'carriedBy'
  | 'messageId'
  | 'uuid'
  | 'attempts'
  | 'firstAttemptAt'
  | 'logId'
  | 'plannedAt'
  | 'sentAt'
  | 'readAt'
>;

/** What every card begins with, whoever it is for: its key, and that nobody has tried yet. */
export const unsent = (uuid: string, now: Date): Unsent => ({
  id: deliveryIdOf(uuid),
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
});
