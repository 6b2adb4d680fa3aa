/** What an operator reads about agent binding: ids, outcomes and counts; never a person's name, number or mailbox. */
import type { AgentBindingInput, BindingProgress } from './messages';
import { line } from './narrate';

export function matchSummary(done: number, total: number): string {
  return line(total === 0 ? 'Match the first agents' : `Match agents ${done + 1} and following of ${total}`);
}

export function inviteSummary(done: number, total: number): string {
  return line(`Invite people ${done + 1} and following of ${total}`);
}

/** Current details of a run (markdown). */
export function bindingDetails(
  input: AgentBindingInput,
  progress: BindingProgress,
  outcomes: Readonly<Record<string, number>>,
): string {
  const what =
    input.kind === 'auto'
      ? `Match agents with employees by ${input.by.join(', then ')}${input.dryRun ? ' (dry run: nothing is written)' : ''}`
      : input.kind === 'invite'
        ? 'Invite people to bind themselves'
        : 'Create one agent and bind it';
  return [
    `**${progress.state}** – ${what}`,
    '',
    `${progress.done} of ${progress.total} looked at.`,
    '',
    ...Object.entries(outcomes).map(([outcome, count]) => `- ${outcome}: ${count}`),
    ...('created-unbound' in outcomes
      ? ['', `An agent was created and belongs to nobody: the report of run \`${progress.runId}\` names it.`]
      : []),
  ].join('\n');
}
