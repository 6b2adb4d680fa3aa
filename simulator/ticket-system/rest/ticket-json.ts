import { utc } from '../times';
import type { AgentStatus, Change, SimulatedTicket, StatusType, TicketAgent, TicketSystem } from '../types';

/** The contract's words for status types; `new`, `paused`, `solved`, `closed`, `deleted` are the same. */
export const STATUS_WORDS: Record<StatusType, string> = {
  new: 'new',
  in_progress: 'open',
  waiting: 'pending_customer',
  paused: 'paused',
  solved: 'solved',
  closed: 'closed',
  deleted: 'deleted',
};

const AGENT_WORDS: Record<AgentStatus, string> = {
  active: 'active',
  inactive: 'pending',
  disabled: 'disabled',
  deleted: 'deleted',
};

export function agentJson(agent: TicketAgent): Record<string, unknown> {
  return {
    id: agent.agentId,
    name: agent.name,
    email: agent.email || null,
    mobile: agent.mobile || null,
    status: AGENT_WORDS[agent.status],
    role: agent.role,
    isAdmin: agent.role === 'admin',
    groupIds: agent.groupIds,
    updatedAt: utc(agent.updatedAt),
  };
}

export function ticketJson(system: TicketSystem, ticket: SimulatedTicket): Record<string, unknown> {
  const status = system.statuses.find((one) => one.code === ticket.statusCode);
  const fieldName = (id: string): string => system.fields.find((field) => field.fieldId === id)?.name ?? id;
  return {
    id: ticket.ticketId,
    code: ticket.code,
    version: ticket.version,
    title: ticket.title,
    contentExcerpt: ticket.content.replace(/<[^>]*>/g, ''),
    statusCode: ticket.statusCode,
    statusType: STATUS_WORDS[status?.type ?? 'in_progress'],
    statusName: status?.name ?? null,
    priority: ticket.priority,
    categoryPath: system.categories.find((one) => one.categoryId === ticket.categoryId)?.path ?? null,
    source: 'mail',
    creator: { type: ticket.creator.type, id: ticket.creator.id, name: ticket.creator.name },
    customer: {
      id: ticket.customer.customerId,
      name: ticket.customer.name,
      vip: ticket.customer.vip,
      organization: ticket.customer.organization || null,
    },
    assigneeId: ticket.agentId || null,
    assigneeName: system.agents.get(ticket.agentId)?.name ?? null,
    groupId: ticket.groupId || null,
    groupName: system.groups.get(ticket.groupId)?.name ?? null,
    followerIds: ticket.followerIds,
    ccAgentIds: ticket.ccAgentIds,
    tags: ticket.tags,
    customFields: Object.fromEntries(
      Object.entries(ticket.fields).map(([id, value]) => [fieldName(id), value]),
    ),
    createdAt: utc(ticket.createdAt),
    updatedAt: utc(ticket.updatedAt),
    closedAt: utc(ticket.closedAt),
    firstResponseDueAt: utc(ticket.firstResponseDueAt),
    dueAt: utc(ticket.dueAt),
    urgeCount: ticket.urges.length,
    reopenCount: ticket.reopenCount,
    rating: ticket.rating && { score: ticket.rating.score, remark: ticket.rating.remark },
    url: null,
  };
}

/** A change in the words of the contract. */
export function publicChange(system: TicketSystem, { field, from, to }: Change): Change {
  if (field.startsWith('fields.')) {
    const fieldId = field.slice('fields.'.length);
    const name = system.fields.find((one) => one.fieldId === fieldId)?.name ?? fieldId;
    return { field: `customFields.${name}`, from, to };
  }
  if (field === 'categoryId') {
    const path = (id: unknown): string | null =>
      system.categories.find((category) => category.categoryId === id)?.path ?? null;
    return { field: 'categoryPath', from: path(from), to: path(to) };
  }
  if (field === 'rating') return { field, from: null, to: (to as { score: number }).score };
  return {
    field: field === 'agentId' ? 'assigneeId' : field,
    from: from === '' ? null : from,
    to: to === '' ? null : to,
  };
}
