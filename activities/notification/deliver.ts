/** One card to one employee: intent record → send under the delivery's uuid → result record. */
import { ApplicationFailure } from '@temporalio/common';
import { FeishuError, type CallOptions, type FeishuClient } from '../../feishu';
import type { Delivery, Docking, DockingAtWork, Employee, EventRecord, Store } from '../../store';
import type { ActivityPorts } from '../ports';
import { cardModel } from '../../intake';
import { actionsFor } from './card-actions';
import { tellWebhook } from './fall-back';
import { digestModel } from './digest-model';
import { livingCard, updateCard } from './living-card';
import { whatArrived } from './reconcile';
import { digestForms, reminderForms, sendCard } from './send-card';

/** The platform forgets a uuid after an hour; a margin covers clocks that differ. */
const UUID_WINDOW_MS = 55 * 60_000;
/**
 * A sender that was killed never tells its outcome. One that is only slow may be overtaken as well: both send the same
 * uuid, and the slower one decides nothing any more.
 */
const TAKE_OVER_AFTER_MS = 5_000;
/** Marks a try that the platform refused for now: nothing went out, so the age of its uuid does not matter. */
const REFUSED_FOR_NOW = 'for-now:';

/** `held`: quiet hours, not to be sent yet. */
export interface Delivered {
  outcome: 'sent' | 'failed' | 'held';
  /** As it was claimed; of one that somebody else settled, as it is. Null when there is none. */
  delivery: Delivery | null;
}

interface Sent {
  messageId: string;
  chatId?: string;
  carriedBy: 'message' | 'update';
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
  const delivery = await store.deliveries.claim(deliveryId, { dockingId, takeOverAfterMs });
  if (!delivery) {
    const found = await store.deliveries.get(deliveryId);
    return settledAs(found?.dockingId === dockingId ? found : null, now());
  }
  const { employeeId } = delivery;
  const [work, [employee], [record]] = await Promise.all([
    store.dockings.atWork(dockingId),
    store.employees.getMany(dockingId, delivery.target ? [] : [employeeId]),
    store.events.getMany(dockingId, delivery.eventIds.slice(0, 1)),
  ]);
  const stopped = stopReason(work?.docking, employee);
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
    const sent =
      (isForgotten(delivery, now()) ? await whatArrived(ports, client, delivery, options) : null) ??
      (await send(ports, { client, docking, delivery, record }, options));
    if (sent === 'undecided')
      return await settle(store, delivery, 'needs-attention', 'outcome-unknown-too-old');
    await store.deliveries.settle(delivery.id, { ...sent, state: 'sent', reason: null, sentAt: now() });
    if (delivery.agentId) {
      store.bindings.noteDeliverySoon(docking.id, employeeId, { deliveryId: delivery.id, at: now() });
    }
    return { outcome: 'sent', delivery };
  } catch (error) {
    return judge(ports, docking, delivery, error);
  }
}

/** Whoever did not answer is asked again: the webhook knows a delivery by its id. */
async function toWebhook(
  store: Store,
  work: DockingAtWork,
  delivery: Delivery,
  record: EventRecord,
): Promise<'told' | 'refused'> {
  try {
    return await tellWebhook(work, delivery, record);
  } catch (error) {
    const result = { state: 'failed', retryable: true, reason: `${REFUSED_FOR_NOW}webhook` } as const;
    await store.deliveries.settle(delivery.id, result, delivery.attempts);
    throw error;
  }
}

interface Errand {
  client: FeishuClient;
  docking: Docking;
  delivery: Delivery;
  record: EventRecord;
}

async function send(
  ports: ActivityPorts,
  { client, docking, delivery, record }: Errand,
  options: CallOptions,
): Promise<Sent> {
  const call = { ...options, priority: delivery.urgency };
  if (delivery.bundles) {
    const digest = digestForms(await digestModel(ports.store, docking, delivery));
    const { messageId, chatId } = await sendCard(client, delivery, digest, call);
    return { messageId, carriedBy: 'message', ...(chatId ? { chatId } : {}) };
  }
  const model = cardModel(docking, delivery, record, await actionsFor(ports, docking, delivery, record));
  const living = delivery.target ? null : await livingCard(ports, delivery);
  if (living && (await updateCard(client, living, model, call))) {
    return { messageId: living, carriedBy: 'update' };
  }
  const { messageId, chatId } = await sendCard(client, delivery, reminderForms(model), call);
  return { messageId, carriedBy: 'message', ...(chatId ? { chatId } : {}) };
}

/** Gates that may have closed since the plan: the docking, and the person. */
function stopReason(
  docking: Docking | undefined,
  employee: Employee | undefined,
): { state: 'failed' | 'needs-attention'; reason: string } | null {
  // Paused by the platform: nothing is lost, it waits for a replay. Switched off by a person: it is not wanted.
  if (docking?.state === 'paused' && docking.pausedReason) {
    return { state: 'needs-attention', reason: 'docking-paused' };
  }
  if (docking?.state !== 'live') return { state: 'failed', reason: 'docking-off' };
  if (employee?.state === 'left') return { state: 'failed', reason: 'employee-left' };
  return null;
}

/** An earlier try may have gone out, and the platform no longer knows its uuid. */
function isForgotten({ attempts, firstAttemptAt, reason }: Delivery, now: Date): boolean {
  const nothingWentOut = reason?.startsWith(REFUSED_FOR_NOW) ?? false;
  return (
    attempts > 1 &&
    !nothingWentOut &&
    firstAttemptAt !== null &&
    now.getTime() - firstAttemptAt.getTime() > UUID_WINDOW_MS
  );
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
      return { outcome: 'failed', delivery };
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
  return { outcome: 'failed', delivery };
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
