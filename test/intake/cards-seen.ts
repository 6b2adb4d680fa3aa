/** The cards that planned deliveries become, told by the documentation alone. */
import type { Delivery } from '../../store';

/**
 * Cards per employee: a digest is one, and a delivery that may change a younger card of its ticket changes it. Deliveries go out
 * when their time has come, in the order in which they were planned.
 */
export function cardsSeen(deliveries: readonly Delivery[]): Record<string, number> {
  const cards: Record<string, number> = {};
  const digests = new Set<string>();
  const out: Delivery[] = [];
  const inOrder = [...deliveries].sort((a, b) => sentAt(a) - sentAt(b) || planned(a) - planned(b));
  for (const delivery of inOrder) {
    const { employeeId, ticketId, digestId, updateWithinSeconds, target } = delivery;
    if (target || (digestId && digests.has(digestId))) continue;
    if (digestId) digests.add(digestId);
    else {
      const [living] = out
        .filter((one) => one.employeeId === employeeId && one.ticketId === ticketId)
        .sort((a, b) => planned(b) - planned(a));
      const age = living ? (sentAt(delivery) - sentAt(living)) / 1000 : Infinity;
      if (updateWithinSeconds !== undefined && age <= updateWithinSeconds) continue;
      out.push(delivery);
    }
    cards[employeeId] = (cards[employeeId] ?? 0) + 1;
  }
  return cards;
}

const planned = ({ plannedAt }: Delivery): number => plannedAt.getTime();
const sentAt = ({ notBefore, plannedAt }: Delivery): number => (notBefore ?? plannedAt).getTime();
