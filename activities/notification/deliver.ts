/** One card to one employee: intent record → send under the delivery's uuid → result record. */
import { ApplicationFailure } from '@temporalio/common';
import { FeishuError, type CallOptions } from '../../feishu';
import type { Delivery, Docking, Store } from '../../store';
import type { ActivityPorts } from '../ports';
import { cardModel } from './card-model';
import { actionsFor } from './card-actions';
import { livingCard, updateCard } from './living-card';
import { sendCard } from './send-card';

/** The platform forgets a uuid after an hour; a margin covers clocks that differ. */
const UUID_WINDOW_MS = 55 * 60_000;
/** A sender that was killed never tells its outcome; one that lives gives up its HTTP call well before. */
const TAKE_OVER_AFTER_MS = 12_000;
/** Marks a try that the platform refused for now: nothing went out, so the age of its uuid does not matter. */
const REFUSED_FOR_NOW = 'for-now:';

export type Delivered = 'sent' | 'failed';

interface Sent {
  messageId: string;
  carriedBy: 'message' | 'update';
}

/**
 * Tries once; what is not final is thrown, and the same uuid is sent again later. Repeats safely because the record is claimed
 * before the send and the platform sends a uuid at most once an hour; past the hour it is parked for a person.
 */
export async function deliverOnce(
  ports: ActivityPorts,
  deliveryId: string,
  options: CallOptions,
): Promise<Delivered> {
  const { store, now } = ports;
  const delivery = await store.deliveries.claim(deliveryId, { takeOverAfterMs: TAKE_OVER_AFTER_MS });
  if (!delivery) return settledAs(await store.deliveries.get(deliveryId));
  const stopped = await stopReason(store, delivery, now());
  if (stopped) return settle(store, delivery, stopped.state, stopped.reason);
  const docking = await store.dockings.require(delivery.dockingId);
  try {
    const sent = await send(ports, docking, delivery, options);
    await store.deliveries.settle(delivery.id, { ...sent, state: 'sent', reason: null, sentAt: now() });
    if (delivery.agentId)
      await store.bindings.noteDelivery(docking.id, delivery.employeeId, {
        deliveryId: delivery.id,
        at: now(),
      });
    return 'sent';
  } catch (error) {
    return judge(ports, docking, delivery, error);
  }
}

async function send(
  ports: ActivityPorts,
  docking: Docking,
  delivery: Delivery,
  options: CallOptions,
): Promise<Sent> {
  const { store, feishu } = ports;
  const record = await store.events.get(docking.id, delivery.eventIds[0] ?? '');
  if (!record) throw new Error(`delivery ${delivery.id} names an event that is not stored`);
  const { appSecret } = await store.dockings.secrets(docking.id);
  const client = feishu.for({ appId: docking.appId, appSecret, baseUrl: docking.platformUrl });
  const model = cardModel(docking, delivery, record, await actionsFor(ports, docking, delivery, record));
  const call = { ...options, priority: delivery.urgency };
  const living = await livingCard(ports, delivery);
  if (living && (await updateCard(client, living, model, call))) {
    return { messageId: living, carriedBy: 'update' };
  }
  const { messageId } = await sendCard(client, delivery, model, call);
  return { messageId, carriedBy: 'message' };
}

/** Gates that may have closed since the plan: the docking, the person, and the platform's memory of the uuid. */
async function stopReason(
  store: Store,
  delivery: Delivery,
  now: Date,
): Promise<{ state: 'failed' | 'needs-attention'; reason: string } | null> {
  const docking = await store.dockings.get(delivery.dockingId);
  // Paused by the platform: nothing is lost, it waits for a replay. Switched off by a person: it is not wanted.
  if (docking?.state === 'paused' && docking.pausedReason) {
    return { state: 'needs-attention', reason: 'docking-paused' };
  }
  if (docking?.state !== 'live') return { state: 'failed', reason: 'docking-off' };
  const employee = await store.employees.get(delivery.dockingId, delivery.employeeId);
  if (employee?.state === 'left') return { state: 'failed', reason: 'employee-left' };
  const tried = delivery.firstAttemptAt?.getTime();
  const nothingWentOut = delivery.reason?.startsWith(REFUSED_FOR_NOW) ?? false;
  if (
    delivery.attempts > 1 &&
    !nothingWentOut &&
    tried !== undefined &&
    now.getTime() - tried > UUID_WINDOW_MS
  ) {
    return { state: 'needs-attention', reason: 'outcome-unknown-too-old' };
  }
  return null;
}

/** One class of answer, one action. Throws what another try can change. */
async function judge(
  ports: ActivityPorts,
  docking: Docking,
  delivery: Delivery,
  error: unknown,
): Promise<Delivered> {
  const { store } = ports;
  if (!(error instanceof FeishuError)) throw error;
  const reason = `feishu:${error.code ?? error.errorClass}`;
  const logId = error.logId ?? null;
  switch (error.errorClass) {
    case 'person-gone':
      await store.bindings.suspend(docking.id, delivery.employeeId, reason);
      return settle(store, delivery, 'failed', reason, logId);
    case 'scope':
    case 'app-state':
    case 'network-policy':
      // The docking as a whole cannot send: the card is kept for a replay, the checklist finds out what is missing.
      await settle(store, delivery, 'needs-attention', reason, logId);
      await store.dockings.setState(docking.id, 'paused', { onlyFrom: ['live'], pausedReason: reason });
      await ports.checkAgain(docking.id);
      return 'failed';
    case 'wrong-url':
      return settle(store, delivery, 'needs-attention', reason, logId);
    default:
      if (error.outcome === 'unknown') {
        await store.deliveries.settle(delivery.id, { state: 'unknown', reason, logId }, delivery.attempts);
        throw error;
      }
      if (error.retry === 'never') return settle(store, delivery, 'failed', reason, logId);
      return again(store, delivery, error, reason, logId);
  }
}

/** Refused for now: nothing went out. */
async function again(
  store: Store,
  delivery: Delivery,
  error: Error,
  reason: string,
  logId: string | null = null,
): Promise<never> {
  const result = { state: 'failed', retryable: true, reason: `${REFUSED_FOR_NOW}${reason}`, logId } as const;
  await store.deliveries.settle(delivery.id, result, delivery.attempts);
  throw error;
}

/** With the number of the try: a sender that was overtaken decides nothing any more. */
async function settle(
  store: Store,
  delivery: Delivery,
  state: 'failed' | 'needs-attention',
  reason: string,
  logId: string | null = null,
): Promise<Delivered> {
  await store.deliveries.settle(delivery.id, { state, reason, logId }, delivery.attempts);
  return 'failed';
}

/** Somebody else has it, or it is over. */
function settledAs(delivery: Delivery | null): Delivered {
  if (delivery?.state === 'sending') {
    throw ApplicationFailure.create({
      type: 'Delivery.InFlight',
      message: `Delivery ${delivery.id} is being sent by another worker, or by one that died. Next: nothing, it is taken over soon.`,
      nextRetryDelay: '4s',
    });
  }
  return delivery?.state === 'sent' ? 'sent' : 'failed';
}
