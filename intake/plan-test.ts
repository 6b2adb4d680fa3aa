/** One card to one employee, to see that it arrives and how it looks. */
import { randomUUID } from 'node:crypto';
import { cardWords, factsFor, type ReminderRule, type RuleVerdict } from '../rules';
import type { Delivery, Docking, Store } from '../store';
import { ticketEventSchema, type TicketEvent } from '../tickets';
import { deliveryFor } from './plan';

/** A made-up ticket of its own, so that nothing real is touched. Gives the planned delivery. */
export async function planTest(
  store: Store,
  docking: Docking,
  employeeId: string,
  rule: Pick<ReminderRule, 'id' | 'name' | 'triggers' | 'urgency' | 'template'>,
  now: Date,
): Promise<Delivery> {
  const id = `test-${randomUUID()}`;
  const event = sampleEvent(id, rule.triggers[0], now);
  const delivery: Delivery = {
    ...deliveryFor(
      docking.id,
      event,
      { role: 'test', agentId: '', ruleIds: [rule.id], urgent: rule.urgency === 'urgent' },
      employeeId,
      now,
    ),
    // Nobody's card in particular: it carries no buttons.
    agentId: null,
  };
  await store.deliveries.plan([delivery]);
  await store.events.insertOnce({
    dockingId: docking.id,
    eventId: id,
    ticketId: id,
    type: event.type,
    occurredAt: now,
    receivedAt: now,
    entrance: 'test',
    envelope: event,
    state: 'planned',
    stale: false,
    verdict: { rulesVersion: 0, rules: [sampleVerdict(rule, event, now)] },
    receivers: [
      {
        role: 'test',
        agentId: null,
        employeeId,
        ruleIds: [rule.id],
        deliveryId: delivery.id,
        suppressedBy: null,
        detail: 'A test card is due.',
      },
    ],
    handedOverAt: null,
  });
  return delivery;
}

/** An event about a made-up ticket. */
export function sampleEvent(id: string, type: string | undefined, now: Date): TicketEvent {
  return ticketEventSchema.parse({
    eventId: id,
    type: type ?? 'ticket.created',
    occurredAt: now.toISOString(),
    actor: { type: 'system' },
    ticket: {
      id,
      code: 'TEST',
      title: 'Test reminder · 测试提醒',
      contentExcerpt: 'This is a test. Nothing needs to be done. 这是一条测试提醒，无需处理。',
      statusType: 'new',
      priority: 'normal',
    },
  });
}

/** As if the rule had matched. */
export function sampleVerdict(
  { id, name, template }: Pick<ReminderRule, 'id' | 'name' | 'template'>,
  event: TicketEvent,
  now: Date,
): RuleVerdict {
  const card = template ? { card: cardWords(template, factsFor(event, { now })) } : {};
  return { ruleId: id, name, matched: true, trace: null, ...card };
}
