import { ApplicationFailure } from '@temporalio/common';
import { FeishuError } from '../../feishu';
import { createIntake, planFollowUp, type FollowUpKind } from '../../intake';
import type { FollowUpPlan } from '../../store';
import type { TicketEvent } from '../../tickets';
import { refuse, withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { carryOut } from './carry-out';
import { deliverOnce } from './deliver';
import { wasRead } from './was-read';

/** What happened, in ids and field codes; the ticket itself is read when the event is judged. */
export interface TicketEventReference {
  type: string;
  occurredAt: string;
  causeId?: string;
  actor: { type: 'customer' | 'agent' | 'system' | 'automation'; id: string };
  /** Field codes and ids only, e.g. assigneeId, groupId, priority, statusType. */
  changes: { field: string; from: string | null; to: string | null }[];
}
export interface EventToJudge {
  dockingId: string;
  ticketId: string;
  eventId: string;
  reference: TicketEventReference;
}
export interface TriedAtOnce {
  sent: string[];
  failed: string[];
  /** Not sent yet: rate, outage, or an answer that got lost. */
  later: string[];
  /** Quiet hours: not to be sent before `at` (Unix ms). Absent when there are none. */
  held?: { deliveryId: string; employeeId: string; role: string; at: number }[];
  /** What happens when nobody reacts to those that were sent. Absent when nothing does. */
  followUps?: FollowUp[];
}
/** A sent card that is followed up. */
export interface FollowUp extends FollowUpPlan {
  deliveryId: string;
  employeeId: string;
  role: string;
}

/** Judges events that came straight to a ticket's workflow, and brings due cards to people. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the inferred type is the contract that workflows import
export function createNotificationActivities(ports: ActivityPorts) {
  const { store, now } = ports;
  const intake = createIntake(store, now);

  return {
    /** The same intake as the API's; the ticket is read here, so that it never enters the history. */
    judgeEvent: ({ dockingId, ticketId, eventId, reference }: EventToJudge) =>
      withFailures(async () => {
        const docking = await store.dockings.get(dockingId);
        if (!docking) throw refuse('Docking.NotFound', 'There is no such docking.', 'Check the docking id.');
        const system = await ports.ticketSystem(dockingId);
        const event: TicketEvent = {
          eventId,
          type: reference.type as TicketEvent['type'],
          occurredAt: reference.occurredAt,
          actor: reference.actor,
          changes: reference.changes,
          ticket: await system.getTicket(ticketId),
          schemaVersion: 1,
          ...(reference.causeId === undefined ? {} : { causeId: reference.causeId }),
        };
        const taken = await intake.take(docking, event, 'client');
        await store.events.markHandedOver(dockingId, [eventId]);
        const { deliveryIds, settles } = taken;
        return settles ? { deliveryIds, settles } : { deliveryIds };
      }),

    /** One quick try each, never waiting for a turn; what is left goes the patient way. */
    deliverAtOnce: (_dockingId: string, deliveryIds: string[]) =>
      withFailures(async () => {
        const tried: TriedAtOnce = { sent: [], failed: [], later: [] };
        const due = await store.deliveries.getMany(deliveryIds);
        const held = due.flatMap(({ id, employeeId, role, notBefore, state }) =>
          state === 'planned' && notBefore && notBefore > now()
            ? [{ deliveryId: id, employeeId, role, at: notBefore.getTime() }]
            : [],
        );
        const waiting = new Set(held.map(({ deliveryId }) => deliveryId));
        await Promise.all(
          deliveryIds
            .filter((id) => !waiting.has(id))
            .map(async (id) => {
              tried[await attempt(id)].push(id);
            }),
        );
        const followUps = due.flatMap(({ id, employeeId, role, followUp }) =>
          followUp && tried.sent.includes(id) ? [{ ...followUp, deliveryId: id, employeeId, role }] : [],
        );
        if (held.length > 0) tried.held = held;
        if (followUps.length > 0) tried.followUps = followUps;
        return tried;
      }),

    /** Waits for its turn; fails retryably until the card is out or the platform says never. */
    deliver: (_dockingId: string, deliveryId: string) =>
      withFailures(async () => {
        const outcome = await deliverOnce(ports, deliveryId, { pace: 'wait', maxWaitMs: 20_000 });
        const delivery = await store.deliveries.get(deliveryId);
        if (outcome !== 'sent' || !delivery?.followUp) return { outcome };
        const { employeeId, role, followUp } = delivery;
        return { outcome, followUp: { ...followUp, deliveryId, employeeId, role } };
      }),

    /** Nobody reacted in time: plans the next cards, unless the ticket moved on or the card was read after all. */
    planFollowUp: (deliveryId: string, kind: FollowUpKind, round: number) =>
      withFailures(async () => {
        const delivery = await store.deliveries.get(deliveryId);
        if (!delivery) return { over: true, deliveryIds: [] };
        if (kind === 'unread' && (await wasRead(ports, delivery))) return { over: false, deliveryIds: [] };
        return planFollowUp(store, delivery, kind, round, now());
      }),

    /** Carries a click out in the ticket system, once, and shows the outcome on the card. */
    carryOutClick: (clickId: string) => withFailures(() => carryOut(ports, clickId)),

    /** The patient way gave up on a click: it may be clicked again. */
    parkClick: (clickId: string) =>
      withFailures(async () => {
        await store.clicks.settle(clickId, { state: 'refused', reason: 'gave-up' });
      }),

    /** The patient way gave up: a person decides, and may replay it under the same key. */
    parkDelivery: (deliveryId: string) =>
      withFailures(async () => {
        await store.deliveries.settle(deliveryId, { state: 'needs-attention', reason: 'gave-up' });
      }),

    /** Events that are durable but never reached their ticket's workflow are handed over now. */
    sweepHandovers: () =>
      withFailures(async () => {
        const left = await store.events.unhanded({ olderThanMs: 15_000, limit: 500 });
        let handedOver = 0;
        for (const record of left) {
          const docking = await store.dockings.get(record.dockingId);
          if (!docking) continue;
          const taken = await intake.take(docking, record.envelope as TicketEvent, 'api');
          if (taken.handOver) {
            await ports.tellTicket(docking.id, taken);
            handedOver += 1;
          }
          await store.events.markHandedOver(docking.id, [record.eventId]);
        }
        return { handedOver };
      }),
  };

  async function attempt(id: string): Promise<'sent' | 'failed' | 'later'> {
    try {
      return await deliverOnce(ports, id, { pace: 'immediate', timeoutMs: 8000 });
    } catch (error) {
      if (error instanceof FeishuError || error instanceof ApplicationFailure) return 'later';
      throw error;
    }
  }
}
