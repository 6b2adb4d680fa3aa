/**
 * All text that an operator reads in the Temporal UI: summaries (one line, ≤ 100 characters) and current details
 * (markdown). Ids, states, counts and times only; names of people never get here.
 */
import type { ChecklistView, CredentialValidationReport, DockingAlertsState, StepView } from './messages';

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

export function checklistDetails({ items, ready, drifted }: CredentialValidationReport): string {
  const blocking = items.filter((item) => item.blocking && item.state !== 'passed');
  const head = ready
    ? '**Ready**: every blocking item is passed.'
    : `**Not ready**: ${blocking.length} blocking.`;
  return [
    head,
    ...(drifted.length > 0 ? ['', `Passed once and not any more: ${codes(drifted)}`] : []),
    '',
    ...items.map((item) => `- ${MARK[item.state]} \`${item.id}\` ${item.state}`),
  ].join('\n');
}

export function onboardingDetails(view: ChecklistView): string {
  const rows = view.steps.map(
    (step) => `| ${MARK[step.state]} ${step.step} | ${step.owner} | ${stepNote(step)} |`,
  );
  const next = view.nextCheckAt
    ? `Next look at the platform: ${minute(view.nextCheckAt)}`
    : 'No further look is planned.';
  const since = view.waitingSince ? ` since ${minute(view.waitingSince)}` : '';
  return [
    `**${view.state}** – waits for: ${view.waitingFor.join(', ') || 'nobody'}${since}`,
    '',
    '| step | owner | state |',
    '|---|---|---|',
    ...rows,
    '',
    ...(view.blockedBy.length > 0 ? [`Blocked by: ${codes(view.blockedBy)}`, ''] : []),
    ...(view.warnings.length > 0 ? [`Warnings: ${codes(view.warnings)}`, ''] : []),
    next,
    '',
    'Approve a human step with the update `approveStep`: `{"step": "create-app", "by": "your account"}`.',
  ].join('\n');
}

function stepNote(step: StepView): string {
  const since = `${step.state} since ${minute(step.since)}`;
  const to = step.handedOverTo ? `, handed over to ${step.handedOverTo}` : '';
  if (step.doneBy === 'approval') return `${since}, approved by ${step.approvedBy ?? 'somebody'}${to}`;
  if (step.doneBy === 'proof') return `${since}, proven by ${proofNote(step)}${to}`;
  if (step.state === 'rejected') return `${since}, rejected by ${step.rejectedBy ?? 'somebody'}${to}`;
  return `${since} (${step.proof.length > 0 ? `proof: ${proofNote(step)}` : 'a named admin approves'})${to}`;
}

const proofNote = (step: StepView): string =>
  step.proof.map((id) => (id === 'permission:' ? 'every blocking permission' : id)).join(', ');

export function alertsDetails(
  dockingId: string,
  { drifted, told, notTold, waiting }: DockingAlertsState,
): string {
  return [
    drifted.length > 0
      ? `**Attention**: passed once and not any more: ${codes(drifted)}`
      : 'Nothing that worked once is broken.',
    '',
    `Notices told: ${told}, told to nobody: ${notTold}, waiting: ${waiting.length}.`,
    `What each item needs: \`GET /v1/dockings/${dockingId}/checklist\``,
  ].join('\n');
}

const SHOWN = 20;

function codes(ids: readonly string[]): string {
  const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : '';
  return `${ids
    .slice(0, SHOWN)
    .map((id) => `\`${id}\``)
    .join(', ')}${more}`;
}

/** 2026-11-25 04:05 UTC */
export const minute = (time: string): string => `${time.slice(0, 16).replace('T', ' ')} UTC`;
