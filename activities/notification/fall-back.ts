/** A card that the platform will never bring to its person goes along the docking's fallback chain. */
import { createHmac } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import axios from 'axios';
import { planFallback } from '../../intake';
import type { Delivery, DockingAtWork, EventRecord, Store } from '../../store';
import type { Ticket, TicketEvent } from '../../tickets';
import type { ActivityPorts } from '../ports';

const WEBHOOK_TIMEOUT_MS = 5_000;
/** These are about the receiver: somebody else may be told. */
const ABOUT_THE_RECEIVER =
  /^(employee-left|unbound|binding-suspended|feishu:(230013|230029|230053|230035|230002|230018|230034|232009|99992351)|webhook:.*)$/;
/** A step of the chain is there to be told something at all: whatever the platform has against it, the next one is tried. */
const OF_A_STEP = /^feishu:/;

/** As `insteadOf`; none when it has not failed. */
export async function fallBack(ports: ActivityPorts, deliveryId: string): Promise<string[]> {
  const delivery = await ports.store.deliveries.get(deliveryId);
  return delivery?.state === 'failed' ? insteadOf(ports, delivery) : [];
}

/**
 * Ids of the cards that go out instead of one that fails for its `reason`; none when that is not about the receiver, or the chain is at
 * its end. Safe to repeat.
 */
export async function insteadOf({ store, now }: ActivityPorts, delivery: Delivery): Promise<string[]> {
  const isStep = delivery.role.startsWith('fallback:');
  const reason = delivery.reason ?? '';
  if (!ABOUT_THE_RECEIVER.test(reason) && !(isStep && OF_A_STEP.test(reason))) return [];
  const [docking, record, known] = await Promise.all([
    store.dockings.get(delivery.dockingId),
    store.events.get(delivery.dockingId, delivery.eventIds[0] ?? ''),
    store.tickets.get(delivery.dockingId, delivery.ticketId),
  ]);
  if (!docking || !record) return [];
  const event = record.envelope as TicketEvent;
  const ticket = (known?.snapshot as Ticket | undefined) ?? event.ticket;
  const about = {
    ruleIds: delivery.ruleIds,
    urgent: delivery.urgency === 'urgent',
    ...(isStep ? { after: delivery.role } : {}),
  };
  const plan = await planFallback(store, docking, { ...event, ticket }, about, now());
  const told = await toldOf(store, record, plan.deliveries);
  const deliveries = plan.deliveries.filter(({ employeeId }) => !told.has(employeeId));
  await store.deliveries.plan(deliveries);
  await store.events.addReceivers(
    docking.id,
    record.eventId,
    plan.receivers.map((one) => ({
      ...one,
      deliveryId: (one.deliveryId && told.get(one.employeeId ?? '')) ?? one.deliveryId,
      detail: `${one.detail} (${one.role} after ${delivery.id})`,
    })),
  );
  return deliveries.map(({ id }) => id);
}

/**
 * Whoever has, or gets at once, a card about the event already is not told a second time: their delivery, by employee. A card of this
 * step itself, planned by a try that died, is none: it may not have gone out.
 */
async function toldOf(
  store: Store,
  { receivers }: EventRecord,
  wanted: readonly Delivery[],
): Promise<Map<string, string>> {
  const asked = new Set(wanted.flatMap(({ employeeId }) => employeeId || []));
  const own = new Set(wanted.map(({ id }) => id));
  const ids = receivers.flatMap(({ deliveryId, employeeId }) =>
    deliveryId && !own.has(deliveryId) && asked.has(employeeId ?? '') ? [deliveryId] : [],
  );
  const cards = ids.length > 0 ? await store.deliveries.getMany(ids) : [];
  const gets = cards.filter(({ state, notBefore }) => state !== 'failed' && !notBefore);
  return new Map(gets.map(({ employeeId, id }) => [employeeId, id]));
}

/**
 * Tells the webhook which ticket wants somebody: ids and codes only. It may hear the same delivery id twice. Fails
 * retryably unless it answers 2xx or plainly refuses (4xx).
 */
export async function tellWebhook(
  { docking, secrets }: DockingAtWork,
  delivery: Delivery,
  record: EventRecord,
): Promise<'told' | 'refused'> {
  const url = docking.notification?.fallbackWebhook?.url;
  if (!url) return 'refused';
  const body = JSON.stringify({
    deliveryId: delivery.id,
    dockingId: docking.id,
    eventId: record.eventId,
    eventType: record.type,
    ticketId: record.ticketId,
    ruleIds: delivery.ruleIds,
    occurredAt: record.occurredAt.toISOString(),
  });
  const secret = secrets.fallbackWebhookSecret;
  const signature = secret ? createHmac('sha256', secret).update(body).digest('hex') : undefined;
  const { status } = await axios
    .post<unknown>(url, body, {
      timeout: WEBHOOK_TIMEOUT_MS,
      maxRedirects: 0,
      maxContentLength: 64 * 1024,
      validateStatus: () => true,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': delivery.id,
        ...(signature ? { 'x-signature': `sha256=${signature}` } : {}),
      },
    })
    .catch(() => ({ status: 0 }));
  if (status >= 200 && status < 300) return 'told';
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return 'refused';
  throw ApplicationFailure.create({
    type: 'Delivery.Unanswered',
    message: `The fallback webhook did not answer (${status}). Next: nothing, it is asked again.`,
  });
}
