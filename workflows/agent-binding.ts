import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { failureType } from './failure-type';
import {
  bindingProgress,
  pause,
  resume,
  type AgentBindingInput,
  type AgentBindingResult,
  type BindingProgress,
} from './messages';
import { SEARCH_ATTRIBUTES } from './names';
import { bindingDetails, inviteSummary, matchSummary } from './narrate-binding';
import { pulling, reading, storing, storingLong } from './proxies';

/** Pause acts after each. */
const INVITED_AT_ONCE = 50;

/**
 * Binds agents to employees: everybody who can be matched without guessing, or one employee whose agent is created
 * first; or invites people to bind themselves. One run is one report per person; a repeated run finds what is bound already.
 */
export async function agentBinding(input: AgentBindingInput): Promise<AgentBindingResult> {
  const { dockingId, runId, startedBy } = input;
  const run = { dockingId, runId };
  const progress: BindingProgress = { runId, state: 'running', done: 0, total: 0 };
  const outcomes: Record<string, number> = {};

  const told = (): void => setCurrentDetails(bindingDetails(input, progress, outcomes));
  const turn = async (state: 'running' | 'paused', by: string): Promise<void> => {
    progress.state = state;
    told();
    await storing.noteBindingRun.executeWithOptions({ summary: `${state} (${by})` }, [{ ...run, state, by }]);
  };
  const refuseUnless =
    (state: BindingProgress['state']) =>
    (_: { by: string }): void => {
      if (progress.state === state) return;
      throw ApplicationFailure.nonRetryable(`Run ${runId} is ${progress.state}.`, 'Binding.WrongState');
    };
  const close = async (state: 'done' | 'failed', reason: string | null): Promise<AgentBindingResult> => {
    await storing.closeBindingRun.executeWithOptions({ summary: `Close the run: ${state}` }, [
      { ...run, state, reason, by: startedBy, outcomes },
    ]);
    progress.state = state;
    told();
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.attention, value: state === 'failed' || 'created-unbound' in outcomes },
    ]);
    await condition(allHandlersFinished);
    return { runId, state, outcomes };
  };
  const count = (found: Readonly<Record<string, number>>): void => {
    for (const [outcome, times] of Object.entries(found))
      outcomes[outcome] = (outcomes[outcome] ?? 0) + times;
    told();
  };

  setHandler(bindingProgress, () => progress, { description: 'How far the run is' });
  setHandler(pause, ({ by }) => turn('paused', by), {
    validator: refuseUnless('running'),
    description: 'Look at nobody else until resumed',
  });
  setHandler(resume, ({ by }) => turn('running', by), {
    validator: refuseUnless('paused'),
    description: 'Go on with a paused run',
  });

  const auto = async ({ by, dryRun, region }: AgentBindingInput & { kind: 'auto' }): Promise<void> => {
    await pulling.refreshAgents.executeWithOptions({ summary: 'Read the agents from the ticket system' }, [
      dockingId,
    ]);
    for (let after: string | null = null, more = true; more;) {
      await condition(() => progress.state !== 'paused');
      const batch: { outcomes: Record<string, number>; done: number; total: number; next: string | null } =
        await storingLong.matchAgents.executeWithOptions(
          { summary: matchSummary(progress.done, progress.total) },
          [{ ...run, by, dryRun, region, startedBy, after, done: progress.done }],
        );
      Object.assign(progress, { done: batch.done, total: batch.total });
      count(batch.outcomes);
      after = batch.next;
      more = after !== null;
    }
    if (!dryRun && outcomes['bound']) await lookAtAvailability();
  };
  const createAgent = async ({
    employeeId,
    template,
  }: AgentBindingInput & { kind: 'create-agent' }): Promise<void> => {
    progress.total = 1;
    const made = await reading.createAgentAndBind.executeWithOptions(
      { summary: 'Create the agent in the ticket system and bind it' },
      [{ ...run, employeeId, template, startedBy }],
    );
    progress.done = 1;
    count({ [made.outcome]: 1 });
    if (made.outcome === 'bound') await lookAtAvailability();
  };
  const invite = async ({ employeeIds }: AgentBindingInput & { kind: 'invite' }): Promise<void> => {
    progress.total = employeeIds.length;
    while (progress.done < employeeIds.length) {
      await condition(() => progress.state !== 'paused');
      const batch = employeeIds.slice(progress.done, progress.done + INVITED_AT_ONCE);
      const done = await pulling.inviteEmployees.executeWithOptions(
        { summary: inviteSummary(progress.done, employeeIds.length) },
        [{ ...run, employeeIds: batch }],
      );
      progress.done += batch.length;
      count(done.outcomes);
    }
  };
  const lookAtAvailability = (): Promise<unknown> =>
    pulling.refreshAvailability.executeWithOptions({ summary: 'Who of the bound people may use the app' }, [
      { dockingId },
    ]);

  try {
    told();
    await storing.openBindingRun.executeWithOptions({ summary: `Open run ${runId} (${input.kind})` }, [
      {
        ...run,
        kind: input.kind,
        dryRun: input.kind === 'auto' && input.dryRun,
        ...(input.kind === 'auto' ? { matching: { by: input.by, region: input.region } } : {}),
        total: input.kind === 'auto' ? 0 : input.kind === 'invite' ? input.employeeIds.length : 1,
        startedBy,
      },
    ]);
    if (input.kind === 'auto') await auto(input);
    else if (input.kind === 'create-agent') await createAgent(input);
    else await invite(input);
    return await close('done', null);
  } catch (error) {
    const reason = isCancellation(error) ? 'cancelled' : failureType(error);
    await CancellationScope.nonCancellable(() => close('failed', reason));
    throw error;
  }
}
