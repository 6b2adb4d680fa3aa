import {
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
  type OnboardingReviewInput,
  type StepView,
} from './messages';
import { SEARCH_ATTRIBUTES } from './names';
import { onboardingDetails } from './narrate';
import { dueNudges, forgetNudges, noteNudge } from './nudges';
import {
  applyProofs,
  blockedBy,
  decide,
  handStepOver,
  initialState,
  mayGoLive,
  note,
  waitingSince,
  waitsFor,
  warnings,
} from './onboarding-steps';
import { storing } from './proxies';
import { checkDecision, readDecision, type DecisionKind, type ReadDecision } from './step-decisions';

const FIRST_LOOK_MS = 30_000;
const LONGEST_LOOK_MS = 6 * 3_600_000;
/** After going live the run still waits this many looks for steps that do not block, then leaves them as warnings. */
const LOOKS_AFTER_LIVE = 30;
/** About 40 events each: a run ends well below the server's limits, whatever its configuration. */
const CHECKS_PER_RUN = 60;
const SEEN_EVENTS = 100;

/**
 * Guides a docking from entered credentials to live: looks at the platform with growing pauses, waits for people for
 * days or weeks, reminds them, and reacts at once to app-version events and decisions.
 */
export async function onboardingReview({
  dockingId,
  carried,
}: OnboardingReviewInput): Promise<ChecklistView> {
  const now = (): string => new Date().toISOString();
  const state = carried ?? initialState(now());
  let abandoned = false;
  let nextCheckAt: string | null = null;
  let wake = false;
  let askedToLook = 0;
  let checksLeft = CHECKS_PER_RUN;

  const view = (): ChecklistView => ({
    dockingId,
    state: abandoned ? 'abandoned' : state.live ? 'live' : waitsForReview() ? 'in-review' : 'setting-up',
    waitingFor: waitsFor(state),
    waitingSince: waitingSince(state),
    blockedBy: blockedBy(state),
    warnings: warnings(state),
    steps: state.steps,
    nextCheckAt,
  });
  const waitsForReview = (): boolean =>
    state.steps.some((step) => step.step === 'review' && step.state === 'waiting');

  const settle = async (
    { step, by, from }: ReadDecision,
    kind: string,
    detail: string | null,
    decided: StepView,
  ): Promise<StepView> => {
    // What the answer shows is this decision, whatever others decide before it is stored.
    const answer = { ...decided };
    show(view());
    await storing.recordStepDecision.executeWithOptions({ summary: `${step}: ${kind} by ${by}` }, [
      { dockingId, kind, step, by, detail, from, view: view() },
    ]);
    wake = true;
    return answer;
  };
  const handle = (
    // Each is an update of one decision; what a person sent is read by us, whatever it is.
    update: unknown,
    kind: DecisionKind,
    description: string,
    act: (decision: ReadDecision) => Promise<StepView>,
  ): void => {
    setHandler(update as typeof approveStep, (input: unknown) => act(readDecision(input)), {
      validator: (input: unknown) => checkDecision(state, input, kind),
      description,
    });
  };

  setHandler(checklist, view, { description: 'State of every step' });
  setHandler(feishuEvent, ({ eventId }) => {
    if (state.seenEventIds.includes(eventId)) return;
    state.seenEventIds = [...state.seenEventIds, eventId].slice(-SEEN_EVENTS);
    wake = true;
  });
  handle(approveStep, 'approve', 'Approve a step that no call can prove: {"step", "by", "comment"?}', (d) =>
    settle(d, 'approved', d.comment, decide(state, d, 'approved', now())),
  );
  handle(rejectStep, 'reject', 'Reject a step and say why: {"step", "by", "reason"}', (d) =>
    settle(d, 'rejected', d.reason, decide(state, d, 'rejected', now())),
  );
  handle(handOver, 'hand-over', 'Give a step to another account: {"step", "by", "to"}', (d) =>
    settle(d, 'handed-over', d.to, handStepOver(state, d, now())),
  );
  handle(reopenStep, 'reopen', 'Take back an approval or a rejection: {"step", "by", "comment"?}', (d) =>
    settle(d, 'reopened', d.comment, decide(state, d, 'reopened', now())),
  );
  setHandler(
    recheck,
    async () => {
      const before = state.checksDone;
      askedToLook += 1;
      wake = true;
      try {
        await condition(() => state.checksDone > before, '5m', {
          summary: 'Checking again because an admin asked',
        });
      } finally {
        askedToLook -= 1;
      }
      return view();
    },
    { description: 'Look at the platform now: {"by"}' },
  );

  for (;;) {
    const woken = wake;
    wake = false;
    const own = await storing.readOnboardingFacts.executeWithOptions({ summary: 'Read our own facts' }, [
      dockingId,
    ]);
    if (own.abandoned) {
      abandoned = true;
      break;
    }
    const report = await runChecks(dockingId);
    state.items = [...report.items.map(({ ...item }) => item), ...own.items];
    const moved = applyProofs(state, now());
    const goesLive = !state.live && mayGoLive(state);
    if (goesLive) state.live = true;
    state.checksDone += 1;
    checksLeft -= 1;
    state.quietLooks = moved || woken || goesLive ? 0 : state.quietLooks + 1;
    state.looksSinceLive = state.live ? state.looksSinceLive + 1 : 0;
    await nudge();
    const complete = state.live && state.steps.every((step) => step.state === 'done');
    const over = complete || (state.live && state.looksSinceLive > LOOKS_AFTER_LIVE);
    const pauseMs = Math.min(FIRST_LOOK_MS * 2 ** Math.min(state.quietLooks, 16), LONGEST_LOOK_MS);
    nextCheckAt = over ? null : new Date(Date.now() + pauseMs).toISOString();
    show(view());
    await storing.saveOnboarding.executeWithOptions({ summary: summaryOf(view(), goesLive) }, [view()]);
    // A decision that came meanwhile may have changed everything: look once more before leaving.
    if (over && !wake) break;
    if ((checksLeft <= 0 || workflowInfo().continueAsNewSuggested) && askedToLook === 0) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof onboardingReview>({ dockingId, carried: state });
    }
    await condition(() => wake, pauseMs, { summary: `Look again at ${nextCheckAt ?? 'once'}` });
  }
  await condition(allHandlersFinished);
  show(view());
  return view();

  async function nudge(): Promise<void> {
    forgetNudges(state);
    for (const due of dueNudges(state, Date.now())) {
      noteNudge(state, due, now());
      for (const step of due.steps) note(step, now(), 'nudged', 'review');
      const summary = `Remind the ${due.owner} (${due.number}): ${due.steps.map(({ step }) => step).join(', ')}`;
      await storing.nudgeOwner.executeWithOptions({ summary: summary.slice(0, 100) }, [
        {
          dockingId,
          owner: due.owner,
          number: due.number,
          steps: due.steps.map(({ step, since }) => ({ step, since })),
        },
      ]);
    }
  }
}

const summaryOf = ({ state, waitingFor }: ChecklistView, goesLive: boolean): string =>
  goesLive
    ? 'All blocking items passed: live'
    : `${state}, waits for ${waitingFor.join(', ') || 'nobody'}`.slice(0, 100);

function show(view: ChecklistView): void {
  setCurrentDetails(onboardingDetails(view));
  const at = (time: string | null): Date | null => (time ? new Date(time) : null);
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.dockingState, value: view.state },
    { key: SEARCH_ATTRIBUTES.waitingFor, value: view.waitingFor[0] ?? 'nobody' },
    { key: SEARCH_ATTRIBUTES.waitingSince, value: at(view.waitingSince) },
    { key: SEARCH_ATTRIBUTES.nextCheckAt, value: at(view.nextCheckAt) },
    { key: SEARCH_ATTRIBUTES.attention, value: view.steps.some((step) => step.state === 'rejected') },
  ]);
}
