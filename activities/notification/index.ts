import { ApplicationFailure } from '@temporalio/common';
import { FeishuError } from '../../feishu';
import {
  createIntake,
  handOverClicks,
  planFollowUp,
  type Deadline,
  type FollowedUp,
  type FollowUpKind,
} from '../../intake';
import type { Delivery, EventRecord } from '../../store';
import type { TicketEvent } from '../../tickets';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { carryOut, giveUpClick } from './carry-out';
import { createCongestion } from './congestion';
import { deliverOnce, type Delivered } from './deliver';
import { parkDigest, tellDigest } from './digest';
import { fallBack } from './fall-back';
import type {
  DeliveredLate,
  EventToJudge,
  FollowUp,
  GivenUp,
  HeldCard,
  TicketDecision,
  TriedAtOnce,
} from './messages';
import { giveUpEvent, judgeEvent, keepUnread } from './judge-event';
import { meetDeadline } from './meet-deadline';
import { recordDecision } from './record-decision';
import { refreshCards } from './refresh-cards';
import { isBehind } from './up-to-date';
import { wasRead } from './was-read';

export type * from './messages';
export type { Deadline } from '../../intake';
export type { Judged } from './meet-deadline';
export type { ToldDigest } from './digest';

/** A burst is spread by the workflow tasks that wait here; longer waits are for the rate-limited queue. */
const NOTHING_MORE: FollowedUp = { over: true, deliveryIds: [] };
const READ: FollowedUp = { over: false, deliveryIds: [] };

const QUICK = { maxWaitMs: 2_000, timeoutMs: 5_000 } as const;
const PATIENT = { pace: 'wait', maxWaitMs: 20_000 } as const;

