/** The cards that planned deliveries become, told by the documentation alone. */
import type { Delivery } from '../../store';

/**
 * Cards per employee: a digest is one, and a delivery that may change a younger card of its ticket changes it. Deliveries go out
 * when their time has come, in the order in which they were planned.
 */
export function cardsSeen(deliveries: readonly Delivery[]): Record<string, number> {
  const cards: Record<string, number> = {};
  for (const [{ employeeId }] of seen(deliveries)) cards[employeeId] = (cards[employeeId] ?? 0) + 1;
  return cards;
}

/** Cards per rule; one that several rules made counts for each of them. */
export function cardsSeenByRule(
  deliveries: readonly Delivery[],
  ruleIds: readonly string[],
): Record<string, number> {
  const cards = seen(deliveries).map((lines) => lines.flatMap((line) => line.ruleIds));
  return Object.fromEntries(ruleIds.map((id) => [id, cards.filter((by) => by.includes(id)).length]));
}

/** What is new to a person, each as the deliveries that it tells: those of a digest together. */
function seen(deliveries: readonly Delivery[]): [Delivery, ...Delivery[]][] {
  const cards: [Delivery, ...Delivery[]][] = [];
  const digests = new Map<string, [Delivery, ...Delivery[]]>();
  const out: Delivery[] = [];
  const inOrder = [...deliveries].sort((a, b) => sentAt(a) - sentAt(b) || planned(a) - planned(b));
  for (const delivery of inOrder) {
    const { employeeId, ticketId, digestId, updateWithinSeconds, target } = delivery;
    if (target) continue;
    const carrier = digests.get(digestId ?? '');
    if (carrier) {
      carrier.push(delivery);
      continue;
    }
    const card: [Delivery, ...Delivery[]] = [delivery];
    if (digestId) digests.set(digestId, card);
    else {
      const [living] = out
        .filter((one) => one.employeeId === employeeId && one.ticketId === ticketId)
        .sort((a, b) => planned(b) - planned(a));
      const age = living ? (sentAt(delivery) - sentAt(living)) / 1000 : Infinity;
      if (updateWithinSeconds !== undefined && age <= updateWithinSeconds) continue;
      out.push(delivery);
    }
    cards.push(card);
  }
  return cards;
}

const planned = ({ plannedAt }: Delivery): number => plannedAt.getTime();
const sentAt = ({ notBefore, plannedAt }: Delivery): number => (notBefore ?? plannedAt).getTime();
