/** Due cards become deliveries, on which later events of one action are noted as long as they can still be told. */
import type { Delivery, Store } from '../store';
import { deliveryIdOf, notificationUuid } from './identity';

export interface Written {
  /** By the id that was planned the one that tells, where it is another. */
  moved: ReadonlyMap<string, string>;
  /** Planned for a digest, and noted on a card of the same action that goes out by itself, or did. */
  alone: readonly string[];
}

/**
 * Safe to repeat. An event that comes after the digest of its action went out is told by a card of its own, in the person's next
 * digest: a card that is changed makes no sound, and who has read a digest does not open it again (decision 0017).
 */
export async function writeCards(
  { deliveries, digests }: Pick<Store, 'deliveries' | 'digests'>,
  cards: readonly Delivery[],
): Promise<Written> {
  const moved = new Map<string, string>();
  const alone: string[] = [];
  const waiting: Parameters<typeof digests.note>[0][number][] = [];
  let left = cards.map((card) => ({ wanted: card.id, card }));
  while (left.length > 0) {
    const planned = await deliveries.plan(left.map(({ card }) => card));
    left = left.flatMap(({ wanted, card }, index) => {
      const there = planned[index];
      if (there && !there.tells) return [{ wanted, card: continuationOf(card, there.id) }];
      const { id, digestId, notBefore } = there ?? card;
      if (id !== wanted) moved.set(wanted, id);
      if (card.digestId && !digestId) alone.push(id);
      const { dockingId, employeeId } = card;
      if (digestId && notBefore) waiting.push({ id: digestId, dockingId, employeeId, at: notBefore });
      return [];
    });
  }
  if (waiting.length > 0) await digests.note(waiting);
  return { moved, alone };
}

/** The same for all events of the action until the next digest. */
function continuationOf(card: Delivery, goneId: string): Delivery {
  const because = `after ${goneId} ${card.digestId ?? ''}`;
  const uuid = notificationUuid(card.dockingId, because, '', card.employeeId);
  return { ...card, id: deliveryIdOf(uuid), uuid, after: goneId };
}
