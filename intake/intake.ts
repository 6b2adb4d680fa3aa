/**
 * Record → evaluate → plan: the one way in for a ticket event, whether the API or a ticket workflow calls it.
 * Same record, same verdict, whichever comes first.
 */
import { LRUCache } from 'lru-cache';
import { compileRules, evaluate, factsFor, type CompiledRules, type Verdict } from '../rules';
import type { Docking, EventRecord, ReminderSettings, Store } from '../store';
import { ticketOrder, type Ticket, type TicketEvent } from '../tickets';
import { recheckDeadlines, ticketDeadlines, type Deadline } from './deadlines';
import { planEvent } from './plan';
import { REASONS, type ReasonCode } from './reasons';

/** `timer`: nobody sent it, time made it. */
export type Entrance = 'api' | 'adapter' | 'client' | 'timer';

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
  /** What the ticket itself has ahead from now on; null = as before. */
  deadlines: Deadline[] | null;
  /** Rules that wait for this event, beside those of events before. */
  rechecks: Deadline[];
  /** False when there is nothing to hand over, or it was handed over before. */
  handOver: boolean;
}

export interface TakeOptions {
  /** Judge this rule only. */
  onlyRule?: string;
  /** Judge these rules only. */
  onlyRules?: readonly string[];
}

export interface Intake {
  /** Durable when it resolves. A repeated event id answers with the first verdict. */
  take(docking: Docking, event: TicketEvent, entrance: Entrance, options?: TakeOptions): Promise<Taken>;
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
    async take(docking, event, entrance, options = {}) {
      const inserted = await store.events.insertOnce(recordOf(docking.id, event, entrance, now()));
      if (!inserted.inserted && inserted.existing.state !== 'accepted')
        return again(docking, inserted.existing);
      const taken = await judge(docking, event, options);
      return inserted.inserted ? taken : { ...taken, state: 'duplicate' };
    },
  };

  /** Runs again after a crash in the middle: deliveries are unique by uuid and the record settles once. */
  async function judge(
    docking: Docking,
    event: TicketEvent,
    { onlyRule, onlyRules }: TakeOptions,
  ): Promise<Taken> {
    const only = onlyRule === undefined ? onlyRules : [onlyRule];
    const [settings, { newer, followedUp, deadlinesKey }] = await Promise.all([
      store.reminders.get(docking.id),
      ticketBefore(docking.id, event),
    ]);
    const off = offReason(docking, settings);
    const verdict: Verdict = off
      ? { rulesVersion: settings.version, rules: [] }
      : await evaluate(rulesOf(settings), factsFor(event, { now: now(), ...calendarOf(docking) }), {
          ...(only ? { only: new Set(only) } : {}),
        });
    const plan = await planEvent(store, docking, { event, newer }, settings.rules, verdict, now());
    if (plan.deliveries.length > 0) await store.deliveries.plan(plan.deliveries);
    if (plan.digests.length > 0) await store.digests.note(plan.digests);
    const due = plan.deliveries.filter(({ digestId }) => !digestId);
    const settles = newer ? null : settlesOf(event);
    const deadlines = newer || off ? null : ticketDeadlines(event.ticket, settings.rules, now());
    const again = onlyRule !== undefined || newer !== null || isFinished(event.ticket);
    const rechecks = again ? [] : recheckDeadlines(event.eventId, verdict);
    const key = deadlines === null ? deadlinesKey : keyOf(deadlines);
    const moved = key !== deadlinesKey;
    const follows =
      plan.deliveries.some((delivery) => delivery.followUp) || [...(deadlines ?? []), ...rechecks].length > 0;
    if ((!followedUp && follows) || moved) {
      await store.tickets.setFollowedUp(docking.id, event.ticket.id, followedUp || follows, key);
    }
    const handOver = due.length > 0 || (followedUp && settles !== null) || moved || rechecks.length > 0;
    await store.events.settle(docking.id, event.eventId, {
      state: handOver ? 'planned' : plan.digests.length > 0 ? 'handed-over' : 'silent',
      verdict,
      stale: newer !== null,
      receivers: off ? [offReceiver(off)] : plan.receivers,
    });
    return {
      eventId: event.eventId,
      ticketId: event.ticket.id,
      state: 'accepted',
      deliveryIds: due.map((delivery) => delivery.id),
      urgent: due.some((delivery) => delivery.urgency === 'urgent'),
      statusType: event.ticket.statusType ?? null,
      settles,
      deadlines: moved ? deadlines : null,
      rechecks,
      handOver,
    };
  }

  /** After a crash before the hand-over the ticket's workflow is told everything again. */
  async function again(docking: Docking, existing: EventRecord): Promise<Taken> {
    const taken = seenBefore(existing);
    if (existing.state !== 'planned' || existing.stale) return taken;
    const [settings, known] = await Promise.all([
      store.reminders.get(docking.id),
      store.tickets.get(docking.id, existing.ticketId),
    ]);
    const ticket = (known?.snapshot ?? (existing.envelope as TicketEvent).ticket) as Ticket;
    if (isFinished(ticket)) return { ...taken, deadlines: [] };
    const rechecks = existing.verdict ? recheckDeadlines(existing.eventId, existing.verdict) : [];
    return { ...taken, deadlines: ticketDeadlines(ticket, settings.rules, now()), rechecks };
  }

  /** Order is not promised by the sources: `newer` is the state already known, null when this one is the newest. */
  async function ticketBefore(
    dockingId: string,
    event: TicketEvent,
  ): Promise<{ newer: Ticket | null; followedUp: boolean; deadlinesKey: string }> {
    const known = await store.tickets.get(dockingId, event.ticket.id);
    const followedUp = known?.followedUp ?? false;
    const deadlinesKey = known?.deadlinesKey ?? NO_DEADLINES;
    if (known && ticketOrder(event.ticket, known.snapshot as Ticket) < 0) {
      return { newer: known.snapshot as Ticket, followedUp, deadlinesKey };
    }
    await store.tickets.upsertIfNewer({
      dockingId,
      ticketId: event.ticket.id,
      order: orderOf(event.ticket),
      snapshot: event.ticket,
      raw: known?.raw ?? null,
      updatedAt: now(),
    });
    return { newer: null, followedUp, deadlinesKey };
  }
}

const NO_DEADLINES = '';

/** Equal for the same deadlines: a ticket's workflow is told only of what moved. */
function keyOf(deadlines: readonly Deadline[]): string {
  return deadlines
    .map(({ at, ...deadline }) => `${Object.values(deadline).join(' ')} ${at}`)
    .sort()
    .join('; ')
    .slice(0, 2000);
}

function isFinished({ statusType }: Ticket): boolean {
  return ['solved', 'closed', 'deleted'].includes(statusType ?? '');
}

function settlesOf({ type, ticket, changes }: TicketEvent): Taken['settles'] {
  if (isFinished(ticket)) return 'closed';
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
  const deliveryIds = existing.receivers.flatMap(({ deliveryId, digested }) =>
    deliveryId && !digested ? [deliveryId] : [],
  );
  return {
    eventId: existing.eventId,
    ticketId: existing.ticketId,
    state: 'duplicate',
    deliveryIds: [...new Set(deliveryIds)],
    urgent: false,
    statusType: null,
    settles: existing.stale ? null : settlesOf(existing.envelope as TicketEvent),
    deadlines: null,
    rechecks: [],
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
