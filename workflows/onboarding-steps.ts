/** How proof and approval move the steps of an onboarding. Pure: no clock, no effect. */
import type { ItemVerdict, OnboardingState, StepEventView, StepOwner, StepView } from './messages';
import { blocksLive, STEP_RULES } from './step-rules';

/** Changes kept of each step; older ones are in the audit trail. */
const HISTORY = 20;
const PLATFORM = 'platform';

export function initialState(now: string): OnboardingState {
  return {
    live: false,
    items: [],
    checksDone: 0,
    quietLooks: 0,
    looksSinceLive: 0,
    seenEventIds: [],
    nudges: [],
    steps: STEP_RULES.map(({ step, owner, proof }) => ({
      step,
      owner,
      proof,
      state: 'open',
      doneBy: null,
      approvedBy: null,
      rejectedBy: null,
      rejectReason: null,
      handedOverTo: null,
      since: now,
      lastCheckedAt: null,
      history: [{ at: now, what: 'opened', by: 'review' }],
    })),
  };
}

/**
 * Moves every proven step to what the proofs say now: done when all pass, open again when one stops passing. What cannot
 * be read moves nothing: a step that was done stays so through an outage. Gives true when a step moved.
 */
export function applyProofs(state: OnboardingState, now: string): boolean {
  const before = state.steps.map((step) => step.state).join();
  for (const step of state.steps) {
    if (step.proof.length === 0) {
      if (step.state === 'open') move(step, 'waiting', now, 'waiting', 'review');
      continue;
    }
    step.lastCheckedAt = now;
    const verdicts = proofsOf(step, state.items);
    if (verdicts.length === 0) continue;
    if (verdicts.every((item) => item.state === 'passed')) prove(step, now);
    else if (verdicts.some((item) => item.rejected)) rejectByPlatform(step, now);
    else if (step.rejectedBy !== null && step.rejectedBy !== PLATFORM) continue;
    else if (step.state === 'done' && onlyUnknown(verdicts)) continue;
    else reopen(step, verdicts.some((item) => item.state === 'waiting') ? 'waiting' : 'open', now);
  }
  return before !== state.steps.map((step) => step.state).join();
}

function prove(step: StepView, now: string): void {
  step.approvedBy = null;
  step.rejectedBy = null;
  step.rejectReason = null;
  // An approval that the platform confirms is a proof from then on.
  if (step.doneBy === 'approval') note(step, now, 'proven', PLATFORM);
  step.doneBy = 'proof';
  move(step, 'done', now, 'proven', PLATFORM);
}

function rejectByPlatform(step: StepView, now: string): void {
  step.doneBy = null;
  step.approvedBy = null;
  step.rejectedBy ??= PLATFORM;
  move(step, 'rejected', now, 'rejected', PLATFORM);
}

function reopen(step: StepView, to: 'open' | 'waiting', now: string): void {
  step.doneBy = null;
  step.approvedBy = null;
  step.rejectedBy = null;
  step.rejectReason = null;
  const what = to === 'waiting' ? 'waiting' : step.state === 'done' ? 'reopened' : 'opened';
  move(step, to, now, what, PLATFORM);
}

/** What a named admin decided. */
export function decide(
  state: OnboardingState,
  decision: { step: string; by: string; reason?: string },
  what: 'approved' | 'rejected' | 'reopened',
  now: string,
): StepView {
  const step = stepOf(state, decision.step);
  step.doneBy = what === 'approved' ? 'approval' : null;
  step.approvedBy = what === 'approved' ? decision.by : null;
  step.rejectedBy = what === 'rejected' ? decision.by : null;
  step.rejectReason = what === 'rejected' ? (decision.reason ?? null) : null;
  const to = what === 'approved' ? 'done' : what === 'rejected' ? 'rejected' : 'open';
  move(step, to, now, what, decision.by);
  return step;
}

export function handStepOver(
  state: OnboardingState,
  { step: name, by, to }: { step: string; by: string; to: string },
  now: string,
): StepView {
  const step = stepOf(state, name);
  step.handedOverTo = to;
  note(step, now, 'handed-over', by);
  return step;
}

function stepOf(state: OnboardingState, name: string): StepView {
  const step = state.steps.find((candidate) => candidate.step === name);
  if (!step) throw new Error(`unknown step ${name} passed the validator`);
  return step;
}

/** True when nothing stands between the docking and being live. */
export function mayGoLive(state: OnboardingState): boolean {
  return (
    state.items.length > 0 &&
    blockedBy(state).length === 0 &&
    state.steps.every((step) => !blocksLive(step.step) || step.state === 'done')
  );
}

/** Blocking items that are neither passed nor, where the platform does not tell them, approved by a named admin. */
export function blockedBy(state: OnboardingState): string[] {
  const approved = new Set(
    state.steps
      .filter((step) => step.doneBy === 'approval')
      .flatMap((step) => proofsOf(step, state.items).map(({ id }) => id)),
  );
  return state.items
    .filter((item) => item.blocking && item.state !== 'passed')
    .filter((item) => !(item.state === 'unknown' && approved.has(item.id)))
    .map(({ id }) => id);
}

export function warnings(state: OnboardingState): string[] {
  return state.items.flatMap((item) => (item.blocking || item.state === 'passed' ? [] : [item.id]));
}

/** Owners of what is not done, in the order of the steps; of what blocks first. */
export function waitsFor(state: OnboardingState): StepOwner[] {
  return [...new Set(undone(state).map(waitsOn))];
}

/** Who has to act: the step's owner, but what a reviewer rejected goes back to the developer. */
export const waitsOn = (step: StepView): StepOwner =>
  step.state === 'rejected' && step.rejectedBy === PLATFORM ? 'feishu-developer' : step.owner;

/** Since when the first of {@link waitsFor} is waited for. */
export function waitingSince(state: OnboardingState): string | null {
  const [first] = undone(state);
  if (!first) return null;
  const mine = undone(state).filter((step) => waitsOn(step) === waitsOn(first));
  return mine.map(({ since }) => since).sort()[0] ?? null;
}

/** Steps that wait for somebody, those that block going live before the others. */
export function undone(state: OnboardingState): StepView[] {
  const open = state.steps.filter((step) => step.state !== 'done');
  return [...open.filter((step) => blocksLive(step.step)), ...open.filter((step) => !blocksLive(step.step))];
}

export function proofsOf(step: StepView, items: readonly ItemVerdict[]): ItemVerdict[] {
  return items.filter((item) =>
    step.proof.some((id) =>
      id === 'permission:' ? item.blocking && item.id.startsWith(id) : item.id === id,
    ),
  );
}

/** True when the platform can be asked but does not tell: then, and only then, a person may stand in for the proof. */
export function notTold(verdicts: readonly ItemVerdict[]): boolean {
  return (
    verdicts.some((item) => item.state === 'unknown') &&
    verdicts.every((item) => item.state === 'passed' || (item.state === 'unknown' && !item.unreachable))
  );
}

const onlyUnknown = (verdicts: readonly ItemVerdict[]): boolean =>
  verdicts.every((item) => item.state === 'passed' || item.state === 'unknown');

function move(
  step: StepView,
  to: StepView['state'],
  now: string,
  what: StepEventView['what'],
  by: string,
): void {
  if (step.state === to) return;
  step.state = to;
  step.since = now;
  note(step, now, what, by);
}

export function note(step: StepView, at: string, what: StepEventView['what'], by: string): void {
  step.history = [...step.history, { at, what, by }].slice(-HISTORY);
}
