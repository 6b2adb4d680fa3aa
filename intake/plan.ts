/** Who gets a card because of one judged event, and for everybody else the reason why not. */
import type { ReminderRule } from '../rules';
import type { Delivery, Docking, EffectivePreferences, PlannedReceiver, Store } from '../store';
import type { Ticket, TicketEvent } from '../tickets';
import { passGates, type Known } from './gates';
import { digestFor, waitsFor } from './digest';
import { comesTooLate } from './due-told';
import { notificationUuid } from './identity';
import type { Grant, Meant, Wanted } from './meant';
import { planFallback } from './plan-fallback';
import { REASONS, UNREACHABLE, type ReasonCode } from './reasons';
import { isMuted, quietUntilOf, respectsQuiet } from './preferences';
import { unquietAt } from './quiet';
import { timingOf } from './timing';
import { unsent } from './unsent';

export interface Plan {
  receivers: PlannedReceiver[];
  deliveries: Delivery[];
}

/** An event, and the newer state of its ticket when that was known before the event came. */
export interface Judged {
  event: TicketEvent;
  newer: Ticket | null;
  /** Nobody did it: time made it. */
  byTime: boolean;
}

/** Receivers of several rules are united: one card per employee. */
export async function planEvent(
  store: Store,
  docking: Docking,
  judged: Judged,
  { wanted, nobody, known }: Meant,
  now: Date,
): Promise<Plan> {
  const plan: Plan = { receivers: [], deliveries: [] };
  for (const want of wanted) planFor(plan, docking, judged, want, known, now);
  const missed = unreached(plan.receivers, plan.deliveries.length);
  if (missed) addInstead(plan, await planFallback(store, docking, judged.event, missed, now));
  const empty = nobody.map(({ role, ruleId }) => receiver(role, null, null, [ruleId], null, 'no-receiver'));
  return { receivers: [...plan.receivers, ...empty], deliveries: plan.deliveries };
}

/** Adds what becomes of one agent. A role that is shut leaves the others open. */
function planFor(
  plan: Plan,
  docking: Docking,
  { event, newer, byTime }: Judged,
  { agentId, grants }: Wanted,
  known: Known,
  now: Date,
): void {
  const gates = grants.map((grant) => passGates({ role: grant.role, agentId }, event, newer, known));
  const open = grants.filter((_grant, index) => gates[index]?.open);
  const employeeId = gates.find((gate) => gate.open)?.employeeId;
  const stop = (by: readonly Grant[], reason: ReasonCode, whom: string | null): void => {
    const role = by[0]?.role;
    if (role !== undefined) plan.receivers.push(receiver(role, agentId, whom, ruleIdsOf(by), null, reason));
  };
  for (const shut of new Set(gates.flatMap((gate) => (gate.open ? [] : [gate.reason])))) {
    const by = gates.map((gate) => !gate.open && gate.reason === shut && gate);
    const whom = by.find((gate) => gate !== false)?.employeeId ?? null;
    stop(
      grants.filter((_grant, index) => by[index]),
      shut,
      whom,
    );
  }
  if (!employeeId) return;
  const urgent = open.some(({ rule }) => rule.urgency === 'urgent');
  const wishes = known.preferences.get(employeeId);
  const heard = open.filter(({ role }) => !isMuted(wishes, event.type, { role, urgent }));
  stop(
    open.filter((grant) => !heard.includes(grant)),
    'preference',
    employeeId,
  );
  const role = heard[0]?.role;
  if (role === undefined) return;
  const because = rulesOf(heard);
  const want = { role, agentId, ruleIds: ruleIdsOf(heard), urgent };
  const timing = timingOf(because, urgent);
  // What time made keeps to working time too: nobody is at work who could do something about it.
  const quiet =
    byTime && respectsQuiet(because) ? unquietAt(docking, wishes, now) : quietUntilOf(wishes, because, now);
  // What somebody must react to is not bundled: its repetitions and escalations belong to one ticket.
  const digest = urgent || timing.followUp ? null : digestFor(docking, employeeId, wishes, now);
  if (comesTooLate(event, digest?.at ?? quiet)) {
    stop(heard, 'too-late', employeeId);
    return;
  }
  const delivery: Delivery = {
    ...deliveryFor(docking.id, event, want, employeeId, now, causeOf(event)),
    ...timing,
    ...tongueOf(wishes),
    ...(quiet ? { notBefore: quiet, reason: 'quiet-hours' } : {}),
    ...(digest ? waitsFor(digest) : {}),
  };
  plan.deliveries.push(delivery);
  plan.receivers.push({
    ...receiver(role, agentId, employeeId, want.ruleIds, delivery.id, null),
    ...(digest ? { digested: true } : {}),
  });
}

