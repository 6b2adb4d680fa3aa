/** What a ticket's workflow is told about an event that was taken in: ids, codes and times. */
import type { Deadline } from './deadlines';
import type { Taken } from './intake';

export interface ToldChange {
  eventId: string;
  deliveryIds: string[];
  urgent?: boolean;
  statusType?: string;
  settles?: 'closed' | 'reassigned';
  deadlines?: Deadline[];
  rechecks?: Deadline[];
  refreshes?: string[];
  /** Something of this ticket is waited for already, so its workflow is likely to run. A hint; absent = it is not. */
  waiting?: boolean;
}

export function ticketChangeOf(taken: Taken): ToldChange {
  return {
    eventId: taken.eventId,
    deliveryIds: taken.deliveryIds,
    ...(taken.urgent ? { urgent: true } : {}),
    ...(taken.statusType ? { statusType: taken.statusType } : {}),
    ...(taken.settles ? { settles: taken.settles } : {}),
    ...(taken.deadlines ? { deadlines: taken.deadlines } : {}),
    ...(taken.rechecks.length > 0 ? { rechecks: taken.rechecks } : {}),
    ...(taken.refreshes.length > 0 ? { refreshes: taken.refreshes } : {}),
    ...(taken.followedUp ? { waiting: true } : {}),
  };
}

/** Cards that are due although nothing happened to the ticket. */
export const cardsDue = (eventId: string, ticketId: string, deliveryIds: string[]): Taken => ({
  eventId,
  ticketId,
  state: 'accepted',
  deliveryIds,
  urgent: false,
  statusType: null,
  settles: null,
  deadlines: null,
  rechecks: [],
  refreshes: [],
  followedUp: false,
  handOver: true,
});
