/** One card to one employee: intent record → send under the delivery's uuid → result record. */
import { ApplicationFailure } from '@temporalio/common';
import type { CallOptions, FeishuClient } from '../../feishu';
import { switchedOff } from '../../intake';
import { UNDECIDED } from '../../store';
import type {
  ClaimedDelivery,
  Delivery,
  Docking,
  DockingAtWork,
  EventRecord,
  Store,
  TicketRecord,
} from '../../store';
import type { ActivityPorts } from '../ports';
import { withTicketLinks } from './abilities';
import { tellWebhook } from './fall-back';
import { digestModel } from './digest-model';
import { judge, REFUSED_FOR_NOW, settle } from './judge-failure';
import { livingCard, newerSince, updateCard } from './living-card';
import { cardToSend, eventsOf } from './present-card';
import { hasWaited, stopReason, surroundings, whyUnbound } from './since-planned';
import { whatArrived } from './reconcile';
import { digestForms, reminderForms, sendCard } from './send-card';
import { bringUpToDate, isJoined } from './up-to-date';

/** The platform forgets a uuid after an hour; a margin covers clocks that differ. */
const UUID_WINDOW_MS = 55 * 60_000;
/**
 * A sender that was killed never tells its outcome. One that is only slow may be overtaken as well: both send the same
 * uuid, and the slower one decides nothing any more.
 */
const TAKE_OVER_AFTER_MS = 5_000;
/** `held`: quiet hours, not to be sent yet. */
export interface Delivered {
  outcome: 'sent' | 'failed' | 'held';
  /** As it was claimed; of one that somebody else settled, as it is. Null when there is none. */
  delivery: Delivery | null;
  /** Cards that go out instead of one that cannot be changed any more. */
  instead?: string[];
}

interface Sent {
  messageId: string;
  chatId?: string;
  carriedBy: 'message' | 'update';
  /** Nothing was sent: since then the card shows what happened later. */
  behind?: Date;
}

/**
 * Tries once; what is not final is thrown, and the same uuid is sent again later. Repeats safely because the record is claimed
 * before the send and the platform sends a uuid at most once an hour; past the hour the chat tells whether it arrived, and what
 * cannot be told is parked for a person.
 */
export async function deliverOnce(
  ports: ActivityPorts,
  dockingId: string,
  deliveryId: string,
  options: CallOptions,
): Promise<Delivered> {
  const { store, now } = ports;
  const takeOverAfterMs = TAKE_OVER_AFTER_MS;
  const expected = store.deliveries.justPlanned(deliveryId);
  const [delivery, ahead] = await Promise.all([
    store.deliveries.claim(deliveryId, { dockingId, takeOverAfterMs }),
    expected && surroundings(store, expected),
  ]);
  if (!delivery) {
    const found = await store.deliveries.get(deliveryId);
    const known = found?.dockingId === dockingId ? found : null;
    return known && isJoined(known) ? joined(ports, known, options) : settledAs(known, now());
  }
  const { employeeId } = delivery;
  const waited = Boolean(delivery.bundles) || hasWaited(delivery, now());
  const [{ work, employee, ticket }, records, unbound, off] = await Promise.all([
    ahead ?? surroundings(store, delivery),
    eventsOf(store, delivery),
    waited ? whyUnbound(store, delivery) : null,
    waited ? switchedOff(store, delivery) : null,
  ]);
  const [record] = records;
  const stopped = stopReason(work?.docking, employee, off ?? unbound);
  if (stopped || !work)
    return settle(store, delivery, stopped?.state ?? 'failed', stopped?.reason ?? 'docking-off');
  if (!record) throw new Error(`delivery ${delivery.id} names an event that is not stored`);
  const { docking } = work;
  if (delivery.target?.kind === 'webhook') {
    const told = await toWebhook(store, work, delivery, record);
    if (told === 'refused') return settle(store, delivery, 'failed', 'webhook:refused');
    await store.deliveries.settle(delivery.id, { state: 'sent', carriedBy: 'message', sentAt: now() });
    return { outcome: 'sent', delivery };
  }
  const client = ports.feishu.for({
    appId: docking.appId,
    appSecret: work.secrets.appSecret,
    baseUrl: docking.platformUrl,
  });
  try {
    const sent: Sent | 'undecided' =
      (isForgotten(delivery, now()) ? await whatArrived(ports, client, delivery, options) : null) ??
      (await send(ports, { client, docking, delivery, records, ticket }, options));
    if (sent === 'undecided') return await settle(store, delivery, 'needs-attention', UNDECIDED);
    const { behind: _behind, ...proof } = sent;
    const shown = shownBy(delivery, sent, now());
    await store.deliveries.settle(delivery.id, {
      ...proof,
      ...(shown ? { shown } : {}),
      state: 'sent',
      reason: null,
      sentAt: now(),
    });
    if (delivery.agentId) {
      store.bindings.noteDeliverySoon(docking.id, employeeId, { deliveryId: delivery.id, at: now() });
    }
    if (!shown || shown.events === delivery.eventIds.length) return { outcome: 'sent', delivery };
  } catch (error) {
    return judge(ports, docking, delivery, error);
  }
  const out = await store.deliveries.get(delivery.id);
  if (!out || !isJoined(out)) return { outcome: 'sent', delivery };
  const { instead } = await bringUpToDate(ports, out, options);
  return { outcome: 'sent', delivery, ...(instead ? { instead } : {}) };
}

