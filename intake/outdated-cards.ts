/** Cards that are out when their ticket moves on without them. */
import type { Delivery, Store } from '../store';

/** The platform changes a card for so long. Source: feishu.md 6, update of a sent card. */
const CHANGEABLE_MS = 14 * 24 * 3_600_000;

/**
 * Deliveries by id, one for each card: those of people who get no card of this event. A card that shows an old state
 * misleads whoever opens the chat, and its buttons offer what is over.
 */
export async function outdatedCards(
  store: Pick<Store, 'deliveries'>,
  dockingId: string,
  ticketId: string,
  due: readonly Delivery[],
  now: Date,
): Promise<string[]> {
  const out = await store.deliveries.changeable(dockingId, ticketId, new Date(now.getTime() - CHANGEABLE_MS));
  const told = new Set(due.map(receiverOf));
  const ofCard = new Map<string, string>();
  for (const delivery of out) {
    const { id, messageId } = delivery;
    if (messageId && !told.has(receiverOf(delivery)) && !ofCard.has(messageId)) ofCard.set(messageId, id);
  }
  return [...ofCard.values()];
}

const receiverOf = ({ employeeId, target }: Delivery): string =>
  target?.kind === 'chat' ? `chat ${target.chatId}` : employeeId;
