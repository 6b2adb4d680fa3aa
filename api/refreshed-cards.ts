/** The part of a "why" about cards that were out: nobody is told anew, but what they show follows the ticket. */
import type { Delivery, EventRecord } from '../store';
import type { Language } from '../rules';

export interface RefreshedReceiver {
  role: string;
  agentId: string | null;
  employeeId: string;
  ruleIds: string[];
  /** `updated`: the card shows the ticket as it was after this event, or later. `failed`: it cannot be changed any more. */
  outcome: 'updated' | 'pending' | 'failed';
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
    const { role, agentId, employeeId, messageId } = delivery;
    const outcome = outcomeOf(delivery, receivedAt);
    return {
      role,
      agentId,
      employeeId,
      ruleIds: [],
      outcome,
      reason: null,
      detail: DETAILS[language][outcome],
      deliveryId: id,
      carriedByDeliveryId: null,
      messageId,
    };
  });
}

function outcomeOf({ shown, sentAt, frozenAt }: Delivery, receivedAt: Date): RefreshedReceiver['outcome'] {
  const shownAt = shown?.at ?? sentAt;
  if (shownAt && shownAt >= receivedAt) return 'updated';
  return frozenAt ? 'failed' : 'pending';
}

const DETAILS: Record<Language, Record<RefreshedReceiver['outcome'], string>> = {
  en: {
    updated: 'Nobody is told anew: the card that is out shows the ticket as it is.',
    pending: 'Nobody is told anew: the card that is out is to show the ticket as it is.',
    failed: 'Nobody is told anew, and the card that is out cannot be changed any more: it stays as it was.',
  },
  zh: {
    updated: '不再另行提醒：已发出的卡片已更新为工单最新状态。',
    pending: '不再另行提醒：已发出的卡片待更新为工单最新状态。',
    failed: '不再另行提醒；已发出的卡片已无法更新，保持原样。',
  },
};
const SHOWS: Record<Language, Record<RefreshedReceiver['outcome'], string>> = {
  en: { updated: 'shows', pending: 'is to show', failed: 'cannot be changed any more, so it does not show' },
  zh: { updated: '已更新', pending: '待更新', failed: '已无法更新' },
};

/** Empty where no card was out. */
export function refreshSentences(
  event: Pick<EventRecord, 'refreshes' | 'receivedAt'>,
  deliveries: ReadonlyMap<string, Delivery>,
  language: Language,
): string[] {
  return refreshedReceivers(event, deliveries).map(({ role, agentId, outcome }) => {
    const who = agentId === null ? role : `${role} ${agentId}`;
    const shows = SHOWS[language][outcome];
    if (language === 'en')
      return `${who}: the card that is out ${shows} the ticket as it is; nobody is told anew.`;
    const what = outcome === 'failed' ? '' : '为工单最新状态';
    return `${who}：已发出的卡片${shows}${what}，不再另行提醒。`;
  });
}
