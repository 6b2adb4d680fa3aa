/** Cards that are out, or on their way, when their ticket moves on without them. */
import type { Delivery, Store } from '../store';

/** The platform changes a card for so long. Source: feishu.md 6, update of a sent card. */
const CHANGEABLE_MS = 14 * 24 * 3_600_000;

/**
 * Deliveries by id, one for each card that the `due` ones do not change themselves. A card that shows an old state misleads whoever
 * opens the chat, and its buttons offer what is over. One that is on its way may have been written before this event came.
 */
export async function outdatedCards(
  store: Pick<Store, 'deliveries'>,
  dockingId: string,
  ticketId: string,
  due: readonly Delivery[],
  now: Date,
): Promise<string[]> {
  const since = new Date(now.getTime() - CHANGEABLE_MS);
  const cards = await store.deliveries.changeable(dockingId, ticketId, since, now);
  const joined = new Set(due.map(({ id }) => id));
  const updated = new Set(due.filter(goesIntoLivingCard).map(receiverOf));
  const ofCard = new Map<string, string>();
  for (const delivery of cards) {
    const { id, messageId } = delivery;
    const card = messageId ?? id;
    if (!joined.has(id) && !updated.has(receiverOf(delivery)) && !ofCard.has(card)) ofCard.set(card, id);
  }
  return [...ofCard.values()];
}

const goesIntoLivingCard = ({ updateWithinSeconds }: Delivery): boolean => updateWithinSeconds !== undefined;

const receiverOf = ({ employeeId, target }: Delivery): string =>
  target?.kind === 'chat' ? `chat ${target.chatId}` : employeeId;
