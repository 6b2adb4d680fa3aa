/**
 * Reads and judges a person's decision. Everything is said before anything is written: a refused update leaves no event.
 * What comes here was typed by anybody, also into the dialog of the Temporal UI.
 */
import { ApplicationFailure } from '@temporalio/workflow';
import type { OnboardingState, StepDecision, StepOwner, StepView } from './messages';
import { notTold, proofsOf } from './onboarding-steps';

export type DecisionKind = 'approve' | 'reject' | 'hand-over' | 'reopen';

/** A decision with everything in its place. */
export interface ReadDecision {
  step: string;
  by: string;
  role: StepOwner | 'admin';
  comment: string | null;
  reason: string;
  to: string;
  from: string;
}

const ROLES: readonly string[] = ['admin', 'ticket-admin', 'feishu-developer', 'feishu-admin'];
const LONGEST = 1000;

/** What a person meant: any case, blanks around, JSON as text, and no role at all. */
export function readDecision(input: unknown): ReadDecision {
  const fields = asFields(input);
  const word = (name: keyof StepDecision): string =>
    text(fields[name])
      .toLowerCase()
      .replace(/[\s_]+/g, '-');
  return {
    step: word('step'),
    by: text(fields['by']),
    role: (word('role') || 'admin') as ReadDecision['role'],
    comment: text(fields['comment']) || null,
    reason: text(fields['reason']),
    to: text(fields['to']),
    from: text(fields['from']) || 'temporal',
  };
}

/** Throws what the person reads when the decision cannot be taken. */
export function checkDecision(state: OnboardingState, input: unknown, kind: DecisionKind): void {
  const refused = refusal(state, readDecision(input), kind);
  if (refused) throw ApplicationFailure.nonRetryable(refused.message, refused.type);
}

interface Refusal {
  type: string;
  message: string;
}

function refusal(state: OnboardingState, decision: ReadDecision, kind: DecisionKind): Refusal | null {
  const step = state.steps.find((candidate) => candidate.step === decision.step);
  if (!step) {
    const known = state.steps.map((candidate) => candidate.step).join(', ');
    return {
      type: 'Onboarding.UnknownStep',
      message: `There is no step "${decision.step.slice(0, 50)}". Send {"step": …, "by": …}; steps are ${known}.`,
    };
  }
  if (decision.by === '') {
    return { type: 'Onboarding.NameMissing', message: 'A decision needs "by": the account that decides.' };
  }
  if (!ROLES.includes(decision.role) || (decision.role !== 'admin' && decision.role !== step.owner)) {
    return {
      type: 'Onboarding.WrongRole',
      message: `Step "${step.step}" belongs to the ${step.owner}; "${decision.role.slice(0, 50)}" cannot decide it.`,
    };
  }
  return refusalByState(state, step, kind) ?? refusalByContent(decision, kind);
}

function refusalByState(state: OnboardingState, step: StepView, kind: DecisionKind): Refusal | null {
  const wrong = (message: string): Refusal => ({ type: 'Onboarding.WrongState', message });
  if (kind === 'reopen') {
    return step.state === 'open' || step.state === 'waiting'
      ? wrong(`Step "${step.step}" is still ${step.state}.`)
      : null;
  }
  if (step.state === 'done') {
    const who = step.approvedBy ? `approved by ${step.approvedBy}` : 'proven by the platform';
    return wrong(`Step "${step.step}" is already done, ${who}. Reopen it first.`);
  }
  const byPerson = step.state === 'rejected' && step.rejectedBy !== 'platform';
  if (byPerson && kind !== 'hand-over') {
    return wrong(`Step "${step.step}" was rejected by ${step.rejectedBy ?? 'somebody'}. Reopen it first.`);
  }
  if (kind === 'approve' && step.proof.length > 0 && !notTold(proofsOf(step, state.items))) {
    return {
      type: 'Onboarding.NeedsProof',
      message: `Step "${step.step}" is proven by the platform (${step.proof.join(', ')}), not by approval: mend it there and recheck.`,
    };
  }
  return null;
}

function refusalByContent({ reason, to, ...decision }: ReadDecision, kind: DecisionKind): Refusal | null {
  if (kind === 'reject' && reason === '') {
    return { type: 'Onboarding.ReasonMissing', message: 'A rejection needs "reason".' };
  }
  if (kind === 'hand-over' && to === '') {
    return { type: 'Onboarding.NameMissing', message: 'Hand over to whom? Send "to".' };
  }
  const tooLong = [reason, to, decision.by, decision.comment ?? ''].some((words) => words.length > LONGEST);
  return tooLong
    ? { type: 'Onboarding.TooLong', message: `Nothing may be longer than ${LONGEST} characters.` }
    : null;
}

function asFields(input: unknown): Record<string, unknown> {
  if (typeof input === 'string') {
    try {
      return asFields(JSON.parse(input));
    } catch {
      return { step: input };
    }
  }
  return typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
