/** A draft of the rules over the stored events: who would get what, beside the rules of now. Sends and stores nothing. */
import {
  compileRules,
  simulate,
  type ReminderRule,
  type ResolveReceivers,
  type RuleDraft,
  type Simulation,
} from '../rules';
import type { AgentRecord, Docking, Store } from '../store';
import type { TicketEvent } from '../tickets';
import { passGates, type Known } from './gates';
import { look } from './plan';
import { candidatesFor } from './receivers';

/** The newest events count when there are more. */
const MOST_EVENTS = 50_000;
/** Reasons why somebody is no receiver at all, rather than one who cannot be reached. */
const NOT_MEANT = new Set(['actor', 'stale']);

export async function simulateReminders(
  store: Store,
  docking: Docking,
  draft: readonly RuleDraft[],
  since: Date,
): Promise<Simulation> {
  const events: TicketEvent[] = [];
  for await (const record of store.events.streamSince(docking.id, since)) {
    events.push(record.envelope as TicketEvent);
    // In blocks: moving everything up by one for each event would take longer than the simulation.
    if (events.length >= 2 * MOST_EVENTS) events.splice(0, MOST_EVENTS);
  }
  events.splice(0, events.length - MOST_EVENTS);
  const settings = await store.reminders.get(docking.id);
  const rules = draft.map((rule, index): ReminderRule => ({ ...rule, id: rule.id ?? `draft-${index + 1}` }));
  return simulate(
    compileRules({ version: settings.version, rules: settings.enabled ? settings.rules : [] }),
    compileRules({ version: settings.version + 1, rules }),
    events,
    {
      resolveReceivers: await resolver(store, docking),
      ...(docking.calendar ? { calendar: docking.calendar } : {}),
      until: new Date(),
    },
  );
}

/** People as they are today: reads everybody once, then answers from memory. */
async function resolver(store: Store, docking: Docking): Promise<ResolveReceivers> {
  const agents: AgentRecord[] = [];
  for await (const agent of store.agents.stream(docking.id)) agents.push(agent);
  const known: Known = await look(
    store,
    docking.id,
    agents.map(({ agentId }) => agentId),
  );
  const groups = new Map<string, string[]>();
  for (const { agentId, groupIds } of agents) {
    for (const groupId of groupIds) groups.set(groupId, [...(groups.get(groupId) ?? []), agentId]);
  }
  return (rule, ruleEvent) => {
    // Stored events are whole ones; the rules' view of them is narrower.
    const event = ruleEvent as TicketEvent;
    const members = groups.get(event.ticket.groupId ?? '') ?? [];
    return rule.receivers
      .flatMap((spec) => candidatesFor(docking, spec, event, members))
      .flatMap((candidate) => {
        const gate = passGates(candidate, event, null, known);
        if (gate.open) return [{ personId: gate.employeeId }];
        if (NOT_MEANT.has(gate.reason)) return [];
        return [{ personId: gate.employeeId ?? candidate.agentId, unreachable: gate.reason }];
      });
  };
}