/** Events were noted on a card that is out: it shows them, and nothing else is sent. */
async function joined(ports: ActivityPorts, delivery: Delivery, options: CallOptions): Promise<Delivered> {
  const { handled, instead } = await bringUpToDate(ports, delivery, options);
  return {
    outcome: 'sent',
    delivery: handled ? null : delivery,
    ...(instead ? { instead } : {}),
  };
}

/**
 * Absent for the one event that nearly every card has. A send that is repeated may have met the message of an earlier try, with
 * the events of then: it counts as showing the first.
 */
function shownBy(
  { eventIds, attempts, bundles }: Delivery,
  { carriedBy, behind }: Omit<Sent, 'messageId'>,
  at: Date,
): Delivery['shown'] {
  // The one that a card shows is the one that was shown last.
  if (behind) return { events: eventIds.length, at: new Date(behind.getTime() - 1) };
  if (eventIds.length === 1 || bundles) return undefined;
  return { events: attempts === 1 || carriedBy === 'update' ? eventIds.length : 1, at };
}

/** Whoever did not answer is asked again: the webhook knows a delivery by its id. */
async function toWebhook(
  store: Store,
  work: DockingAtWork,
  delivery: ClaimedDelivery,
  record: EventRecord,
): Promise<'told' | 'refused'> {
  try {
    return await tellWebhook(work, delivery, record);
  } catch (error) {
    const result = { state: 'planned', reason: `${REFUSED_FOR_NOW}webhook` } as const;
    await store.deliveries.settle(delivery.id, result, delivery.attempts);
    throw error;
  }
}

interface Errand {
  client: FeishuClient;
  docking: Docking;
  delivery: Delivery;
  records: readonly EventRecord[];
  ticket: TicketRecord | null;
}

async function send(
  ports: ActivityPorts,
  { client, docking, delivery, records, ticket }: Errand,
  options: CallOptions,
): Promise<Sent> {
  const call = { ...options, priority: delivery.urgency };
  if (delivery.bundles) {
    const digest = digestForms(
      await digestModel(ports.store, await withTicketLinks(ports, docking), delivery),
    );
    const { messageId, chatId } = await sendCard(client, delivery, digest, call);
    return { messageId, carriedBy: 'message', ...(chatId ? { chatId } : {}) };
  }
  const model = await cardToSend(ports, docking, delivery, records, ticket);
  const living = delivery.target ? null : await livingCard(ports, delivery);
  const newer = living && (await newerSince(ports, living, delivery, records));
  if (newer) return { messageId: living, carriedBy: 'update', behind: newer };
  if (living && (await updateCard(client, living, model, call)) === 'shown') {
    return { messageId: living, carriedBy: 'update' };
  }
  const { messageId, chatId } = await sendCard(client, delivery, reminderForms(model), call);
  return { messageId, carriedBy: 'message', ...(chatId ? { chatId } : {}) };
}

/** An earlier try may have gone out, and the platform no longer knows its uuid. */
function isForgotten({ earlierMayBeOut, firstAttemptAt }: ClaimedDelivery, now: Date): boolean {
  return (
    earlierMayBeOut && firstAttemptAt !== null && now.getTime() - firstAttemptAt.getTime() > UUID_WINDOW_MS
  );
}

/** Somebody else has it, it is over, or it is not due yet. */
function settledAs(delivery: Delivery | null, now: Date): Delivered {
  if (delivery?.state === 'sending') {
    throw ApplicationFailure.create({
      type: 'Delivery.InFlight',
      message: `Delivery ${delivery.id} is being sent by another worker, or by one that died. Next: nothing, it is taken over soon.`,
      nextRetryDelay: '2s',
    });
  }
  // The digest's own workflow has it.
  if (delivery?.digestId) return { outcome: 'sent', delivery: null };
  if (delivery?.state === 'planned' && delivery.notBefore && delivery.notBefore > now) {
    return { outcome: 'held', delivery };
  }
  return { outcome: delivery?.state === 'sent' ? 'sent' : 'failed', delivery };
}
