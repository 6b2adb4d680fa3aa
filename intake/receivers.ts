/** From a rule's receiver roles to agents. Roles are resolved from the ticket after the event, never guessed. */
import type { ReceiverSpec } from '../rules';
import { NO_NOTIFICATION_SETTINGS, type Docking, type Store } from '../store';
import type { TicketEvent } from '../tickets';
import { fallbackChain, ofGroup } from './fallback';

export interface Candidate {
  role: string;
  agentId: string;
}

/** Agents that hold a role on this event; empty when the ticket names nobody. */
export async function agentsForRole(
  store: Store,
  docking: Docking,
  spec: ReceiverSpec,
  event: TicketEvent,
): Promise<Candidate[]> {
  const { groupId } = event.ticket;
  const members = spec.role === 'group-members' && groupId ? await memberIds(store, docking.id, groupId) : [];
  return candidatesFor(docking, spec, event, members);
}

/** `members` of the ticket's group are asked for only where the role needs them. */
export function candidatesFor(
  docking: Docking,
  spec: ReceiverSpec,
  event: TicketEvent,
  members: readonly string[],
): Candidate[] {
  return [...new Set(idsForRole(docking, spec, event, members))].map((agentId) => ({
    role: spec.role,
    agentId,
  }));
}

function idsForRole(
  docking: Docking,
  spec: ReceiverSpec,
  event: TicketEvent,
  members: readonly string[],
): readonly string[] {
  const { ticket } = event;
  const { groupLeads, watchers } = docking.notification ?? NO_NOTIFICATION_SETTINGS;
  switch (spec.role) {
    case 'assignee':
      return present(ticket.assigneeId);
    case 'previous-assignee':
      return present(ticket.previousAssigneeId ?? previousAssignee(event));
    case 'group-members':
      return members;
    case 'creator':
      return ticket.creator?.type === 'agent' ? present(ticket.creator.id) : [];
    case 'followers':
      return ticket.followerIds;
    case 'cc':
      return ticket.ccAgentIds;
    case 'mentioned':
      return event.reply?.mentionedAgentIds ?? [];
    case 'agents':
      return spec.agentIds ?? [];
    case 'group-lead':
      return spec.agentIds ?? present(ofGroup(groupLeads, ticket.groupId));
    case 'watchers':
      return spec.agentIds ?? watchersOf(watchers, ticket.categoryPath);
    case 'fallback':
      return (
        spec.agentIds ??
        fallbackChain(docking, ticket).flatMap((step) => ('agentId' in step ? step.agentId : []))
      );
  }
}

/** A prefix stands for a whole branch: "After-sales" watches "After-sales/Refund", not "After-sales-old". */
function watchersOf(
  watchers: readonly { categoryPrefix: string; agentIds: readonly string[] }[],
  categoryPath: string | null | undefined,
): readonly string[] {
  const path = `${categoryPath ?? ''}/`;
  return watchers
    .filter(({ categoryPrefix }) => path.startsWith(`${categoryPrefix.replace(/\/+$/, '')}/`))
    .flatMap(({ agentIds }) => agentIds);
}

async function memberIds(store: Store, dockingId: string, groupId: string): Promise<string[]> {
  const members = await store.agents.byGroup(dockingId, groupId);
  return members.map((agent) => agent.agentId);
}

function previousAssignee(event: TicketEvent): string | null {
  const change = event.changes.find((candidate) => candidate.field === 'assigneeId');
  return typeof change?.from === 'string' ? change.from : null;
}

function present(id: string | null | undefined): string[] {
  return id ? [id] : [];
}
