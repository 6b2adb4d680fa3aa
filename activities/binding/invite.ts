import { createHash } from 'node:crypto';
import { FeishuError, invitationCard, type FeishuClient } from '../../feishu';
import type { BindingResult } from '../../store';
import { beating } from '../directory/beat';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';

export interface InviteInput {
  dockingId: string;
  runId: string;
  employeeIds: string[];
}

/** What the platform answers about one person and not about all: the others are invited all the same. */
const ABOUT_ONE = new Set(['availability', 'person-gone', 'parameters']);

/**
 * Sends each unbound person one card with the way to bind themselves. Repeats safely: who got it in this run is left
 * out, and an uncertain send goes out again under the same uuid.
 */
export function inviteEmployees(
  ports: ActivityPorts,
  { dockingId, runId, employeeIds }: InviteInput,
): Promise<{ outcomes: Record<string, number> }> {
  const { store } = ports;
  return withFailures(() =>
    beating(async (beat) => {
      const [docking, secrets] = await Promise.all([
        store.dockings.require(dockingId),
        store.dockings.secrets(dockingId),
      ]);
      const client = ports.feishu.for({
        appId: docking.appId,
        appSecret: secrets.appSecret,
        baseUrl: docking.platformUrl,
      });
      const known = await store.employees.getMany(dockingId, employeeIds);
      const stateOf = new Map(known.map(({ employeeId, state }) => [employeeId, state]));
      const bound = await store.bindings.byEmployee(dockingId, employeeIds);
      const agentOf = new Map(bound.map(({ employeeId, agentId }) => [employeeId, agentId]));
      const outcomes: Record<string, number> = {};
      for (const [index, employeeId] of employeeIds.entries()) {
        beat.signal.throwIfAborted();
        const state = stateOf.get(employeeId) ?? 'unknown-person';
        const base = { runId, employeeId, agentId: null };
        const earlier = await store.bindingResults.get(runId, employeeId, null);
        let result: BindingResult;
        if (earlier) result = earlier;
        else if (agentOf.has(employeeId))
          result = { ...base, outcome: 'already-bound', reason: 'employee-is-bound' };
        else if (state !== 'active' && state !== 'unknown')
          result = { ...base, outcome: 'unreachable', reason: `employee-${state}` };
        else {
          const url = `${ports.publicUrl}/sign-in/${dockingId}`;
          result = { ...base, ...(await invite(client, { employeeId, runId, url }, beat.signal)) };
        }
        await store.bindingResults.putMany([result]);
        outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1;
        beat.at({ invited: index + 1 });
      }
      return { outcomes };
    }),
  );
}

async function invite(
  client: FeishuClient,
  { employeeId, runId, url }: { employeeId: string; runId: string; url: string },
  signal: AbortSignal,
): Promise<Pick<BindingResult, 'outcome' | 'reason'>> {
  const uuid = createHash('sha256').update(`invite ${runId} ${employeeId}`).digest('base64url').slice(0, 40);
  try {
    await client.messages.send(
      { to: employeeId, content: { kind: 'interactive', card: invitationCard({ url }) }, uuid },
      { signal },
    );
    return { outcome: 'invited', reason: 'card-sent' };
  } catch (error) {
    if (!(error instanceof FeishuError) || !ABOUT_ONE.has(error.errorClass)) throw error;
    return { outcome: 'unreachable', reason: `${error.errorClass} (${error.code ?? 'no code'})` };
  }
}
