/** The steps of setting up a docking, and how proof and approval move them. Pure: no clock, no effect. */
import type { ItemVerdict, OnboardingState, StepDecision, StepOwner, StepView } from './messages';

interface StepRule {
  step: string;
  owner: StepOwner;
  /** Item ids that prove it; `permission:` stands for every blocking permission. Empty = a named admin approves. */
  proof: string[];
  /** Must be done before the docking goes live. */
  blocksLive: boolean;
}

/** Own facts that prove a step beside the checklist items. */
export const OWN_PROOFS = {
  firstSync: 'own:directory-synced',
  firstBindings: 'own:agent-bound',
  reminders: 'own:reminders-on',
} as const;

/**
 * In the order of the admin's work. `create-app` is the one step that no call can prove: whether the app and the
 * company that were read back are the intended ones, only a person knows.
 */
export const STEP_RULES: readonly StepRule[] = [
  { step: 'create-app', owner: 'ticket-admin', proof: [], blocksLive: true },
  { step: 'bot', owner: 'feishu-developer', proof: ['bot'], blocksLive: true },
  { step: 'web-app', owner: 'feishu-developer', proof: ['web-app', 'homepage-url'], blocksLive: true },
  { step: 'redirect-url', owner: 'feishu-developer', proof: ['redirect-url'], blocksLive: true },
  { step: 'permissions', owner: 'feishu-developer', proof: ['permission:'], blocksLive: true },
  { step: 'version', owner: 'feishu-developer', proof: ['version'], blocksLive: true },
  {
    step: 'availability',
    owner: 'feishu-developer',
    proof: ['availability', 'contact-range'],
    blocksLive: false,
  },
  {
    step: 'default-features',
    owner: 'feishu-developer',
    proof: ['default-mobile', 'default-desktop'],
    blocksLive: false,
  },
  { step: 'review', owner: 'feishu-admin', proof: ['review'], blocksLive: true },
  {
    step: 'credentials',
    owner: 'ticket-admin',
    proof: ['credentials', 'tenant', 'app-info', 'app-type'],
    blocksLive: true,
  },
  { step: 'first-sync', owner: 'ticket-admin', proof: [OWN_PROOFS.firstSync], blocksLive: false },
  { step: 'first-bindings', owner: 'ticket-admin', proof: [OWN_PROOFS.firstBindings], blocksLive: false },
  { step: 'reminders', owner: 'ticket-admin', proof: [OWN_PROOFS.reminders], blocksLive: false },
];

export function initialState(now: string): OnboardingState {
  return {
    live: false,
    checksDone: 0,
    seenEventIds: [],
    steps: STEP_RULES.map(({ step, owner, proof }) => ({
      step,
      owner,
      proof,
      state: 'open',
      approvedBy: null,
      rejectReason: null,
      handedOverTo: null,
      since: now,
    })),
  };
}

/** Moves every proven step to what the proofs say now: done when all pass, open again when one stops passing. */
export function applyProofs(state: OnboardingState, items: readonly ItemVerdict[], now: string): void {
  for (const step of state.steps) {
    if (step.proof.length === 0) {
      if (step.state === 'open') move(step, 'waiting', now);
      continue;
    }
    const verdicts = proofsOf(step, items);
    if (verdicts.length > 0 && verdicts.every((item) => item.state === 'passed')) {
      step.approvedBy = null;
      step.rejectReason = null;
      move(step, 'done', now);
    } else if (step.state === 'rejected' || (step.approvedBy && unreadable(verdicts))) {
      continue;
    } else {
      step.approvedBy = null;
      move(step, verdicts.some((item) => item.state === 'waiting') ? 'waiting' : 'open', now);
    }
  }
}

/** Why a decision is refused, or null. Said before anything is written: a refused update leaves no event. */
export function refusal(
  state: OnboardingState,
  items: readonly ItemVerdict[],
  decision: StepDecision,
  kind: 'approve' | 'reject' | 'hand-over' | 'reopen',
): { type: string; message: string } | null {
  const step = state.steps.find((candidate) => candidate.step === decision.step);
  if (!step) return { type: 'Onboarding.UnknownStep', message: `There is no step "${decision.step}".` };
  if (typeof decision.by !== 'string' || decision.by === '') {
    return { type: 'Onboarding.NameMissing', message: 'A decision needs "by": the account that decides.' };
  }
  if (decision.role !== 'admin' && decision.role !== step.owner) {
    return {
      type: 'Onboarding.WrongRole',
      message: `Step "${step.step}" belongs to the ${step.owner}; ${decision.role} cannot decide it.`,
    };
  }
  if (kind === 'reopen') {
    return step.state === 'open' || step.state === 'waiting'
      ? { type: 'Onboarding.WrongState', message: `Step "${step.step}" is still ${step.state}.` }
      : null;
  }
  if (step.state === 'done') {
    return { type: 'Onboarding.WrongState', message: `Step "${step.step}" is already done.` };
  }
  if (kind === 'approve' && step.proof.length > 0 && !unreadable(proofsOf(step, items))) {
    return {
      type: 'Onboarding.NeedsProof',
      message: `Step "${step.step}" is proven by the platform (${step.proof.join(', ')}), not by approval: mend it there and recheck.`,
    };
  }
  return null;
}

export function decide(
  state: OnboardingState,
  decision: StepDecision,
  to: StepView['state'],
  now: string,
): StepView {
  const step = state.steps.find((candidate) => candidate.step === decision.step);
  if (!step) throw new Error(`unknown step ${decision.step} passed the validator`);
  step.approvedBy = to === 'done' ? decision.by : null;
  step.rejectReason = null;
  move(step, to, now);
  return step;
}

/** True when nothing stands between the docking and being live. */
export function mayGoLive(state: OnboardingState, items: readonly ItemVerdict[]): boolean {
  const approved = new Set(state.steps.filter((step) => step.approvedBy).flatMap((step) => step.proof));
  const itemsPass = items.every((item) => !item.blocking || item.state === 'passed' || approved.has(item.id));
  const stepsDone = STEP_RULES.every(
    (rule) => !rule.blocksLive || state.steps.find((step) => step.step === rule.step)?.state === 'done',
  );
  return items.length > 0 && itemsPass && stepsDone;
}

export function waitsFor(state: OnboardingState): StepOwner[] {
  return [...new Set(state.steps.filter((step) => step.state !== 'done').map((step) => step.owner))];
}

function proofsOf(step: StepView, items: readonly ItemVerdict[]): ItemVerdict[] {
  return items.filter((item) =>
    step.proof.some((id) =>
      id === 'permission:' ? item.blocking && item.id.startsWith(id) : item.id === id,
    ),
  );
}

function unreadable(verdicts: readonly ItemVerdict[]): boolean {
  return verdicts.length > 0 && verdicts.every((item) => item.state === 'unknown' || item.state === 'passed');
}

function move(step: StepView, to: StepView['state'], now: string): void {
  if (step.state === to) return;
  step.state = to;
  step.since = now;
}
