/** The part of a "why" about cards that were out: nobody is told anew, but what they show follows the ticket. */
import type { Delivery, EventRecord } from '../store';
import type { Language } from '../rules';

export interface RefreshedReceiver {
  role: string;
  agentId: string | null;
  employeeId: string;
  ruleIds: string[];
  /** `updated`: the card shows the ticket as it was after this event, or later. */
  outcome: 'updated' | 'pending';
  reason: null;
  detail: string;
  deliveryId: string;
  carriedByDeliveryId: null;
  messageId: string | null;
}

export function refreshedReceivers(
  { refreshes = [], receivedAt }: Pick<EventRecord, 'refreshes' | 'receivedAt'>,
  deliveries: ReadonlyMap<string, Delivery>,
  language: Language = 'en',
): RefreshedReceiver[] {
  return refreshes.flatMap((id) => {
    const delivery = deliveries.get(id);
    // One that never got out shows nothing.
    if (!delivery || delivery.state === 'failed' || delivery.state === 'needs-attention') return [];
    const { role, agentId, employeeId, messageId, shown, sentAt } = delivery;
    const shownAt = shown?.at ?? sentAt;
    return {
      role,
      agentId,
      employeeId,
      ruleIds: [],
      outcome: shownAt && shownAt >= receivedAt ? ('updated' as const) : ('pending' as const),
      reason: null,
      detail:
        language === 'en'
          ? 'Nobody is told anew: the card that is out shows the ticket as it is.'
          : '不再另行提醒：已发出的卡片会显示工单最新状态。',
      deliveryId: id,
      carriedByDeliveryId: null,
      messageId,
    };
  });
}

/** Empty where no card was out. */
export function refreshSentences(
  event: Pick<EventRecord, 'refreshes' | 'receivedAt'>,
  deliveries: ReadonlyMap<string, Delivery>,
  language: Language,
): string[] {
  return refreshedReceivers(event, deliveries).map(({ role, agentId, outcome }) => {
    const who = agentId === null ? role : `${role} ${agentId}`;
    const shown = outcome === 'updated';
    return language === 'en'
      ? `${who}: the card that is out ${shown ? 'shows' : 'is to show'} the ticket as it is; nobody is told anew.`
      : `${who}：已发出的卡片${shown ? '已更新' : '待更新'}为工单最新状态，不再另行提醒。`;
  });
}
