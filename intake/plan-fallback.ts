/** Somebody cannot be told: the docking's chain is gone along, in order, until one step can be taken. */
import type { Delivery, Docking, PlannedReceiver, Store } from '../store';
import type { TicketEvent } from '../tickets';
import { fallbackChain, type FallbackStep } from './fallback';
import { passGates } from './gates';
import { deliveryIdOf, notificationUuid } from './identity';
import { look } from './meant';
import { causeOf, deliveryFor, receiver, tongueOf } from './plan';

export interface FallbackPlan {
  receivers: PlannedReceiver[];
  deliveries: Delivery[];
}

const roleOf = (kind: FallbackStep['kind']): string => `fallback:${kind}`;

/**
 * `about` says whose place is taken. `after` = role of the fallback step that failed; the chain goes on behind it. Each step
 * that was looked at is among the receivers. Same input, same deliveries.
 */
export async function planFallback(
  store: Store,
  docking: Docking,
  event: TicketEvent,
  about: { ruleIds: string[]; urgent: boolean; after?: string },
  now: Date,
): Promise<FallbackPlan> {
  const chain = fallbackChain(docking, event.ticket);
  const behind = chain.findIndex(({ kind }) => roleOf(kind) === about.after);
  const receivers: PlannedReceiver[] = [];
  for (const step of chain.slice(behind + 1)) {
    const role = roleOf(step.kind);
    if (step.kind === 'group-chat' || step.kind === 'webhook') {
      const delivery = addressed(docking.id, event, about, step, now);
      receivers.push({
        ...receiver(role, null, null, about.ruleIds, delivery.id, null),
        detail: SAID[step.kind],
      });
      return { receivers, deliveries: [delivery] };
    }
    const { agentId } = step;
    const known = await look(store, docking.id, [agentId]);
    const gate = passGates({ role, agentId }, event, null, known);
    if (!gate.open) {
      receivers.push(receiver(role, agentId, gate.employeeId, about.ruleIds, null, gate.reason));
      continue;
    }
    const delivery = {
      ...deliveryFor(docking.id, event, { ...about, role, agentId }, gate.employeeId, now, causeOf(event)),
      ...tongueOf(known.preferences.get(gate.employeeId)),
    };
    receivers.push({
      ...receiver(role, agentId, gate.employeeId, about.ruleIds, delivery.id, null),
      detail: SAID[step.kind],
    });
    return { receivers, deliveries: [delivery] };
  }
  return { receivers, deliveries: [] };
}

const SAID: Record<FallbackStep['kind'], string> = {
  'group-lead': 'Instead of somebody who cannot be told: the lead of the group.',
  'group-chat': 'Instead of somebody who cannot be told: the chat of the group.',
  duty: 'Instead of somebody who cannot be told: the person on duty.',
  webhook: 'Instead of somebody who cannot be told: the fallback webhook.',
};

/** To a chat or a webhook: no person, no buttons, no follow-up. */
function addressed(
  dockingId: string,
  event: TicketEvent,
  about: { ruleIds: string[]; urgent: boolean },
  step: Extract<FallbackStep, { kind: 'group-chat' | 'webhook' }>,
  now: Date,
): Delivery {
  const want = { ...about, role: roleOf(step.kind), agentId: '' };
  const plain = deliveryFor(dockingId, event, want, '', now);
  const rule = [...about.ruleIds].sort()[0] ?? '';
  const cause = causeOf(event);
  const uuid = notificationUuid(dockingId, cause || event.eventId, cause ? '' : rule, step.kind);
  const target =
    step.kind === 'group-chat'
      ? ({ kind: 'chat', chatId: step.chatId } as const)
      : ({ kind: 'webhook' } as const);
  return { ...plain, id: deliveryIdOf(uuid), uuid, agentId: null, target };
}
