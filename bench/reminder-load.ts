/** Ticket events with the people who must hear of each, told by plain code that shares nothing with the product. */
import type { ReminderRule } from '../rules';
import { oneOf } from './drawing';

export interface LoadEvent {
  eventId: string;
  type: string;
  occurredAt: string;
  actor: { type: 'customer' | 'agent' | 'automation'; id: string };
  ticket: LoadTicket;
  changes: { field: string; from: unknown; to: unknown }[];
  schemaVersion: 1;
}
interface LoadTicket {
  id: string;
  code: string;
  version: number;
  title: string;
  statusType: 'new';
  priority: string;
  assigneeId: string;
  followerIds: string[];
  tags: string[];
}

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
/** Hears of every ticket that becomes urgent. */
export const DUTY_AGENT = 'a0';

export const LOAD_RULES = [
  {
    id: 'assigned',
    triggers: ['ticket.assigned_agent'],
    conditions: { all: [{ fact: 'ticket.priority', operator: 'in', value: ['high', 'urgent'] }] },
    receivers: [{ role: 'assignee' }],
  },
  {
    id: 'replied',
    triggers: ['ticket.replied_by_customer'],
    conditions: {
      any: [
        { fact: 'ticket.title', operator: 'contains', value: 'refund' },
        { all: [{ fact: 'ticket.tags', operator: 'contains', value: 'vip' }] },
      ],
    },
    receivers: [{ role: 'assignee' }, { role: 'followers' }],
  },
  {
    id: 'raised',
    triggers: ['ticket.priority_changed'],
    conditions: { all: [{ not: { fact: 'changes.priority.to', operator: 'notEqual', value: 'urgent' } }] },
    receivers: [{ role: 'agents', agentIds: [DUTY_AGENT] }, { role: 'assignee' }],
    urgency: 'urgent',
  },
  {
    id: 'noted',
    triggers: ['ticket.note_added'],
    conditions: { all: [{ fact: 'ticket.assigneeId', operator: 'isNotEmpty', value: true }] },
    receivers: [{ role: 'followers' }, { role: 'assignee' }],
  },
].map((rule) => ({ urgency: 'routine' as const, ...rule, name: rule.id, enabled: true })) as ReminderRule[];

/** Agents who must hear of it, whoever can be reached or not. */
export function wantedAgents({ type, ticket, changes, actor }: LoadEvent): string[] {
  const wanted = new Set<string>();
  if (type === 'ticket.assigned_agent' && (ticket.priority === 'high' || ticket.priority === 'urgent')) {
    wanted.add(ticket.assigneeId);
  }
  if (
    type === 'ticket.replied_by_customer' &&
    (ticket.title.includes('refund') || ticket.tags.includes('vip'))
  ) {
    for (const id of [ticket.assigneeId, ...ticket.followerIds]) wanted.add(id);
  }
  if (type === 'ticket.priority_changed' && changes[0]?.to === 'urgent') {
    for (const id of [DUTY_AGENT, ticket.assigneeId]) wanted.add(id);
  }
  if (type === 'ticket.note_added')
    for (const id of [ticket.assigneeId, ...ticket.followerIds]) wanted.add(id);
  if (actor.type === 'agent') wanted.delete(actor.id);
  return [...wanted];
}

/** The events of one ticket, in their order. Who has the ticket does not change, so that their order does not matter. */
export function ticketEvents(draw: () => number, seed: string, number: number, agents: number): LoadEvent[] {
  const agent = (): string => `a${Math.floor(draw() * agents)}`;
  const assigneeId = agent();
  const followerIds = [...new Set([agent(), agent()])].filter((id) => id !== assigneeId);
  const title = draw() < 0.4 ? 'A refund for the printer' : 'The printer burns';
  const tags = draw() < 0.3 ? ['vip', 'printer'] : ['printer'];
  let priority: string = oneOf(draw, PRIORITIES);
  const count = 1 + Math.floor(draw() * 5);
  return Array.from({ length: count }, (_, index) => {
    const type =
      index === 0
        ? 'ticket.assigned_agent'
        : oneOf(draw, [
            'ticket.replied_by_customer',
            'ticket.priority_changed',
            'ticket.note_added',
            'ticket.category_changed',
          ]);
    const before = priority;
    if (type === 'ticket.priority_changed') priority = oneOf(draw, PRIORITIES);
    const byAgent = type === 'ticket.note_added';
    return {
      eventId: `ev-${seed}-${number}-${index}`,
      type,
      occurredAt: new Date().toISOString(),
      actor: byAgent
        ? { type: 'agent', id: draw() < 0.5 ? assigneeId : agent() }
        : { type: 'automation', id: 'x' },
      ticket: {
        id: `t-${seed}-${number}`,
        code: `K${number}K`,
        version: index + 1,
        title,
        statusType: 'new',
        priority,
        assigneeId,
        followerIds,
        tags,
      },
      changes: type === 'ticket.priority_changed' ? [{ field: 'priority', from: before, to: priority }] : [],
      schemaVersion: 1,
    };
  });
}
