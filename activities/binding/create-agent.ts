import { createHash } from 'node:crypto';
import { TicketSystemError, type Agent, type AgentDraft } from '../../tickets';
import type { BindOutcome, Employee } from '../../store';
import { refuse, withFailures } from '../failures';
import type { ActivityPorts } from '../ports';

export interface CreateAgentInput {
  dockingId: string;
  runId: string;
  employeeId: string;
  template: { role: string; groupIds: string[] };
  startedBy: string;
}

/**
 * Creates the employee's agent and binds the two. Repeats safely: the same employee always asks with the same key, so
 * a lost answer never makes a second agent, and the binding is written until it is there. Whatever can refuse the
 * binding is looked at before anything is created. An agent that was created and cannot be bound any more is named in
 * the report for a person to decide: somebody may be working with it already, so it is not taken back.
 */
export function createAgentAndBind(
  ports: ActivityPorts,
  input: CreateAgentInput,
): Promise<{ outcome: BindOutcome; agentId: string | null }> {
  const { dockingId, runId, employeeId, startedBy } = input;
  const { store } = ports;
  return withFailures(async () => {
    const note = (outcome: BindOutcome, agentId: string | null, reason: string) =>
      store.bindingResults.putMany([{ runId, employeeId, agentId, outcome, reason }]);
    const report = async (outcome: BindOutcome, agentId: string | null, reason: string) => {
      await note(outcome, agentId, reason);
      if (agentId !== null) await store.bindingResults.remove(runId, employeeId, null);
      await store.bindingRuns.patch(runId, { progress: { done: 1, total: 1 } });
      return { outcome, agentId };
    };
    const employee = await store.employees.get(dockingId, employeeId);
    if (!employee) throw nobody();
    const [present] = await store.bindings.byEmployee(dockingId, [employeeId]);
    if (present) {
      const made = await madeBefore(ports, input, employee);
      if (made === present.agentId) return report('bound', made, 'created');
      if (made !== null) return report('created-unbound', made, 'employee-bound-to-other');
      return report('already-bound', present.agentId, 'employee-is-bound');
    }
    if (employee.state === 'left' || employee.state === 'frozen') {
      const made = await madeBefore(ports, input, employee);
      if (made !== null) return report('created-unbound', made, `employee-${employee.state}`);
      return report('unreachable', null, `employee-${employee.state}`);
    }

    const ticketSystem = await ports.ticketSystem(dockingId);
    const draft = draftOf(employee, input.template);
    // Before it is asked for: whatever becomes of this try, the report tells that there may be an agent.
    await note('created-unbound', null, 'outcome-unknown');
    let agent: Agent;
    try {
      agent = await ticketSystem.createAgent(keyOf(dockingId, employeeId), draft);
    } catch (error) {
      if (!(error instanceof TicketSystemError) || !wasRefused(error)) throw error;
      await store.bindingResults.remove(runId, employeeId, null);
      if (error.code !== 'already-exists') throw error;
      // Somebody else's account has this mailbox: whether it is this person's, a person must say.
      return report('several-matches', error.existingId ?? null, 'agent-with-this-mailbox-exists');
    }
    const { agentId, name, email, mobile, groupIds, state } = agent;
    await store.agents.put(dockingId, { agentId, name, email, mobile, groupIds, state });
    // Before the binding, so that a repeated try recognises its own work.
    await report('bound', agentId, 'created');
    const bound = await store.bindings.bind({
      dockingId,
      employeeId,
      agentId,
      method: 'created',
      createdBy: startedBy,
    });
    if (bound.ok) return { outcome: 'bound', agentId };
    return report('created-unbound', agentId, `${bound.conflict}-bound-to-other`);
  });
}

/** True when the ticket system said no, so that nothing was created. */
function wasRefused({ retryClass, code }: TicketSystemError): boolean {
  return retryClass === 'never' && code !== 'unknown-outcome' && code !== 'malformed-answer';
}

/** The agent that an earlier try of this run created, or was creating when it was interrupted; null = there is none. */
async function madeBefore(
  ports: ActivityPorts,
  { dockingId, runId, employeeId }: CreateAgentInput,
  employee: Employee,
): Promise<string | null> {
  const earlier = (await ports.store.bindingResults.list(runId, { limit: 50 })).items.filter(
    (result) => result.employeeId === employeeId,
  );
  const made = earlier.find(
    ({ agentId, outcome }) => agentId !== null && (outcome === 'bound' || outcome === 'created-unbound'),
  );
  if (made) return made.agentId;
  const email = employee.email || employee.enterpriseEmail;
  if (!email || !earlier.some(({ outcome }) => outcome === 'created-unbound')) return null;
  const [found] = await (await ports.ticketSystem(dockingId)).findAgent({ email });
  return found?.agentId ?? null;
}

/** The same for the same person, whoever asks and how often. */
function keyOf(dockingId: string, employeeId: string): string {
  return createHash('sha256')
    .update(`create-agent ${dockingId} ${employeeId}`)
    .digest('base64url')
    .slice(0, 32);
}

function draftOf(employee: Employee, template: CreateAgentInput['template']): AgentDraft {
  const email = employee.email || employee.enterpriseEmail;
  const name = employee.name || employee.enName;
  if (!email || !name) {
    throw refuse(
      'Binding.FieldsMissing',
      `The employee has no ${email ? 'name' : 'mailbox'}, and an agent needs one.`,
      'Enter it in Feishu and sync, or create the agent by hand and bind it.',
    );
  }
  return {
    name,
    email,
    ...(employee.mobile ? { mobile: employee.mobile } : {}),
    ...(template.role ? { role: template.role } : {}),
    groupIds: template.groupIds,
  };
}

function nobody(): Error {
  return refuse(
    'Binding.NoSuchEmployee',
    'This employee is not in the mirror.',
    'Sync the directory and choose again.',
  );
}
