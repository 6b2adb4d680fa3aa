/** Who is told next when nobody reacted to a card: the same person again, or the next ones. */
import type { ReceiverSpec, ReminderRule } from '../rules';
import type { Delivery, Docking, EventRecord, PlannedReceiver, Store } from '../store';
import type { Ticket, TicketEvent } from '../tickets';
import { isDueMoved } from './deadlines';
import { passGates, stillHolds } from './gates';
import { look } from './meant';
import { deliveryFor, receiver, tongueOf } from './plan';
import { planFallback } from './plan-fallback';
import { hasReacted } from './reactions';
import { switchedOff } from './switched-off';
import { UNREACHABLE, type ReasonCode } from './reasons';
import { isPausedByPlatform } from './resume';
import { respectsQuiet } from './preferences';
import { clockOf, unquietAt, zoneOfPerson } from './quiet';
import { agentsForRole, type Candidate } from './receivers';

export type FollowUpKind = 'repeat' | 'escalate' | 'unread';

/** `over`: the ticket moved on, or the card was taken care of; nothing more is to be said about it. */
export interface FollowedUp {
  over: boolean;
  deliveryIds: string[];
  /** Everybody who is to be told has quiet times until then, or the platform paused the docking, Unix ms: ask again. Absent = somebody is told, or nobody ever. */
  quietUntil?: number;
}

const SETTLED = new Set<string | null | undefined>(['solved', 'closed', 'deleted']);
/** How long a follow-up waits before it asks again whether the docking works. */
const PAUSE_MS = 15 * 60_000;
const NOTHING_MORE: FollowedUp = { over: true, deliveryIds: [] };

/**
 * Plans the next cards. Same card, kind and round, same deliveries: repeats safely. In the quiet times of everybody nothing is
 * planned, so that nothing piles up and nothing has to be called back; where somebody else can be told, they are.
 */
export async function planFollowUp(
  store: Store,
  delivery: Delivery,
  kind: FollowUpKind,
  round: number,
  now: Date,
): Promise<FollowedUp> {
  const docking = await store.dockings.get(delivery.dockingId);
  const record = await store.events.get(delivery.dockingId, delivery.eventIds[0] ?? '');
  const waits = isPausedByPlatform(docking);
  if (!docking || !record || (docking.state !== 'live' && !waits)) return NOTHING_MORE;
  const known = await store.tickets.get(docking.id, delivery.ticketId);
  const event = record.envelope as TicketEvent;
  const ticket = (known?.snapshot ?? event.ticket) as Ticket;
  if (hasMovedOn(delivery, event, ticket) || (await hasReacted(store, delivery, event))) return NOTHING_MORE;
  // Planned now, several rounds would pile up and go out at once.
  if (waits) return { over: false, deliveryIds: [], quietUntil: now.getTime() + PAUSE_MS };

  const said = `${kind} ${round} of ${delivery.id}`;
  const followUp = { kind, round, of: delivery.id };
  const off = await switchedOff(store, delivery);
  if (off) {
    const nobody = receiver(
      delivery.role,
      delivery.agentId,
      delivery.employeeId,
      delivery.ruleIds,
      null,
      off,
    );
    await store.events.addReceivers(docking.id, record.eventId, [
      { ...nobody, followUp, detail: `${said}: ${nobody.detail}` },
    ]);
    return NOTHING_MORE;
  }
  const rules = await rulesOf(store, docking, record, delivery);
  const candidates =
    kind === 'repeat'
      ? [{ role: delivery.role, agentId: delivery.agentId ?? '' }]
      : await nextPeople(store, docking, rulesFor(kind, rules), { ...event, ticket });
  const told = await store.bindings.byEmployee(docking.id, [delivery.employeeId]);
  const next = candidates.filter(
    ({ agentId }) => kind === 'repeat' || agentId !== (told[0]?.agentId ?? delivery.agentId),
  );
  const reach = await look(
    store,
    docking.id,
    next.map(({ agentId }) => agentId),
  );
  const deliveries: Delivery[] = [];
  const receivers: PlannedReceiver[] = [];
  if (next.length === 0) {
    const nobody = receiver('escalation', null, null, delivery.ruleIds, null, 'no-receiver');
    receivers.push({ ...nobody, followUp, detail: `${said}: ${nobody.detail}` });
  }
  const quietEnds: number[] = [];
  for (const candidate of next) {
    // Nobody acted: time did, so nobody is spared as the one who did it.
    const gate = passGates(candidate, { ...event, actor: { type: 'system' } }, null, reach);
    const { role, agentId } = candidate;
    if (!gate.open) {
      const shut = receiver(role, agentId, gate.employeeId, delivery.ruleIds, null, gate.reason);
      receivers.push({ ...shut, followUp, detail: `${said}, ${agentId}: ${shut.detail}` });
      continue;
    }
    const { ruleIds } = delivery;
    const preferences = reach.preferences.get(gate.employeeId);
    const until = respectsQuiet(rules) ? unquietAt(docking, preferences, now) : null;
    if (until) {
      quietEnds.push(until.getTime());
      const clock = clockOf(until, now, zoneOfPerson(docking, preferences));
      const quiet = receiver(role, agentId, gate.employeeId, ruleIds, null, 'quiet-hours');
      receivers.push({ ...quiet, followUp, detail: `${said}, ${agentId}: quiet until ${clock}` });
      continue;
    }
    const want = { ...candidate, ruleIds, urgent: kind !== 'repeat' || delivery.urgency === 'urgent' };
    const due = {
      ...deliveryFor(docking.id, event, want, gate.employeeId, now, kind === 'repeat' ? said : nextOf(event)),
      ...tongueOf(preferences),
    };
    deliveries.push(due);
    const open = receiver(role, agentId, gate.employeeId, ruleIds, due.id, null);
    receivers.push({ ...open, followUp, detail: `${said}, ${agentId}: ${open.detail}` });
  }
  // Time made it, so the chain stands in for whoever is next and cannot be told, as for the first receiver.
  if (deliveries.length === 0 && quietEnds.length === 0 && receivers.some(isUnreachable)) {
    const about = { ruleIds: delivery.ruleIds, urgent: true };
    const instead = await planFallback(store, docking, { ...event, ticket }, about, now);
    deliveries.push(...instead.deliveries.filter(({ employeeId }) => employeeId !== delivery.employeeId));
    receivers.push(
      ...instead.receivers.map((one) => ({ ...one, followUp, detail: `${said}: ${one.detail}` })),
    );
  }
  if (deliveries.length > 0) await store.deliveries.plan(deliveries);
  await store.events.addReceivers(docking.id, record.eventId, receivers);
  const moved = deliveries.length === 0 && quietEnds.length > 0;
  return {
    over: false,
    deliveryIds: deliveries.map(({ id }) => id),
    ...(moved ? { quietUntil: Math.min(...quietEnds) } : {}),
  };
}

