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
 * binding is looked at before anything is created.
 */
export function createAgentAndBind(
  ports: ActivityPorts,
  input: CreateAgentInput,
): Promise<{ outcome: BindOutcome; agentId: string | null }> {
  const { dockingId, runId, employeeId, startedBy } = input;
  const { store } = ports;
  return withFailures(async () => {
    const report = async (outcome: BindOutcome, agentId: string | null, reason: string) => {
      await store.bindingResults.putMany([{ runId, employeeId, agentId, outcome, reason }]);
      await store.bindingRuns.patch(runId, { progress: { done: 1, total: 1 } });
      return { outcome, agentId };
    };
    const employee = await store.employees.get(dockingId, employeeId);
    if (!employee) throw nobody();
    if (employee.state === 'left' || employee.state === 'frozen') {
      return report('unreachable', null, `employee-${employee.state}`);
    }
    const [present] = await store.bindings.byEmployee(dockingId, [employeeId]);
    if (present) {
      const ours =
        present.method === 'created' && (await wasCreatedBy(ports, runId, employeeId, present.agentId));
      return report(
        ours ? 'bound' : 'already-bound',
        present.agentId,
        ours ? 'created' : 'employee-is-bound',
      );
    }

    const ticketSystem = await ports.ticketSystem(dockingId);
    let agent: Agent;
    try {
      agent = await ticketSystem.createAgent(keyOf(dockingId, employeeId), draftOf(employee, input.template));
    } catch (error) {
      if (error instanceof TicketSystemError && error.code === 'already-exists') {
        // Somebody else's account has this mailbox: whether it is this person's, a person must say.
        return report('several-matches', error.existingId ?? null, 'agent-with-this-mailbox-exists');
      }
      throw error;
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
    return report('already-bound', bound.existing.agentId, `${bound.conflict}-bound-to-other`);
  });
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

async function wasCreatedBy(
  ports: ActivityPorts,
  runId: string,
  employeeId: string,
  agentId: string,
): Promise<boolean> {
  const earlier = await ports.store.bindingResults.get(runId, employeeId, agentId);
  return earlier?.outcome === 'bound';
}

function nobody(): Error {
  return refuse(
    'Binding.NoSuchEmployee',
    'This employee is not in the mirror.',
    'Sync the directory and choose again.',
  );
}
