/** What a ticket's workflow is told about a click: ids only. */
import type { ClickAction, ClickRecord, Store } from '../store';

export interface ToldClick {
  clickId: string;
  deliveryId: string;
  employeeId: string;
  action: ClickAction;
  minutes?: number;
}

export function tellingOf({ id, deliveryId, employeeId, action, minutes }: ClickRecord): ToldClick {
  return { clickId: id, deliveryId, employeeId, action, ...(minutes === null ? {} : { minutes }) };
}

/** After a crash, or when Temporal was away: what was clicked and went no further is told now. Gives how many. */
export async function handOverClicks(
  clicks: Store['clicks'],
  tell: (dockingId: string, ticketId: string, click: ToldClick) => Promise<void>,
): Promise<number> {
  const left = await clicks.unhanded({ olderThanMs: 15_000, limit: 500 });
  for (const click of left) {
    await tell(click.dockingId, click.ticketId, tellingOf(click));
    await clicks.handedOver(click.id);
  }
  return left.length;
}
