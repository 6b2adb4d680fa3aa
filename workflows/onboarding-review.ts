import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { runChecks } from './checks';
import {
  approveStep,
  checklist,
  feishuEvent,
  handOver,
  recheck,
  rejectStep,
  reopenStep,
  type ChecklistView,
  type ItemVerdict,
  type OnboardingReviewInput,
  type StepDecision,
} from './messages';
import { SEARCH_ATTRIBUTES } from './names';
import { onboardingDetails } from './narrate';
import { applyProofs, decide, initialState, mayGoLive, refusal, waitsFor } from './onboarding-steps';
import { storing } from './proxies';

const FIRST_LOOK_MS = 30_000;
const LONGEST_LOOK_MS = 6 * 3_600_000;
/** After going live the run still waits this long for the steps that do not block, then leaves them as warnings. */
const GRACE_AFTER_LIVE_CHECKS = 30;
const CHECKS_PER_RUN = 60;
const SEEN_EVENTS = 100;

/**
 * Guides a docking from entered credentials to live: looks at the platform with growing pauses, waits for people for
 * days or weeks, and reacts at once to app-version events and decisions.
 */
export async function onboardingReview({
  dockingId,
  carried,
}: OnboardingReviewInput): Promise<ChecklistView> {
  const now = (): string => new Date().toISOString();
  const state = carried ?? initialState(now());
  let items: ItemVerdict[] = [];
  let nextCheckAt: string | null = null;
  let wake = false;
  let checksLeft = CHECKS_PER_RUN;

  const view = (): ChecklistView => ({
    dockingId,
    state: state.live ? 'live' : waitsForReview() ? 'in-review' : 'setting-up',
    waitingFor: waitsFor(state),
    steps: state.steps,
    nextCheckAt,
  });
  const waitsForReview = (): boolean =>
    state.steps.some((step) => step.step === 'review' && step.state === 'waiting');

  const refuseBadly =
    (kind: 'approve' | 'reject' | 'hand-over' | 'reopen') =>
    (decision: StepDecision): void => {
      const refused = refusal(state, items, decision, kind);
      if (refused) throw ApplicationFailure.nonRetryable(refused.message, refused.type);
    };
  const settle = async (decision: StepDecision, kind: string, detail: string | null): Promise<void> => {
    await storing.recordStepDecision.executeWithOptions({ summary: `${decision.step}: ${kind}` }, [
      { dockingId, kind, step: decision.step, by: decision.by, detail, view: view() },
    ]);
    wake = true;
  };

  setHandler(checklist, view, { description: 'State of every step' });
  setHandler(feishuEvent, ({ eventId }) => {
    if (state.seenEventIds.includes(eventId)) return;
    state.seenEventIds = [...state.seenEventIds, eventId].slice(-SEEN_EVENTS);
    wake = true;
  });
  setHandler(
    approveStep,
    async (decision) => {
      const step = decide(state, decision, 'done', now());
      await settle(decision, 'approved', decision.comment ?? null);
      return step;
    },
    {
      validator: refuseBadly('approve'),
      description: 'A named admin approves a step that no call can prove',
    },
  );
  setHandler(
    rejectStep,
    async (decision) => {
      const step = decide(state, decision, 'rejected', now());
      step.rejectReason = decision.reason;
      await settle(decision, 'rejected', decision.reason);
      return step;
    },
    {
      validator: (decision: StepDecision & { reason: string }) => {
        refuseBadly('reject')(decision);
        if (!decision.reason) {
          throw ApplicationFailure.nonRetryable('A rejection needs a reason.', 'Onboarding.ReasonMissing');
        }
      },
      description: 'A named admin rejects a step and says why',
    },
  );
  setHandler(
    handOver,
    async (decision) => {
      const step = state.steps.find((candidate) => candidate.step === decision.step);
      if (!step) throw new Error(`unknown step ${decision.step} passed the validator`);
      step.handedOverTo = decision.to;
      await settle(decision, 'handed-over', decision.to);
      return step;
    },
    {
      validator: (decision: StepDecision & { to: string }) => {
        refuseBadly('hand-over')(decision);
        if (!decision.to)
          throw ApplicationFailure.nonRetryable('Hand over to whom?', 'Onboarding.NameMissing');
      },
      description: 'Give a step to another account',
    },
  );
  setHandler(
    reopenStep,
    async (decision) => {
      const step = decide(state, decision, 'open', now());
      await settle(decision, 'reopened', decision.comment ?? null);
      return step;
    },
    { validator: refuseBadly('reopen'), description: 'Take back an approval or a rejection' },
  );
  setHandler(
    recheck,
    async () => {
      const before = state.checksDone;
      wake = true;
      await condition(() => state.checksDone > before, '2m', {
        summary: 'Checking again because an admin asked',
      });
      return view();
    },
    { description: 'Look at the platform now' },
  );

  for (;;) {
    wake = false;
    const report = await runChecks(dockingId);
    const own = await storing.readOnboardingFacts.executeWithOptions({ summary: 'Read our own facts' }, [
      dockingId,
    ]);
    items = [...report.items, ...own.items];
    state.checksDone += 1;
    checksLeft -= 1;
    applyProofs(state, items, now());
    const goesLive = !state.live && mayGoLive(state, items);
    if (goesLive) state.live = true;
    const complete = state.live && state.steps.every((step) => step.state === 'done');
    const pauseMs = Math.min(FIRST_LOOK_MS * 2 ** Math.min(state.checksDone - 1, 16), LONGEST_LOOK_MS);
    nextCheckAt = complete ? null : new Date(Date.now() + pauseMs).toISOString();
    narrate(view(), complete);
    await storing.saveOnboarding.executeWithOptions(
      { summary: goesLive ? 'All blocking items passed: live' : `Waits for ${waitsFor(state).join(', ')}` },
      [view()],
    );
    if (complete || own.abandoned || (state.live && state.checksDone > GRACE_AFTER_LIVE_CHECKS)) break;
    await condition(() => wake, pauseMs, { summary: `Look again at ${nextCheckAt}` });
    if (checksLeft <= 0 || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof onboardingReview>({ dockingId, carried: state });
    }
  }
  await condition(allHandlersFinished);
  return view();
}

function narrate(view: ChecklistView, complete: boolean): void {
  setCurrentDetails(onboardingDetails(view));
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.dockingState, value: view.state },
    { key: SEARCH_ATTRIBUTES.waitingFor, value: complete ? 'nobody' : (view.waitingFor[0] ?? 'nobody') },
    { key: SEARCH_ATTRIBUTES.nextCheckAt, value: view.nextCheckAt ? new Date(view.nextCheckAt) : null },
    { key: SEARCH_ATTRIBUTES.attention, value: view.steps.some((step) => step.state === 'rejected') },
  ]);
}