/** Judges events that came straight to a ticket's workflow, and brings due cards to people. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the inferred type is the contract that workflows import
export function createNotificationActivities(ports: ActivityPorts) {
  const { store, now } = ports;
  const intake = createIntake(store, now);
  const congestion = createCongestion();

  return {
    /** The same intake as the API's; the ticket is read here, so that it never enters the history. */
    judgeEvent: (event: EventToJudge) => withFailures(() => judgeEvent(ports, intake, event)),

    /** An event whose ticket cannot be read now is on record from then on. Repeats safely. */
    keepUnread: (event: EventToJudge) => withFailures(() => keepUnread(ports, event)),

    /** Nobody tries again: the record says why. `failure` is what the last try failed with. */
    giveUpEvent: (event: EventToJudge, failure: GivenUp) =>
      withFailures(() => giveUpEvent(ports, event, failure)),

    /** A deadline has come: it becomes an event of its own, unless the ticket moved on. Same deadline, same event. */
    meetDeadline: (dockingId: string, ticketId: string, deadline: Deadline) =>
      withFailures(() => meetDeadline(ports, intake, { dockingId, ticketId, deadline })),

    /** One quick try each, waiting for its turn for a moment at most; what is left goes the patient way. */
    deliverAtOnce: (dockingId: string, deliveryIds: string[]) =>
      withFailures(async () => {
        if (congestion.isCongested(dockingId)) return { later: deliveryIds };
        const tried: TriedAtOnce = {};
        const later: string[] = [];
        const instead: string[] = [];
        let failed = 0;
        const held: HeldCard[] = [];
        const followUps: FollowUp[] = [];
        await Promise.all(
          deliveryIds.map(async (id) => {
            const attempted = await attempt(dockingId, id);
            if (attempted === 'later') return later.push(id);
            const { outcome, delivery } = attempted;
            instead.push(...(attempted.instead ?? []));
            if (outcome === 'failed') {
              failed += 1;
              instead.push(...(await fallBack(ports, id)));
            }
            const waits = outcome === 'held' && delivery ? heldCard(delivery) : null;
            if (waits) held.push(waits);
            const due = outcome === 'sent' && delivery && followUpOf(delivery);
            return due ? followUps.push(due) : undefined;
          }),
        );
        if (failed > 0) tried.failed = failed;
        if (later.length > 0) tried.later = later;
        if (instead.length > 0) tried.instead = instead;
        if (held.length > 0) tried.held = held;
        if (followUps.length > 0) tried.followUps = followUps;
        return tried;
      }),

    /** Waits for its turn; fails retryably until the card is out or the platform says never. */
    deliver: (dockingId: string, deliveryId: string) =>
      withFailures(async () => {
        const delivered = await deliverOnce(ports, dockingId, deliveryId, PATIENT);
        const { outcome, delivery } = delivered;
        const late: DeliveredLate = { outcome };
        const followUp = outcome === 'sent' && delivery ? followUpOf(delivery) : null;
        if (followUp) late.followUp = followUp;
        const instead = outcome === 'failed' ? await fallBack(ports, deliveryId) : (delivered.instead ?? []);
        if (instead.length > 0) late.instead = instead;
        const held = outcome === 'held' && delivery ? heldCard(delivery) : null;
        if (held) late.held = held;
        return late;
      }),

    /** Changes cards that are out in place: each shows its ticket as it is now. Nobody is told anew. */
    refreshCards: (dockingId: string, deliveryIds: string[]) =>
      withFailures(() => refreshCards(ports, dockingId, deliveryIds, PATIENT)),

    /** Nobody reacted in time: plans the next cards, unless the ticket moved on or the card was read after all. */
    planFollowUp: (deliveryId: string, kind: FollowUpKind, round: number) =>
      withFailures(async () => {
        const delivery = await store.deliveries.get(deliveryId);
        if (!delivery) return NOTHING_MORE;
        if (kind === 'unread' && (await wasRead(ports, delivery))) return READ;
        return planFollowUp(store, delivery, kind, round, now());
      }),

    /** Carries a click out in the ticket system, once, and shows the outcome on the card. */
    carryOutClick: (clickId: string) => withFailures(() => carryOut(ports, clickId)),

    /** The patient way gave up on a click: it may be clicked again. Gives what has become of it after all. */
    parkClick: (clickId: string) => withFailures(() => giveUpClick(ports, clickId)),

    /** An operator decided without a click: into the audit trail and beside the clicks. Repeats safely. */
    recordDecision: (decision: TicketDecision) => withFailures(() => recordDecision(ports, decision)),

    /** The patient way gave up: a person decides, and may replay it under the same key. */
    parkDelivery: (deliveryId: string) =>
      withFailures(async () => {
        if (await store.deliveries.settle(deliveryId, { state: 'needs-attention', reason: 'gave-up' }))
          return;
        // It is out, and only a change of it was given up.
        const out = await store.deliveries.get(deliveryId);
        if (out && isBehind(out)) await store.deliveries.noteBehind(deliveryId, now());
      }),

    /** Sends a person's digest in a quick try; `later` when it could not be sent now. */
    tellDigestAtOnce: (dockingId: string, digestId: string, replay: string | null) =>
      withFailures(() => tellDigest(ports, { dockingId, digestId, replay }, { ...QUICK, quick: true })),

    /** Waits for its turn; fails retryably until the digest is out or the platform says never. */
    tellDigest: (dockingId: string, digestId: string, replay: string | null) =>
      withFailures(() => tellDigest(ports, { dockingId, digestId, replay }, PATIENT)),

    parkDigest: (dockingId: string, digestId: string, replay: string | null) =>
      withFailures(() => parkDigest(ports, { dockingId, digestId, replay })),

    /** Digests that no workflow knows of yet. */
    sweepDigests: () =>
      withFailures(async () => {
        const waiting = await store.digests.waiting(500);
        for (const digest of waiting) {
          await ports.tellDigest(digest);
          await store.digests.handedOver(digest);
        }
        return { handedOver: waiting.length };
      }),

    /** Events and clicks that are durable but never reached their ticket's workflow are handed over now. */
    sweepHandovers: () =>
      withFailures(async () => {
        const left = await store.events.unhanded({ olderThanMs: 15_000, limit: 500 });
        let handedOver = 0;
        for (const record of left) {
          try {
            if (await handOver(record)) handedOver += 1;
          } catch (error) {
            // The sweep comes again in a minute; what one event does must not hold up those of everybody else.
            const { dockingId, eventId } = record;
            ports.log.error({ err: error, dockingId, eventId }, 'an event could not be handed over');
          }
        }
        const clicks = await handOverClicks(store.clicks, (dockingId, ticketId, click) =>
          ports.tellClick(dockingId, ticketId, click),
        );
        return { handedOver: handedOver + clicks };
      }),
  };

  async function handOver({ dockingId, eventId, envelope }: EventRecord): Promise<boolean> {
    const docking = await store.dockings.get(dockingId);
    const taken = docking && (await intake.take(docking, envelope as TicketEvent, 'api'));
    if (taken?.handOver) await ports.tellTicket(dockingId, taken);
    // Of a docking that was removed: nobody is to be told, and it would be looked at for ever.
    await store.events.markHandedOver(dockingId, [eventId]);
    return taken?.handOver ?? false;
  }

  async function attempt(dockingId: string, id: string): Promise<Delivered | 'later'> {
    try {
      return await deliverOnce(ports, dockingId, id, QUICK);
    } catch (error) {
      congestion.note(dockingId, error);
      if (error instanceof FeishuError || error instanceof ApplicationFailure) return 'later';
      throw error;
    }
  }
}

function heldCard({ id, employeeId, role, notBefore }: Delivery): HeldCard | null {
  return notBefore ? { deliveryId: id, employeeId, role, at: notBefore.getTime() } : null;
}

function followUpOf({ id, employeeId, role, followUp }: Delivery): FollowUp | null {
  return followUp ? { ...followUp, deliveryId: id, employeeId, role } : null;
}
