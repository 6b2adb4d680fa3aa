/** Whom the rules that fire mean by their roles, and what is known of them. */
import type { ReminderRule, Verdict } from '../rules';
import type { Docking, Store } from '../store';
import type { TicketEvent } from '../tickets';
import type { Known } from './gates';
import { agentsForRole } from './receivers';

/** One agent, with every role that the firing rules give them. */
export interface Wanted {
  agentId: string;
  grants: Grant[];
}

export interface Grant {
  role: string;
  rule: ReminderRule;
}

/** Whom the firing rules mean, and everything the gates ask about them. */
export interface Meant {
  wanted: Wanted[];
  /** Roles that nobody has. */
  nobody: { role: string; ruleId: string }[];
  known: Known;
}

/** `rules` are the rules of the verdict's version. */
export function firingRules(rules: readonly ReminderRule[], verdict: Verdict): ReminderRule[] {
  const matched = new Set(verdict.rules.filter((rule) => rule.matched).map((rule) => rule.ruleId));
  return rules.filter((rule) => matched.has(rule.id));
}

export async function whoIsMeant(
  store: Store,
  docking: Docking,
  event: TicketEvent,
  firing: readonly ReminderRule[],
): Promise<Meant> {
  const nobody: Meant['nobody'] = [];
  const wanted = new Map<string, Wanted>();
  for (const rule of firing) {
    for (const spec of rule.receivers) {
      const candidates = await agentsForRole(store, docking, spec, event);
      if (candidates.length === 0) nobody.push({ role: spec.role, ruleId: rule.id });
      for (const { agentId, role } of candidates) {
        const want = wanted.get(agentId) ?? { agentId, grants: [] };
        want.grants.push({ role, rule });
        wanted.set(agentId, want);
      }
    }
  }
  return { wanted: [...wanted.values()], nobody, known: await look(store, docking.id, [...wanted.keys()]) };
}

const NOBODY_KNOWN: Known = {
  agents: new Map(),
  bindings: new Map(),
  employees: new Map(),
  preferences: new Map(),
};

/** Everything the gates ask about these agents. */
export async function look(store: Store, dockingId: string, agentIds: string[]): Promise<Known> {
  if (agentIds.length === 0) return NOBODY_KNOWN;
  const [agents, bindings] = await Promise.all([
    store.agents.getMany(dockingId, agentIds),
    store.bindings.byAgent(dockingId, agentIds),
  ]);
  const employeeIds = bindings.map((binding) => binding.employeeId);
  const [employees, preferences] = await Promise.all([
    store.employees.getMany(dockingId, employeeIds),
    store.preferences.getMany(dockingId, employeeIds),
  ]);
  return {
    agents: new Map(agents.map((agent) => [agent.agentId, agent])),
    bindings: new Map(bindings.map((binding) => [binding.agentId, binding])),
    employees: new Map(employees.map((employee) => [employee.employeeId, employee])),
    preferences,
  };
}
