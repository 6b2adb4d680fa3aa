/** Who must get a card for which event: worked out by hand from the story's rules, with none of the product's code. */
import type { StoryEvent } from './events';

/** The story's rules, as the product is given them. */
export const STORY_RULES = [
  {
    id: 'assigned-important',
    name: 'Assigned to me, high or urgent',
    enabled: true,
    triggers: ['ticket.assigned_agent'],
    conditions: {
      all: [
        { fact: 'ticket.assigneeId', operator: 'isNotEmpty', value: true },
        { fact: 'ticket.priority', operator: 'in', value: ['high', 'urgent'] },
      ],
    },
    receivers: [{ role: 'assignee' }],
    urgency: 'urgent',
  },
  {
    id: 'customer-replied',
    name: 'Customer replied',
    enabled: true,
    triggers: ['ticket.replied_by_customer'],
    conditions: { all: [{ fact: 'actor.type', operator: 'equal', value: 'customer' }] },
    receivers: [{ role: 'assignee' }],
    urgency: 'routine',
  },
  {
    id: 'reopened',
    name: 'Reopened',
    enabled: true,
    triggers: ['ticket.reopened'],
    conditions: {
      all: [
        { fact: 'ticket.statusType', operator: 'equal', value: 'in_progress' },
        { any: [{ fact: 'changes.statusType.from', operator: 'in', value: ['solved', 'closed'] }] },
      ],
    },
    receivers: [{ role: 'assignee' }],
    urgency: 'routine',
  },
] as const;

/** `eventMark employeeId`, one per card that must arrive. */
export function expectedCards(
  events: readonly StoryEvent[],
  employeeOfAgent: ReadonlyMap<string, string>,
): Set<string> {
  const expected = new Set<string>();
  for (const event of events) {
    const { assigneeId, priority, statusType } = event.ticket as { assigneeId: string | null } & Record<
      string,
      unknown
    >;
    if (assigneeId === null || !fires(event, String(priority), String(statusType))) continue;
    if (event.actor.type === 'agent' && event.actor.id === assigneeId) continue;
    const employeeId = employeeOfAgent.get(assigneeId);
    if (employeeId !== undefined) expected.add(`${event.mark} ${employeeId}`);
  }
  return expected;
}

function fires(event: StoryEvent, priority: string, statusType: string): boolean {
  switch (event.type) {
    case 'ticket.assigned_agent':
      return priority === 'high' || priority === 'urgent';
    case 'ticket.replied_by_customer':
      return event.actor.type === 'customer';
    case 'ticket.reopened': {
      const from = event.changes.find((change) => change.field === 'statusType')?.from;
      return statusType === 'in_progress' && (from === 'solved' || from === 'closed');
    }
    default:
      return false;
  }
}
