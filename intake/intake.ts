/**
 * Record → evaluate → plan: the one way in for a ticket event, whether the API or a ticket workflow calls it.
 * Same record, same verdict, whichever comes first.
 */
import { LRUCache } from 'lru-cache';
import { compileRules, evaluate, factsFor, type CompiledRules, type Verdict } from '../rules';
import { isJudged } from '../store';
import type { Delivery, Docking, EventRecord, ReminderSettings, Store, TicketBefore } from '../store';
import type { Ticket, TicketEvent } from '../tickets';
import { recheckDeadlines, type Deadline } from './deadlines';
import {
  answerKept,
  deadlinesToTell,
  deadlinesToTellAgain,
  noteTelling,
  type TellOf,
} from './deadlines-told';
import { offReceiver, recordOf, seenBefore, type Judged } from './event-record';
import { outdatedCards } from './outdated-cards';
import { firingRules, whoIsMeant } from './meant';
import { planEvent } from './plan';
import { isAnswer } from './reactions';
import { isFinished, orderOf, settlesOf } from './ticket-state';
import type { ReasonCode } from './reasons';
import { isPausedByPlatform } from './resume';
import { onOneCard } from './told-by-both';
import { writeCards, type Written } from './write-cards';

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
  /** The ticket's workflow had something to wait for before this event. */
  followedUp: boolean;
  /** Deliveries whose cards are out and do not show the ticket as it is now. */
  refreshes: string[];
  /** False when there is nothing to hand over, or it was handed over before. */
  handOver: boolean;
}

