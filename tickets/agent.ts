/** `inactive` exists but cannot work yet (not activated, suspended by the platform); `disabled` was switched off. */
export type AgentState = 'active' | 'inactive' | 'disabled';

/** A person who works on tickets, as the ticket system knows them. Deleted agents are never listed. */
export interface Agent {
  agentId: string;
  name: string;
  /** As written in the ticket system: compare after normalising. */
  email: string | null;
  /** As written in the ticket system, any notation: compare after normalising. */
  mobile: string | null;
  groupIds: string[];
  state: AgentState;
  /** The ticket system's own key of the role. */
  role?: string;
  isAdmin?: boolean;
}

/** What "create agent and bind" asks for. Role and groups come from the docking's template. */
export interface AgentDraft {
  name: string;
  email: string;
  mobile?: string;
  /** The ticket system's own key of the role; without it the adapter takes its plain ticket agent. */
  role?: string;
  groupIds: string[];
}

/** A group of agents that tickets are assigned to. */
export interface AgentGroup {
  groupId: string;
  name: string;
  kind: 'ticket' | 'other';
  /** Present only where the ticket system lists members with the group. */
  memberIds?: string[];
}
