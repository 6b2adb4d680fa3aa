/**
 * All text that an operator reads in the Temporal UI: summaries (one line, ≤ 100 characters) and current details
 * (markdown). Ids, states, counts and times only; names of people never get here.
 */
import type { ChecklistView, ItemVerdict, StepView } from './messages';

const LINE = 100;

/** Cuts to what the server keeps of a summary: 400 bytes, and a Chinese character is three of them. */
export function line(text: string): string {
  return text.length <= LINE ? text : `${text.slice(0, LINE - 1)}…`;
}

const MARK = {
  passed: '✅',
  failed: '❌',
  waiting: '⏳',
  unknown: '❔',
  open: '⬜',
  done: '✅',
  rejected: '⛔',
};

export function checklistDetails(items: readonly ItemVerdict[], ready: boolean): string {
  const blocking = items.filter((item) => item.blocking && item.state !== 'passed');
  const head = ready
    ? '**Ready**: every blocking item is passed.'
    : `**Not ready**: ${blocking.length} blocking.`;
  return [head, '', ...items.map((item) => `- ${MARK[item.state]} \`${item.id}\` ${item.state}`)].join('\n');
}

export function onboardingDetails(view: ChecklistView): string {
  const rows = view.steps.map(
    (step) => `| ${MARK[step.state]} ${step.step} | ${step.owner} | ${stepNote(step)} |`,
  );
  const next = view.nextCheckAt
    ? `Next look at the platform: ${view.nextCheckAt}`
    : 'No further look is planned.';
  return [
    `**${view.state}** – waits for: ${view.waitingFor.join(', ') || 'nobody'}`,
    '',
    '| step | owner | state |',
    '|---|---|---|',
    ...rows,
    '',
    next,
    'Approve a human step with the update `approveStep` (step, by, role).',
  ].join('\n');
}

function stepNote(step: StepView): string {
  const how =
    step.proof.length > 0 ? `proof: ${step.proof.slice(0, 3).join(', ')}` : 'a named admin approves';
  const who = step.approvedBy ? `, approved by ${step.approvedBy}` : '';
  const why = step.rejectReason ? `, rejected` : '';
  return `${step.state} since ${step.since} (${how}${who}${why})`;
}