const rulesOf = (grants: readonly Grant[]): ReminderRule[] => [...new Set(grants.map(({ rule }) => rule))];
const ruleIdsOf = (grants: readonly Grant[]): string[] => rulesOf(grants).map(({ id }) => id);

/**
 * Nobody is told twice about one event: whoever is next in the chain and gets a card of it anyway keeps that one, unless it waits – then the
 * chain's takes its place.
 */
function addInstead(plan: Plan, instead: Plan): void {
  const receivers = [...instead.receivers];
  for (const delivery of instead.deliveries) {
    const own = plan.deliveries.find(
      ({ employeeId }) => employeeId !== '' && employeeId === delivery.employeeId,
    );
    if (own && !own.notBefore) {
      receivers.forEach((one, index) => {
        if (one.deliveryId === delivery.id) receivers[index] = { ...one, deliveryId: own.id };
      });
      continue;
    }
    if (own) {
      plan.deliveries.splice(plan.deliveries.indexOf(own), 1);
      plan.receivers.forEach((one, index) => {
        if (one.deliveryId !== own.id) return;
        const { digested: _digested, ...kept } = one;
        plan.receivers[index] = { ...kept, deliveryId: delivery.id };
      });
    }
    plan.deliveries.push(delivery);
  }
  plan.receivers.push(...receivers);
}

/** Roles that one person holds: when that person is out of reach, nobody else of the role can be told. */
const ONE_PERSON = new Set(['assignee', 'group-lead', 'agents', 'fallback']);

/** Whose place the fallback chain takes; null when everybody who had to be told is, or could be. */
function unreached(
  receivers: readonly PlannedReceiver[],
  cards: number,
): { ruleIds: string[]; urgent: boolean } | null {
  const missed = receivers.filter(
    ({ suppressedBy, role }) =>
      UNREACHABLE.has(suppressedBy as ReasonCode) && (ONE_PERSON.has(role) || cards === 0),
  );
  const ruleIds = [...new Set(missed.flatMap((one) => one.ruleIds))];
  return missed.length > 0 ? { ruleIds, urgent: true } : null;
}

/** Events of one action are one card for each person. Empty where the source names no cause: then each event is a card of its own. */
export const causeOf = ({ causeId, ticket }: TicketEvent): string =>
  causeId ? JSON.stringify(['cause', ticket.id, causeId]) : '';

/** What of a person's wishes belongs to the card itself. */
export const tongueOf = (
  preferences: EffectivePreferences | undefined,
): Pick<Delivery, 'language'> | Record<string, never> =>
  preferences?.language ? { language: preferences.language } : {};

/** `said` tells a repetition or an escalation from the first card about the event. */
export function deliveryFor(
  dockingId: string,
  event: TicketEvent,
  want: { role: string; agentId: string; ruleIds: string[]; urgent: boolean },
  employeeId: string,
  now: Date,
  said = '',
): Delivery {
  // Which rules fire may differ from event to event of one action, and from card to card of one event.
  const leadingRule = said.startsWith('[') ? '' : ([...want.ruleIds].sort()[0] ?? '');
  const uuid = notificationUuid(dockingId, said || event.eventId, leadingRule, employeeId);
  return {
    ...unsent(uuid, now),
    dockingId,
    eventIds: [event.eventId],
    ticketId: event.ticket.id,
    ruleIds: want.ruleIds,
    role: want.role,
    agentId: want.agentId,
    employeeId,
    urgency: want.urgent ? 'urgent' : 'routine',
  };
}

export function receiver(
  role: string,
  agentId: string | null,
  employeeId: string | null,
  ruleIds: string[],
  deliveryId: string | null,
  suppressedBy: ReasonCode | null,
): PlannedReceiver {
  return {
    role,
    agentId,
    employeeId,
    ruleIds,
    deliveryId,
    suppressedBy,
    detail: suppressedBy ? REASONS[suppressedBy].en : 'A card is due.',
  };
}
