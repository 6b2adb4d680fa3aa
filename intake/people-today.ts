/** Everybody who may be told, read once: afterwards whoever plans many cards asks memory, not the database. */
import type { ReminderRule } from '../rules';
import { NO_NOTIFICATION_SETTINGS, type AgentRecord, type Docking, type Store } from '../store';
import type { TicketEvent } from '../tickets';
import type { Known } from './gates';
import { look } from './meant';

/**
 * The store, whose agents, bindings, employees and preferences are those of this moment. Whoever the events, the rules or the
 * docking's settings name is known; nobody else can be asked for.
 */
export async function peopleOfToday(
  store: Store,
  { id: dockingId, notification }: Docking,
  events: readonly TicketEvent[],
  rules: readonly Pick<ReminderRule, 'receivers'>[],
): Promise<Store> {
  const agents: AgentRecord[] = [];
  for await (const agent of store.agents.stream(dockingId)) agents.push(agent);
  const named = new Set(agents.map(({ agentId }) => agentId));
  // An agent who is not on the list yet may be bound all the same.
  for (const event of events) addNamed(named, event);
  for (const { receivers } of rules) for (const { agentIds } of receivers) add(named, agentIds ?? []);
  const { groupLeads, watchers, duty } = notification ?? NO_NOTIFICATION_SETTINGS;
  add(named, [...Object.values(groupLeads), duty.agentId]);
  for (const { agentIds } of watchers) add(named, agentIds);
  const known = await look(store, dockingId, [...named]);
  return withPeople(store, known, byGroup(agents));
}

function withPeople(store: Store, known: Known, groups: ReadonlyMap<string, AgentRecord[]>): Store {
  return {
    ...store,
    agents: {
      ...store.agents,
      getMany: (_dockingId, ids) => Promise.resolve(those(known.agents, ids)),
      byGroup: (_dockingId, groupId) => Promise.resolve(groups.get(groupId) ?? []),
    },
    bindings: {
      ...store.bindings,
      byAgent: (_dockingId, ids) => Promise.resolve(those(known.bindings, ids)),
    },
    employees: {
      ...store.employees,
      getMany: (_dockingId, ids) => Promise.resolve(those(known.employees, ids)),
    },
    // The whole map answers for some of it, too.
    preferences: { ...store.preferences, getMany: () => Promise.resolve(known.preferences) },
  };
}

function those<T>(known: ReadonlyMap<string, T>, ids: readonly string[]): T[] {
  return ids.flatMap((id) => known.get(id) ?? []);
}

function byGroup(agents: readonly AgentRecord[]): Map<string, AgentRecord[]> {
  const groups = new Map<string, AgentRecord[]>();
  for (const agent of agents) {
    for (const groupId of agent.groupIds) {
      const members = groups.get(groupId);
      if (members) members.push(agent);
      else groups.set(groupId, [agent]);
    }
  }
  return groups;
}

/** Everybody whom a role can mean. */
function addNamed(named: Set<string>, { ticket, changes, reply }: TicketEvent): void {
  add(named, [ticket.assigneeId, ticket.previousAssigneeId, ticket.creator?.id]);
  add(named, ticket.followerIds);
  add(named, ticket.ccAgentIds);
  add(named, reply?.mentionedAgentIds ?? []);
  for (const { field, from } of changes) if (field === 'assigneeId') add(named, [from]);
}

function add(named: Set<string>, ids: readonly unknown[]): void {
  for (const id of ids) if (typeof id === 'string' && id !== '') named.add(id);
}
