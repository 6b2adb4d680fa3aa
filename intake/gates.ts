/** May this agent be told? One answer with its reason; the order is the product's order of gates. */
import type { AgentRecord, Binding, EffectivePreferences, Employee } from '../store';
import type { Ticket, TicketEvent } from '../tickets';
import type { ReasonCode } from './reasons';
import type { Candidate } from './receivers';

export interface Known {
  agents: Map<string, AgentRecord>;
  bindings: Map<string, Binding>;
  employees: Map<string, Employee>;
  preferences: Map<string, EffectivePreferences>;
}

export type GateAnswer =
  { open: true; employeeId: string } | { open: false; employeeId: string | null; reason: ReasonCode };

export function passGates(
  { agentId, role }: Candidate,
  event: TicketEvent,
  newer: Ticket | null,
  known: Known,
): GateAnswer {
  const binding = known.bindings.get(agentId);
  const employeeId = binding?.employeeId ?? null;
  const shut = (reason: ReasonCode): GateAnswer => ({ open: false, employeeId, reason });

  if (event.actor.type === 'agent' && event.actor.id === agentId) return shut('actor');
  if (newer && !stillHolds(role, agentId, event, newer)) return shut('stale');
  const agent = known.agents.get(agentId);
  // An agent missing from our list may be new since the last refresh: the binding decides then.
  if (agent && agent.state !== 'active') return shut('agent-inactive');
  if (!binding) return shut('unbound');
  if (binding.state === 'suspended') return shut('binding-suspended');
  const employee = known.employees.get(binding.employeeId);
  if (!employee) return shut('employee-unknown');
  if (employee.state === 'left') return shut('employee-left');
  if (employee.state === 'frozen') return shut('employee-frozen');
  if (employee.state === 'not-activated') return shut('employee-not-activated');
  if (employee.inAvailability === false) return shut('out-of-availability');
  return { open: true, employeeId: binding.employeeId };
}

/**
 * A late event must not tell somebody who has nothing to do with the ticket any more; what it says to those who still
 * have is as true as before.
 */
export function stillHolds(role: string, agentId: string, event: TicketEvent, newer: Ticket): boolean {
  switch (role) {
    case 'assignee':
      return newer.assigneeId === agentId;
    case 'group-members':
      return newer.groupId === event.ticket.groupId;
    case 'followers':
      return newer.followerIds.includes(agentId);
    case 'cc':
      return newer.ccAgentIds.includes(agentId);
    default:
      return true;
  }
}
