import { validateReminders, type Fault } from '../../rules';
import type { Conditions, ReminderRule, RuleEvent, RuleTicket } from '../../rules';

/** An ordinary event about an ordinary ticket; a test says only what matters to it. */
export function ticketEvent(
  event: Partial<Omit<RuleEvent, 'ticket'>> = {},
  ticket: Partial<RuleTicket> = {},
): RuleEvent {
  return {
    eventId: 'ev-1',
    type: 'ticket.created',
    occurredAt: '2026-07-20T10:00:00.000Z',
    actor: { type: 'customer', id: 'c-1' },
    ...event,
    ticket: {
      id: 't-1',
      code: 'T1001',
      title: 'Printer on fire',
      statusType: 'in_progress',
      priority: 'normal',
      categoryPath: 'After-sales/Refund',
      createdAt: '2026-07-20T09:00:00.000Z',
      assigneeId: 'a1',
      groupId: 'g1',
      tags: ['vip', 'hardware'],
      ...ticket,
    },
  };
}

export function rule(conditions: Conditions, rest: Partial<ReminderRule> = {}): ReminderRule {
  return {
    id: 'r1',
    name: 'A rule',
    enabled: true,
    triggers: ['ticket.created'],
    conditions,
    receivers: [{ role: 'assignee' }],
    urgency: 'routine',
    ...rest,
  };
}

/** The simplest sound leaf. */
export const leaf = { fact: 'ticket.priority', operator: 'equal', value: 'high' } as const;

/** Groups inside each other around one leaf. */
export function nested(groups: number): unknown {
  let node: unknown = leaf;
  for (let depth = 0; depth < groups; depth += 1) node = depth % 2 ? { all: [node] } : { not: node };
  return node;
}

export function faultsOf(...rules: unknown[]): Fault[] {
  const checked = validateReminders({ enabled: true, rules });
  return checked.ok ? [] : checked.faults;
}

/** "path code" of each fault. */
export function refusals(...rules: unknown[]): string[] {
  return faultsOf(...rules).map(({ path, code }) => `${path} ${code}`);
}

/** "path code" of each fault of one rule with these conditions. */
export function refused(conditions: unknown): string[] {
  return refusals({ ...rule({ all: [] }), conditions });
}

/** As `refused`, for one condition; its path is shortened to "…". */
export function refusedLeaf(condition: unknown): string[] {
  return refused({ all: [condition] }).map((line) => line.replace('/rules/0/conditions/all/0', '…'));
}