const isUnreachable = ({ suppressedBy }: PlannedReceiver): boolean =>
  UNREACHABLE.has(suppressedBy as ReasonCode);

/** What the card asked for is done, or is nothing to its receiver any more. */
function hasMovedOn({ role, agentId }: Delivery, event: TicketEvent, ticket: Ticket): boolean {
  if (SETTLED.has(ticket.statusType)) return true;
  if (!stillHolds(role, agentId ?? '', event, ticket)) return true;
  // A group is asked for a ticket that nobody has, until somebody has it.
  if (role === 'group-members' && !event.ticket.assigneeId && ticket.assigneeId) return true;
  return isDueMoved(event, ticket);
}

/** Whoever comes next hears once of an event, however many were told before and whichever of them did not react. */
const nextOf = ({ eventId }: TicketEvent): string => JSON.stringify(['next', eventId]);

/** Those that made the card, as they were then. */
async function rulesOf(
  store: Store,
  docking: Docking,
  record: EventRecord,
  delivery: Delivery,
): Promise<ReminderRule[]> {
  const version = record.verdict?.rulesVersion ?? 0;
  const rules: readonly ReminderRule[] = (await store.reminders.getVersion(docking.id, version))?.rules ?? [];
  return rules.filter(({ id }) => delivery.ruleIds.includes(id));
}

/** A rule that only asks for reactions tells nobody because a card was not read, and the other way round. */
function rulesFor(kind: 'escalate' | 'unread', rules: readonly ReminderRule[]): ReminderRule[] {
  const minutes = kind === 'unread' ? 'unreadAfterMinutes' : 'escalateAfterMinutes';
  return rules.filter(({ timing }) => timing?.[minutes] !== undefined);
}

/** Of every rule that names somebody for this case. */
async function nextPeople(
  store: Store,
  docking: Docking,
  rules: readonly ReminderRule[],
  event: TicketEvent,
): Promise<Candidate[]> {
  const specs: ReceiverSpec[] = rules.flatMap(({ timing }) => timing?.escalateTo ?? []);
  const people = new Map<string, Candidate>();
  for (const spec of specs) {
    for (const candidate of await agentsForRole(store, docking, spec, event)) {
      if (!people.has(candidate.agentId)) people.set(candidate.agentId, candidate);
    }
  }
  return [...people.values()];
}
