/**
 * Record → evaluate → plan: the one way in for a ticket event, whether the API or a ticket workflow calls it.
 * Same record, same verdict, whichever comes first.
 */
import { LRUCache } from 'lru-cache';
import { compileRules, evaluate, factsFor, type CompiledRules, type Verdict } from '../rules';
import type { Docking, EventRecord, ReminderSettings, Store } from '../store';
import { ticketOrder, type Ticket, type TicketEvent } from '../tickets';
import { planEvent } from './plan';
import { REASONS, type ReasonCode } from './reasons';

export type Entrance = 'api' | 'adapter' | 'client';

/** What the caller must do next: tell the ticket's workflow when cards are due, otherwise nothing. */
export interface Taken {
  eventId: string;
  ticketId: string;
  state: 'accepted' | 'duplicate';
  deliveryIds: string[];
  urgent: boolean;
  statusType: string | null;
  /** What the event means for cards that are followed up: they end, or end for the assignee before. */
  settles: 'closed' | 'reassigned' | null;
  /** False when there is nothing to hand over, or it was handed over before. */
  handOver: boolean;
}

export interface Intake {
  /** Durable when it resolves. A repeated event id answers with the first verdict. */
  take(docking: Docking, event: TicketEvent, entrance: Entrance): Promise<Taken>;
}

export function createIntake(store: Store, now: () => Date): Intake {
  const compiled = new LRUCache<string, CompiledRules>({ max: 2000 });

  const rulesOf = (settings: ReminderSettings): CompiledRules => {
    const key = `${settings.dockingId}:${settings.version}`;
    const cached = compiled.get(key);
    if (cached) return cached;
    const fresh = compileRules(settings);
    compiled.set(key, fresh);
    return fresh;
  };

  return {
    async take(docking, event, entrance) {
      const inserted = await store.events.insertOnce(recordOf(docking.id, event, entrance, now()));
      if (!inserted.inserted && inserted.existing.state !== 'accepted') return seenBefore(inserted.existing);
      const taken = await judge(docking, event);
      return inserted.inserted ? taken : { ...taken, state: 'duplicate' };
    },
  };

  /** Runs again after a crash in the middle: deliveries are unique by uuid and the record settles once. */
  async function judge(docking: Docking, event: TicketEvent): Promise<Taken> {
    const [settings, { newer, followedUp }] = await Promise.all([
      store.reminders.get(docking.id),
      ticketBefore(docking.id, event),
    ]);
    const off = offReason(docking, settings);
    const verdict: Verdict = off
      ? { rulesVersion: settings.version, rules: [] }
      : await evaluate(rulesOf(settings), factsFor(event, { now: now(), ...calendarOf(docking) }));
    const plan = await planEvent(store, docking, { event, newer }, settings.rules, verdict, now());
    if (plan.deliveries.length > 0) await store.deliveries.plan(plan.deliveries);
    if (!followedUp && plan.deliveries.some((delivery) => delivery.followUp)) {
      await store.tickets.setFollowedUp(docking.id, event.ticket.id, true);
    }
    const settles = newer ? null : settlesOf(event);
    const handOver = plan.deliveries.length > 0 || (followedUp && settles !== null);
    await store.events.settle(docking.id, event.eventId, {
      state: handOver ? 'planned' : 'silent',
      verdict,
      stale: newer !== null,
      receivers: off ? [offReceiver(off)] : plan.receivers,
    });
    return {
      eventId: event.eventId,
      ticketId: event.ticket.id,
      state: 'accepted',
      deliveryIds: plan.deliveries.map((delivery) => delivery.id),
      urgent: plan.deliveries.some((delivery) => delivery.urgency === 'urgent'),
      statusType: event.ticket.statusType ?? null,
      settles,
      handOver,
    };
  }

  /** Order is not promised by the sources: `newer` is the state already known, null when this one is the newest. */
  async function ticketBefore(
    dockingId: string,
    event: TicketEvent,
  ): Promise<{ newer: Ticket | null; followedUp: boolean }> {
    const known = await store.tickets.get(dockingId, event.ticket.id);
    const followedUp = known?.followedUp ?? false;
    if (known && ticketOrder(event.ticket, known.snapshot as Ticket) < 0) {
      return { newer: known.snapshot as Ticket, followedUp };
    }
    await store.tickets.upsertIfNewer({
      dockingId,
      ticketId: event.ticket.id,
      order: orderOf(event.ticket),
      snapshot: event.ticket,
      raw: known?.raw ?? null,
      updatedAt: now(),
    });
    return { newer: null, followedUp };
  }
}

function settlesOf({ type, ticket, changes }: TicketEvent): Taken['settles'] {
  if (['solved', 'closed', 'deleted'].includes(ticket.statusType ?? '')) return 'closed';
  const reassigned =
    type === 'ticket.assigned_agent' ||
    type === 'ticket.unassigned' ||
    changes.some(({ field }) => field === 'assigneeId');
  return reassigned ? 'reassigned' : null;
}

function offReason(docking: Docking, settings: ReminderSettings): ReasonCode | null {
  // What the platform paused still plans its cards: they wait among those that need attention.
  const pausedByPlatform = docking.state === 'paused' && Boolean(docking.pausedReason);
  if (docking.state !== 'live' && !pausedByPlatform) return 'docking-off';
  return settings.enabled ? null : 'reminders-off';
}

function offReceiver(reason: ReasonCode): EventRecord['receivers'][number] {
  return {
    role: 'all',
    agentId: null,
    employeeId: null,
    ruleIds: [],
    deliveryId: null,
    suppressedBy: reason,
    detail: REASONS[reason].en,
  };
}

function seenBefore(existing: EventRecord): Taken {
  const deliveryIds = existing.receivers.flatMap((receiver) => receiver.deliveryId ?? []);
  return {
    eventId: existing.eventId,
    ticketId: existing.ticketId,
    state: 'duplicate',
    deliveryIds: [...new Set(deliveryIds)],
    urgent: false,
    statusType: null,
    settles: existing.stale ? null : settlesOf(existing.envelope as TicketEvent),
    handOver: existing.state === 'planned',
  };
}

function recordOf(dockingId: string, event: TicketEvent, entrance: Entrance, receivedAt: Date): EventRecord {
  return {
    dockingId,
    eventId: event.eventId,
    ticketId: event.ticket.id,
    type: event.type,
    occurredAt: new Date(event.occurredAt),
    receivedAt,
    entrance,
    envelope: event,
    state: 'accepted',
    stale: false,
    verdict: null,
    receivers: [],
    handedOverAt: null,
  };
}

/** Version numbers and times are never mixed within one ticket system, so one number orders both. */
function orderOf(ticket: Ticket): number | null {
  if (ticket.version !== null && ticket.version !== undefined) return Number(ticket.version);
  return ticket.updatedAt ? Date.parse(ticket.updatedAt) : null;
}

function calendarOf(
  docking: Docking,
): { calendar: NonNullable<Docking['calendar']> } | Record<string, never> {
  return docking.calendar ? { calendar: docking.calendar } : {};
}