export interface TakeOptions {
  /** Judge this rule only. */
  onlyRule?: string;
  /** Judge these rules only. */
  onlyRules?: readonly string[];
  /**
   * The ticket's workflow asks itself, and asks again only when the answer to an earlier try was lost on its way: it is told
   * everything once more, whatever the record says of the hand-over.
   */
  byWorkflow?: boolean;
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
    async take(docking, sent, entrance, options = {}) {
      const event = { ...sent, receivedAt: sent.receivedAt ?? now().toISOString() };
      if (orderOf(event.ticket) === null) {
        // What cannot be put in order must not overwrite the ticket's latest state a second time.
        const existing = await store.events.get(docking.id, event.eventId);
        if (existing && isJudged(existing)) return again(docking, existing, options);
      }
      const judged = await judge(docking, event, entrance, options);
      const inserted = await store.events.insertOnce(recordOf(docking.id, event, entrance, now(), judged));
      return inserted.inserted
        ? conclude(docking.id, event, judged)
        : again(docking, inserted.existing, options);
    },
  };

  /** Nothing but the ticket's latest state is written here: the verdict is stored with the event, in one write. */
  async function judge(
    docking: Docking,
    event: TicketEvent,
    entrance: Entrance,
    { onlyRule, onlyRules }: TakeOptions,
  ): Promise<Judged> {
    const only = onlyRule === undefined ? onlyRules : [onlyRule];
    const settings = await store.reminders.atWork(docking.id);
    const off = offReason(docking, settings);
    const judging = async () => {
      const verdict = off ? nothingFires(settings) : await verdictOf(docking, event, settings, only);
      return {
        verdict,
        meant: await whoIsMeant(store, docking, event, firingRules(settings.rules, verdict)),
      };
    };
    const [{ verdict, meant }, { newer, followedUp, deadlinesKey, looksDifferent, holder }, said] =
      await Promise.all([
        judging(),
        ticketBefore(docking.id, event),
        onOneCard(store.events, docking.id, event, now()),
      ]);
    const about = { event: said, newer, byTime: entrance === 'timer' };
    const plan = await planEvent(store, docking, about, meant, now());
    const refreshes =
      looksDifferent && !off
        ? await outdatedCards(store, docking.id, event.ticket.id, plan.deliveries, now())
        : [];
    const settles = newer ? null : settlesOf(event, holder);
    const heard = { event, at: now() };
    // What comes late says nothing new of due times, but an answer was an answer.
    const isNews = newer === null || isAnswer(event);
    const tellOf: TellOf = async (ticket, toldKey) => {
      if (off) return answerKept(toldKey, event);
      const known = { dockingId: docking.id, ticket, rules: settings.rules, toldKey };
      return isNews ? deadlinesToTell(store, known, heard) : null;
    };
    const telling = await tellOf(newer ?? event.ticket, deadlinesKey);
    const final = newer !== null || isFinished(event.ticket);
    const rechecks = final ? [] : recheckDeadlines(event.eventId, verdict);
    return {
      verdict,
      stale: newer !== null,
      receivers: off ? [offReceiver(off)] : plan.receivers,
      deliveries: plan.deliveries,
      followedUp,
      settles,
      telling,
      toldKey: deadlinesKey,
      tellOf,
      rechecks,
      refreshes,
      handOver:
        plan.deliveries.some(goesAlone) ||
        (followedUp && settles !== null) ||
        Boolean(telling?.deadlines) ||
        rechecks.length > 0 ||
        refreshes.length > 0,
    };
  }

  async function verdictOf(
    docking: Docking,
    event: TicketEvent,
    settings: ReminderSettings,
    only: readonly string[] | undefined,
  ): Promise<Verdict> {
    return evaluate(rulesOf(settings), factsFor(event, { now: now(), ...calendarOf(docking) }), {
      ...(only ? { only: new Set(only) } : {}),
    });
  }

  async function conclude(dockingId: string, event: TicketEvent, judged: Judged): Promise<Taken> {
    const { deliveries, followedUp, settles, rechecks, refreshes, handOver } = judged;
    const about = { dockingId, ticketId: event.ticket.id, toldKey: judged.toldKey };
    const telling = await noteTelling(store, about, judged.telling, judged.tellOf);
    const deadlines = telling?.deadlines ?? null;
    const due = deliveries.filter(goesAlone);
    const { moved, alone } = await write(dockingId, event.eventId, deliveries);
    const isToldOf = handOver || alone.length > 0;
    // All of it waits for digests: there is nothing to tell the ticket's workflow.
    if (deliveries.length > 0 && !isToldOf) store.events.handedOverSoon(dockingId, event.eventId);
    const follows =
      deliveries.some((delivery) => delivery.followUp) || [...(deadlines ?? []), ...rechecks].length > 0;
    if (!followedUp && follows) await store.tickets.setFollowedUp(dockingId, event.ticket.id);
    return {
      eventId: event.eventId,
      ticketId: event.ticket.id,
      state: 'accepted',
      deliveryIds: [...due.map(({ id }) => moved.get(id) ?? id), ...alone],
      urgent: due.some((delivery) => delivery.urgency === 'urgent'),
      statusType: event.ticket.statusType ?? null,
      settles,
      deadlines,
      rechecks,
      refreshes,
      followedUp,
      handOver: isToldOf,
    };
  }

  /**
   * The first verdict stands. Of a process that died before the hand-over the cards are written now, and the ticket's
   * workflow is told everything: cards are unique by uuid, and the workflow by event id.
   */
  async function again(
    docking: Docking,
    existing: EventRecord,
    { byWorkflow = false }: TakeOptions,
  ): Promise<Taken> {
    const before = seenBefore(existing);
    if (existing.state !== 'planned' && !byWorkflow) return before;
    const { moved, alone } = await write(docking.id, existing.eventId, existing.cards ?? []);
    const told = before.deliveryIds.map((id) => moved.get(id) ?? id);
    const taken = { ...before, deliveryIds: [...new Set([...told, ...alone])] };
    if (existing.stale) return taken;
    const [settings, known] = await Promise.all([
      store.reminders.get(docking.id),
      store.tickets.get(docking.id, existing.ticketId),
    ]);
    const event = existing.envelope as TicketEvent;
    const ticket = (known?.snapshot ?? event.ticket) as Ticket;
    if (isFinished(ticket)) return { ...taken, deadlines: [] };
    const rechecks = existing.verdict ? recheckDeadlines(existing.eventId, existing.verdict) : [];
    const deadlines = await deadlinesToTellAgain(
      store,
      { dockingId: docking.id, ticket, rules: settings.rules, toldKey: known?.deadlinesKey ?? '' },
      // What has come to pass since then was ahead.
      { event, at: existing.receivedAt },
      now(),
    );
    return { ...taken, deadlines, rechecks };
  }

  async function write(dockingId: string, eventId: string, cards: readonly Delivery[]): Promise<Written> {
    const written = await writeCards(store, cards);
    if (written.moved.size > 0) await store.events.moveCards(dockingId, eventId, written.moved);
    return written;
  }

  /** Order is not promised by the sources: `newer` is the state already known, null when this one is the newest. */
  async function ticketBefore(
    dockingId: string,
    event: TicketEvent,
  ): Promise<TicketBefore & { newer: Ticket | null }> {
    const known = await store.tickets.upsertIfNewer({
      dockingId,
      ticketId: event.ticket.id,
      order: orderOf(event.ticket),
      snapshot: event.ticket,
      raw: null,
      updatedAt: now(),
    });
    return { ...known, newer: known.outcome === 'stale' ? (known.newer as Ticket) : null };
  }
}

const goesAlone = ({ digestId }: Delivery): boolean => !digestId;

const nothingFires = ({ version }: ReminderSettings): Verdict => ({ rulesVersion: version, rules: [] });

function offReason(docking: Docking, settings: ReminderSettings): ReasonCode | null {
  // What the platform paused still plans its cards: they wait among those that need attention.
  if (docking.state !== 'live' && !isPausedByPlatform(docking)) return 'docking-off';
  return settings.enabled ? null : 'reminders-off';
}

function calendarOf(
  docking: Docking,
): { calendar: NonNullable<Docking['calendar']> } | Record<string, never> {
  return docking.calendar ? { calendar: docking.calendar } : {};
}
