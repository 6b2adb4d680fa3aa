/** What an event would send, planned as live ones are: the same receivers, gates, wishes, fallback and bundling. */
import type { Foresee, Foreseen, ForeseenCard, ReminderRule } from '../rules';
import type { Delivery, Docking, PlannedReceiver, Store } from '../store';
import type { Ticket, TicketEvent } from '../tickets';
import { whoIsMeant } from './meant';
import { planEvent } from './plan';
import type { ReasonCode } from './reasons';

/** Reasons why somebody is no receiver at all, rather than one who gets nothing. */
const NOT_MEANT: ReadonlySet<string | null> = new Set<ReasonCode>(['actor', 'stale', 'no-receiver']);

/**
 * `newer`: of late events, the state of the ticket that was known already. Of `store` nothing but people is read. A draft differs
 * from the rules of now in little: what one of them has just been answered about an event, the other is answered at once.
 */
export function foreseeing(store: Store, docking: Docking, newer: ReadonlyMap<string, Ticket>): Foresee {
  let last: { asked: Parameters<Foresee>; answer: Foreseen } | null = null;
  return async (firing, event, at) => {
    if (last && isSame(last.asked, [firing, event, at])) return last.answer;
    // Stored events are whole ones; the rules' view of them is narrower.
    const judged = {
      event: event as TicketEvent,
      newer: newer.get(event.eventId) ?? null,
      byTime: event.eventId.startsWith('timer:'),
    };
    const meant = await whoIsMeant(store, docking, judged.event, firing);
    const plan = await planEvent(store, docking, judged, meant, new Date(at));
    const answer = { cards: cardsOf(plan.deliveries, at), ...silenceOf(firing, plan.receivers) };
    last = { asked: [firing, event, at], answer };
    return answer;
  };
}

const isSame = (
  [firing, event, at]: Parameters<Foresee>,
  [others, otherEvent, otherAt]: Parameters<Foresee>,
): boolean =>
  event === otherEvent &&
  at === otherAt &&
  firing.length === others.length &&
  firing.every((rule, index) => rule === others[index]);

/** What goes to a group's chat or to the webhook is nobody's card. */
function cardsOf(deliveries: readonly Delivery[], now: number): ForeseenCard[] {
  return deliveries
    .filter(({ target }) => !target)
    .map(({ id, digestId, employeeId, ruleIds, notBefore, updateWithinSeconds }) => ({
      key: id,
      personId: employeeId,
      ruleIds,
      plannedAt: now,
      at: notBefore?.getTime() ?? now,
      updateWithinSeconds: updateWithinSeconds ?? 0,
      digest: digestId ?? null,
    }));
}

/** Of a large group this is asked for each member of each event: one pass, no list in between. */
function silenceOf(
  firing: readonly ReminderRule[],
  receivers: readonly PlannedReceiver[],
): Pick<Foreseen, 'missed' | 'nobody'> {
  const missed: { personId: string; reason: string }[] = [];
  const found = new Set<string>();
  const seen = new Set<string>();
  for (const { employeeId, agentId, ruleIds, suppressedBy: reason } of receivers) {
    if (NOT_MEANT.has(reason)) continue;
    for (const id of ruleIds) found.add(id);
    const personId = employeeId ?? agentId ?? '';
    // The fallback chain may ask for somebody who was out of reach a moment ago.
    if (reason === null || seen.has(personId)) continue;
    seen.add(personId);
    missed.push({ personId, reason });
  }
  return { missed, nobody: firing.filter(({ id }) => !found.has(id)).map(({ id }) => id) };
}
