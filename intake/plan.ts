/** Who gets a card because of one judged event, and for everybody else the reason why not. */
import type { ReminderRule, Verdict } from '../rules';
import type { Delivery, Docking, EffectivePreferences, PlannedReceiver, Store } from '../store';
import type { Ticket, TicketEvent } from '../tickets';
import { passGates, type Known } from './gates';
import { digestFor, waitsFor } from './digest';
import { notificationUuid } from './identity';
import { REASONS, type ReasonCode } from './reasons';
import { agentsForRole, type Candidate } from './receivers';
import { planFallback, UNREACHABLE } from './plan-fallback';
import { preferenceOf, respectsQuiet } from './preferences';
import { unquietAt } from './quiet';
import { timingOf } from './timing';
import { unsent } from './unsent';

export interface Plan {
  receivers: PlannedReceiver[];
  deliveries: Delivery[];
}

interface Wanted extends Candidate {
  ruleIds: string[];
  urgent: boolean;
}

/** An event, and the newer state of its ticket when that was known before the event came. */
export interface Judged {
  event: TicketEvent;
  newer: Ticket | null;
}

/** `rules` are the rules of the verdict's version. Receivers of several rules are united: one card per employee. */
export async function planEvent(
  store: Store,
  docking: Docking,
  { event, newer }: Judged,
  rules: readonly ReminderRule[],
  verdict: Verdict,
  now: Date,
): Promise<Plan> {
  const matched = new Set(verdict.rules.filter((rule) => rule.matched).map((rule) => rule.ruleId));
  const firing = rules.filter((rule) => matched.has(rule.id));
  const nobody: PlannedReceiver[] = [];
  const wanted = new Map<string, Wanted>();
  for (const rule of firing) {
    for (const spec of rule.receivers) {
      const candidates = await agentsForRole(store, docking, spec, event);
      if (candidates.length === 0)
        nobody.push(receiver(spec.role, null, null, [rule.id], null, 'no-receiver'));
      for (const candidate of candidates) unite(wanted, candidate, rule);
    }
  }
  const known = await look(store, docking.id, [...wanted.keys()]);
  const deliveries = new Map<string, Delivery>();
  const receivers: PlannedReceiver[] = [];
  for (const want of wanted.values()) {
    const gate = passGates(want, event, newer, known);
    const { role, agentId, ruleIds } = want;
    if (!gate.open) {
      receivers.push(receiver(role, agentId, gate.employeeId, ruleIds, null, gate.reason));
      continue;
    }
    const because = firing.filter(({ id }) => ruleIds.includes(id));
    const preference = preferenceOf(known.preferences.get(gate.employeeId), event.type, want, because, now);
    if (preference.muted) {
      receivers.push(receiver(role, agentId, gate.employeeId, ruleIds, null, 'preference'));
      continue;
    }
    const timing = timingOf(because, want.urgent);
    // What time made keeps to working time too: nobody is at work who could do something about it.
    const quiet =
      event.eventId.startsWith('timer:') && respectsQuiet(because)
        ? unquietAt(docking, known.preferences.get(gate.employeeId), now)
        : preference.quietUntil;
    // What somebody must react to is not bundled: its repetitions and escalations belong to one ticket.
    const digest =
      want.urgent || timing.followUp
        ? null
        : digestFor(docking, gate.employeeId, known.preferences.get(gate.employeeId), now);
    const delivery: Delivery = {
      ...deliveryFor(docking.id, event, want, gate.employeeId, now, causeOf(event, want.urgent, timing)),
      ...timing,
      ...tongueOf(known.preferences.get(gate.employeeId)),
      ...(quiet ? { notBefore: quiet, reason: 'quiet-hours' } : {}),
      ...(digest ? waitsFor(digest) : {}),
    };
    deliveries.set(delivery.id, delivery);
    receivers.push({
      ...receiver(role, agentId, gate.employeeId, ruleIds, delivery.id, null),
      ...(digest ? { digested: true } : {}),
    });
  }
  const missed = unreached(receivers, deliveries.size);
  if (missed) {
    const instead = await planFallback(store, docking, event, missed, now);
    receivers.push(...instead.receivers);
    for (const delivery of instead.deliveries)
      if (!deliveries.has(delivery.id)) deliveries.set(delivery.id, delivery);
  }
  return { receivers: [...receivers, ...nobody], deliveries: [...deliveries.values()] };
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

function unite(wanted: Map<string, Wanted>, candidate: Candidate, rule: ReminderRule): void {
  const urgent = rule.urgency === 'urgent';
  const before = wanted.get(candidate.agentId);
  if (!before) {
    wanted.set(candidate.agentId, { ...candidate, ruleIds: [rule.id], urgent });
    return;
  }
  if (!before.ruleIds.includes(rule.id)) before.ruleIds.push(rule.id);
  before.urgent ||= urgent;
}

const NOBODY_KNOWN: Known = {
  agents: new Map(),
  bindings: new Map(),
  employees: new Map(),
  preferences: new Map(),
};

/** Everything the gates ask about these agents. */
export async function look(store: Store, dockingId: string, agentIds: string[]): Promise<Known> {
  if (agentIds.length === 0) return NOBODY_KNOWN;
  const [agents, bindings] = await Promise.all([
    store.agents.getMany(dockingId, agentIds),
    store.bindings.byAgent(dockingId, agentIds),
  ]);
  const employeeIds = bindings.map((binding) => binding.employeeId);
  const [employees, preferences] = await Promise.all([
    store.employees.getMany(dockingId, employeeIds),
    store.preferences.getMany(dockingId, employeeIds),
  ]);
  return {
    agents: new Map(agents.map((agent) => [agent.agentId, agent])),
    bindings: new Map(bindings.map((binding) => [binding.agentId, binding])),
    employees: new Map(employees.map((employee) => [employee.employeeId, employee])),
    preferences,
  };
}

/**
 * Events of one action are one card for each person. What is urgent does not go into a routine card, which may be held
 * back, and what is followed up not into one that is not. Empty where the source names no cause: then each event is a
 * card of its own.
 */
const causeOf = (
  { causeId, ticket }: TicketEvent,
  urgent: boolean,
  { followUp }: ReturnType<typeof timingOf>,
): string => (causeId ? JSON.stringify(['cause', ticket.id, causeId, urgent, followUp !== undefined]) : '');

/** What of a person's wishes belongs to the card itself. */
export const tongueOf = (
  preferences: EffectivePreferences | undefined,
): Pick<Delivery, 'language'> | Record<string, never> =>
  preferences?.language ? { language: preferences.language } : {};

/** `said` tells a repetition or an escalation from the first card about the event. */
export function deliveryFor(
  dockingId: string,
  event: TicketEvent,
  want: Wanted,
  employeeId: string,
  now: Date,
  said = '',
): Delivery {
  // Which rules fire may differ from event to event of one action.
  const leadingRule = said.startsWith('["cause"') ? '' : ([...want.ruleIds].sort()[0] ?? '');
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
