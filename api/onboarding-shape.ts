/** The onboarding as people see it, and as a new review takes it up again. */
import type { OnboardingState } from '../client';
import type { Checklist, ChecklistItem, Handover, Onboarding, OnboardingStep } from '../store';
import { itemShape } from './item-shape';
import type { Language } from './language';
import { STEP_TITLES } from './step-titles';

type StepState = OnboardingState['steps'][number];

export function onboardingShape(
  onboarding: Onboarding,
  checklist: Checklist | null,
  handovers: readonly Handover[],
  language: Language,
): object {
  const items = checklist?.items ?? [];
  const open = items.filter((item) => item.state !== 'passed');
  return {
    dockingId: onboarding.dockingId,
    state: onboarding.state,
    waitingFor: onboarding.waitingFor,
    waitingSince: onboarding.waitingSince,
    nextCheckAt: onboarding.nextCheckAt,
    updatedAt: onboarding.updatedAt,
    steps: onboarding.steps.map((step) => stepShape(step, items, handovers, language)),
    blockedBy: open.filter((item) => item.blocking).map((item) => brief(item, language)),
    /** Does not keep the docking from going live. */
    warnings: open.filter((item) => !item.blocking).map((item) => brief(item, language)),
  };
}

export function stepShape(
  step: OnboardingStep,
  items: readonly ChecklistItem[],
  handovers: readonly Handover[],
  language: Language,
): object {
  const { proof, title, ...rest } = step;
  return {
    ...rest,
    title: STEP_TITLES[step.step]?.[language] ?? title,
    proof: proofIds(proof, items),
    handedOverTo: receiver(step, handovers),
  };
}

/** `permission:` stands for every blocking permission. */
export function proofIds(proof: readonly string[], items: readonly ChecklistItem[]): string[] {
  return proof.flatMap((id) =>
    id === 'permission:'
      ? items.filter((item) => item.blocking && item.id.startsWith(id)).map((item) => item.id)
      : [id],
  );
}

/** The review knows a hand-over by its id; to whom it went is kept with the link. */
function receiver({ handedOverTo }: OnboardingStep, handovers: readonly Handover[]): string | null {
  return handovers.find(({ id }) => id === handedOverTo)?.to ?? handedOverTo;
}

function brief(item: ChecklistItem, language: Language): object {
  const { id, state, message, owner, link } = itemShape(item, language);
  return { id, state, message, owner, link };
}

/** What a new review needs to go on where the last one ended: approvals and histories are not lost. */
export function carriedFrom(onboarding: Onboarding): OnboardingState {
  return {
    live: onboarding.state === 'live',
    items: [],
    checksDone: 0,
    quietLooks: 0,
    looksSinceLive: 0,
    seenEventIds: [],
    nudges: [],
    steps: onboarding.steps.map(
      ({ title: _title, link: _link, since, lastCheckedAt, history, ...step }): StepState => ({
        ...step,
        // The platform's own words stay out of the workflow; they are read again with the checklist.
        rejectReason: step.rejectedBy === 'platform' ? null : step.rejectReason,
        since: since.toISOString(),
        lastCheckedAt: lastCheckedAt?.toISOString() ?? null,
        history: history.map((event) => ({ ...event, at: event.at.toISOString() })),
      }),
    ),
  };
}
