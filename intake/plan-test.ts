/** One card to one employee, to see that it arrives and how it looks. */
import { randomUUID } from 'node:crypto';
import type { ReminderRule } from '../rules';
import type { Delivery, Docking, Store } from '../store';
import { ticketEventSchema } from '../tickets';
import { deliveryFor } from './plan';

/** A made-up ticket of its own, so that nothing real is touched. Gives the planned delivery. */
export async function planTest(
  store: Store,
  docking: Docking,
  employeeId: string,
  rule: Pick<ReminderRule, 'id' | 'name' | 'triggers' | 'urgency'>,
  now: Date,
): Promise<Delivery> {
  const id = `test-${randomUUID()}`;
  const event = ticketEventSchema.parse({
    eventId: id,
    type: rule.triggers[0],
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
    verdict: { rulesVersion: 0, rules: [{ ruleId: rule.id, name: rule.name, matched: true, trace: null }] },
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
